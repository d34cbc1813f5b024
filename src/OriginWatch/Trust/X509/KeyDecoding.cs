using System.Formats.Asn1;
using System.Numerics;
using Org.BouncyCastle.Asn1;
using Org.BouncyCastle.Asn1.X9;

namespace OriginWatch.Trust.X509;

/// <summary>Whether AWS-LC can decode a public key (EVP_parse_public_key): its kind, its bounds, and whether a point is on its
/// curve.</summary>
internal static class KeyDecoding
{
    private const int LargestRsa = 16 * 1024;
    private const int LargestExponent = 33;
    private const int LargestDsa = 10_000;
    private const int Ed25519Bytes = 32;

    /// <summary>Named curves that AWS-LC has (ec_asn1.c): four of NIST's, secp256k1 and Brainpool's.</summary>
    private static readonly string[] Curves =
    [
        Oids.P224,
        Oids.P256,
        Oids.P384,
        Oids.P521,
        Oids.Secp256k1,
        "1.3.36.3.3.2.8.1.1.5",
        "1.3.36.3.3.2.8.1.1.7",
        "1.3.36.3.3.2.8.1.1.9",
        "1.3.36.3.3.2.8.1.1.11",
        "1.3.36.3.3.2.8.1.1.13",
    ];

    /// <summary>Decoded, and good for no signature: X25519, Diffie-Hellman, RSA for OAEP.</summary>
    private static readonly string[] Useless = ["1.3.101.110", "1.2.840.113549.1.3.1", "1.2.840.113549.1.1.7"];

    /// <summary>Null when it can; otherwise why not, as a clause.</summary>
    public static string? Problem(KeyKind kind, string name, ReadOnlyMemory<byte> encoded, ReadOnlyMemory<byte> key)
    {
        try
        {
            var info = new BerReader(encoded).ReadSequence();
            info.ReadEncoded();
            info.ReadBits(out var unused);
            var parameters = PublicKeyFacts.ParametersOf(encoded);
            return unused > 0
                ? "its key is no whole number of bytes"
                : kind switch
                {
                    KeyKind.Rsa => RsaProblem(key.Span),
                    KeyKind.RsaPss => PssProblem(parameters) ?? RsaProblem(key.Span),
                    KeyKind.Dsa => DsaProblem(parameters),
                    KeyKind.EllipticCurve => CurveProblem(parameters, key),
                    KeyKind.Edwards when name == "Ed25519" => key.Length == Ed25519Bytes && parameters.IsEmpty
                        ? null
                        : "its Ed25519 key is malformed",
                    KeyKind.ModuleLattice => key.Length == ModuleLatticeBytes(name) && parameters.IsEmpty
                        ? null
                        : $"its {name} key is malformed",
                    KeyKind.Other when name == PublicKeyFacts.ExplicitCurve || Useless.Contains(name) => null,
                    _ => $"its key is of the kind {name}, which AWS-LC does not know",
                };
        }
        catch (AsnContentException)
        {
            return $"its {name} key is malformed";
        }
    }

    /// <summary>FIPS 204, table 2.</summary>
    private static int ModuleLatticeBytes(string name) =>
        name switch
        {
            "ML-DSA-44" => 1312,
            "ML-DSA-65" => 1952,
            _ => 2592,
        };

    private static string? PssProblem(ReadOnlyMemory<byte> parameters)
    {
        if (!parameters.IsEmpty)
        {
            PssParameters.Read(parameters);
        }

        return null;
    }

    private static string? RsaProblem(ReadOnlySpan<byte> key)
    {
        var rest = Content(key);
        var modulus = ReadNumber(ref rest);
        var exponent = ReadNumber(ref rest);
        return modulus.GetBitLength() > LargestRsa ? $"its RSA modulus is longer than {LargestRsa} bits"
            : modulus.IsEven || exponent.IsEven || exponent.IsOne || exponent.GetBitLength() > LargestExponent || !rest.IsEmpty
                ? "its RSA key is out of bounds"
            : null;
    }

    /// <summary>Of a sequence of numbers, which must be in DER.</summary>
    private static ReadOnlySpan<byte> Content(ReadOnlySpan<byte> sequence)
    {
        AsnDecoder.ReadSequence(sequence, AsnEncodingRules.DER, out var offset, out var length, out var consumed);
        return consumed == sequence.Length
            ? sequence.Slice(offset, length)
            : throw new AsnContentException("bytes are left over after a key");
    }

    private static BigInteger ReadNumber(ref ReadOnlySpan<byte> content)
    {
        var bytes = AsnDecoder.ReadIntegerBytes(content, AsnEncodingRules.DER, out var consumed);
        content = content[consumed..];
        return bytes is [>= 0x80, ..]
            ? throw new AsnContentException("a number of a key is negative")
            : new(bytes, isUnsigned: true, isBigEndian: true);
    }

    private static string? DsaProblem(ReadOnlyMemory<byte> parameters)
    {
        var rest = Content(parameters.Span);
        var (prime, order, generator) = (ReadNumber(ref rest), ReadNumber(ref rest), ReadNumber(ref rest));
        return prime.GetBitLength() > LargestDsa ? $"its DSA modulus is longer than {LargestDsa} bits"
            : prime.IsEven
            || order.IsEven
            || order >= prime
            || generator.IsZero
            || generator >= prime
            || order.GetBitLength() is not (160 or 224 or 256)
                ? "its DSA key is out of bounds"
            : null;
    }

    private static string? CurveProblem(ReadOnlyMemory<byte> parameters, ReadOnlyMemory<byte> key)
    {
        var oid = new BerReader(parameters).ReadOid();
        if (!Curves.Contains(oid))
        {
            return $"its key is on the curve {oid}, which AWS-LC does not know";
        }

        try
        {
            var point = ECNamedCurveTable.GetByOid(new DerObjectIdentifier(oid)).Curve.DecodePoint(key.ToArray());
            return point.IsInfinity ? "its key is the point at infinity" : null;
        }
        catch (Exception exception)
            when (exception is ArgumentException or FormatException or ArithmeticException or InvalidOperationException)
        {
            return "its key is no point on its curve";
        }
    }
}
