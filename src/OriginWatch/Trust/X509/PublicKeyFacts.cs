using System.Formats.Asn1;
using System.Numerics;

namespace OriginWatch.Trust.X509;

/// <summary>Families of keys.</summary>
internal enum KeyKind
{
    Other,
    Rsa,
    RsaPss,
    Dsa,
    EllipticCurve,
    Edwards,
    ModuleLattice,
}

/// <summary>What a SubjectPublicKeyInfo holds, as far as it can be read.</summary>
/// <param name="Kind">The family.</param>
/// <param name="Name">RSA, EC P-256, Ed25519, or the object identifier.</param>
/// <param name="Bits">Of the modulus or of the curve; 0 where there is no such size.</param>
/// <param name="Encoded">The whole SubjectPublicKeyInfo.</param>
/// <param name="Key">The content of its BIT STRING.</param>
internal sealed record PublicKeyFacts(KeyKind Kind, string Name, int Bits, ReadOnlyMemory<byte> Encoded, ReadOnlyMemory<byte> Key)
{
    public const string ExplicitCurve = "EC with explicit parameters";
    private readonly Lazy<string?> _whyUndecodable = new(() => KeyDecoding.Problem(Kind, Name, Encoded, Key));

    /// <summary>True for a curve that is written out instead of named, which AWS-LC takes in no chain
    /// (X509_V_ERR_EC_KEY_EXPLICIT_PARAMS).</summary>
    public bool HasExplicitCurve { get; init; }

    /// <summary>Why AWS-LC cannot decode it, as a clause; null when it can. s2n then ends the handshake wherever in the list the
    /// certificate stands.</summary>
    public string? WhyUndecodable => _whyUndecodable.Value;

    /// <exception cref="AsnContentException">It is no SubjectPublicKeyInfo.</exception>
    public static PublicKeyFacts Read(ReadOnlyMemory<byte> encoded)
    {
        var info = new BerReader(encoded).ReadSequence();
        var algorithm = info.ReadSequence();
        var oid = algorithm.ReadOid();
        var parameters = algorithm.HasData ? algorithm.ReadAny() : default;
        algorithm.ThrowIfNotEmpty();
        var key = info.ReadBits(out _);
        info.ThrowIfNotEmpty();
        return oid switch
        {
            Oids.Rsa => new(KeyKind.Rsa, "RSA", BitsOfFirst(key), encoded, key),
            Oids.RsaPss => new(KeyKind.RsaPss, "RSASSA-PSS", BitsOfFirst(key), encoded, key),
            Oids.Dsa => new(KeyKind.Dsa, "DSA", BitsOfFirst(parameters), encoded, key),
            Oids.EllipticCurve => Curve(new(parameters), encoded, key),
            Oids.Ed25519 => new(KeyKind.Edwards, "Ed25519", 256, encoded, key),
            Oids.Ed448 => new(KeyKind.Edwards, "Ed448", 456, encoded, key),
            Oids.MlDsa44 => new(KeyKind.ModuleLattice, "ML-DSA-44", 0, encoded, key),
            Oids.MlDsa65 => new(KeyKind.ModuleLattice, "ML-DSA-65", 0, encoded, key),
            Oids.MlDsa87 => new(KeyKind.ModuleLattice, "ML-DSA-87", 0, encoded, key),
            _ => new(KeyKind.Other, oid, 0, encoded, key),
        };
    }

    /// <summary>The parameters of the key's algorithm; empty where there are none.</summary>
    public ReadOnlyMemory<byte> Parameters => ParametersOf(Encoded);

    public static ReadOnlyMemory<byte> ParametersOf(ReadOnlyMemory<byte> encoded)
    {
        var algorithm = new BerReader(encoded).ReadSequence().ReadSequence();
        algorithm.ReadEncoded();
        return algorithm.Rest;
    }

    /// <summary>Of the first integer of a sequence: an RSA modulus, a DSA prime. 0 where there is none.</summary>
    private static int BitsOfFirst(ReadOnlyMemory<byte> sequence)
    {
        try
        {
            return (int)
                new BigInteger(
                    new BerReader(sequence).ReadSequence().ReadInteger().Span,
                    isUnsigned: true,
                    isBigEndian: true
                ).GetBitLength();
        }
        catch (AsnContentException)
        {
            return 0;
        }
    }

    private static PublicKeyFacts Curve(BerReader algorithm, ReadOnlyMemory<byte> encoded, ReadOnlyMemory<byte> key)
    {
        if (!algorithm.NextIs(Asn1Tag.ObjectIdentifier))
        {
            var isExplicit = algorithm.NextIs(Asn1Tag.Sequence);
            return new(KeyKind.Other, isExplicit ? ExplicitCurve : "EC without a curve", 0, encoded, key) { HasExplicitCurve = isExplicit };
        }

        var (name, bits) = algorithm.ReadOid() switch
        {
            Oids.P192 => ("P-192", 192),
            Oids.P224 => ("P-224", 224),
            Oids.P256 => ("P-256", 256),
            Oids.P384 => ("P-384", 384),
            Oids.P521 => ("P-521", 521),
            Oids.Secp256k1 => ("secp256k1", 256),
            var oid => (oid, 0),
        };
        return new(KeyKind.EllipticCurve, $"EC {name}", bits, encoded, key);
    }
}
