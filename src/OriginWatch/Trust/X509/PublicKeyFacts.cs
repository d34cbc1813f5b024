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
}

/// <summary>What a SubjectPublicKeyInfo holds, as far as it can be read.</summary>
/// <param name="Kind">The family.</param>
/// <param name="Name">RSA, EC P-256, Ed25519, or the object identifier.</param>
/// <param name="Bits">Of the modulus or of the curve; 0 where there is no such size.</param>
/// <param name="Encoded">The whole SubjectPublicKeyInfo.</param>
/// <param name="Key">The content of its BIT STRING.</param>
internal sealed record PublicKeyFacts(KeyKind Kind, string Name, int Bits, ReadOnlyMemory<byte> Encoded, ReadOnlyMemory<byte> Key)
{
    public static PublicKeyFacts Read(ReadOnlyMemory<byte> encoded)
    {
        var info = new DerReader(encoded).ReadSequence();
        var algorithm = info.ReadSequence();
        var oid = algorithm.ReadOid();
        var key = info.ReadBits();
        info.ThrowIfNotEmpty();
        return oid switch
        {
            Oids.Rsa => new(KeyKind.Rsa, "RSA", ModulusBits(key), encoded, key),
            Oids.RsaPss => new(KeyKind.RsaPss, "RSASSA-PSS", ModulusBits(key), encoded, key),
            Oids.Dsa => new(KeyKind.Dsa, "DSA", DsaBits(algorithm), encoded, key),
            Oids.EllipticCurve => Curve(algorithm, encoded, key),
            Oids.Ed25519 => new(KeyKind.Edwards, "Ed25519", 256, encoded, key),
            Oids.Ed448 => new(KeyKind.Edwards, "Ed448", 456, encoded, key),
            _ => new(KeyKind.Other, oid, 0, encoded, key),
        };
    }

    private static int ModulusBits(ReadOnlyMemory<byte> key)
    {
        var sequence = new DerReader(key).ReadSequence();
        return (int)new BigInteger(sequence.ReadInteger().Span, isUnsigned: true, isBigEndian: true).GetBitLength();
    }

    private static int DsaBits(DerReader algorithm)
        => algorithm.NextIs(Asn1Tag.Sequence) ? (int)new BigInteger(algorithm.ReadSequence().ReadInteger().Span, isUnsigned: true, isBigEndian: true).GetBitLength() : 0;

    private static PublicKeyFacts Curve(DerReader algorithm, ReadOnlyMemory<byte> encoded, ReadOnlyMemory<byte> key)
    {
        if (!algorithm.NextIs(Asn1Tag.ObjectIdentifier))
        {
            return new(KeyKind.Other, "EC with explicit parameters", 0, encoded, key);
        }

        var oid = algorithm.ReadOid();
        return oid switch
        {
            Oids.P192 => new(KeyKind.EllipticCurve, "EC P-192", 192, encoded, key),
            Oids.P224 => new(KeyKind.EllipticCurve, "EC P-224", 224, encoded, key),
            Oids.P256 => new(KeyKind.EllipticCurve, "EC P-256", 256, encoded, key),
            Oids.P384 => new(KeyKind.EllipticCurve, "EC P-384", 384, encoded, key),
            Oids.P521 => new(KeyKind.EllipticCurve, "EC P-521", 521, encoded, key),
            Oids.Secp256k1 => new(KeyKind.EllipticCurve, "EC secp256k1", 256, encoded, key),
            _ => new(KeyKind.EllipticCurve, $"EC {oid}", 0, encoded, key),
        };
    }
}
