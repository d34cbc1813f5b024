using System.Formats.Asn1;
using OriginWatch.Text;

namespace OriginWatch.Trust.X509;

/// <summary>How a certificate is signed.</summary>
/// <param name="Name">SHA-256 with RSA, …, or the object identifier.</param>
/// <param name="Hash">SHA256, SHA1, MD5, …; empty where the scheme has none of its own.</param>
/// <param name="Family">The family of the signing key.</param>
/// <param name="Encoded">The whole AlgorithmIdentifier.</param>
internal sealed record SignatureFacts(string Name, string Hash, KeyKind Family, ReadOnlyMemory<byte> Encoded)
{
    private static readonly Asn1Tag Null = new(UniversalTagNumber.Null);

    public bool HashIsWeak => Hash is "MD2" or "MD4" or "MD5" or "SHA1";

    /// <summary>Why AWS-LC checks no such signature (x509_digest_verify_init), as a clause; null when it does.</summary>
    public string? WhyUnchecked { get; private init; }

    /// <summary>True where AWS-LC does not check it and OpenSSL does.</summary>
    public bool IsCheckedByOpenSsl => WhyUnchecked is not null && (Hash.Length > 0 ? Hash is not ("MD2" or "MD4") : Name == "Ed448");

    /// <summary>Set for RSASSA-PSS.</summary>
    public PssParameters? Pss { get; private init; }

    public static SignatureFacts Read(ReadOnlyMemory<byte> encoded)
    {
        var algorithm = new BerReader(encoded).ReadSequence();
        var oid = algorithm.ReadOid();
        var parameters = algorithm.HasData ? algorithm.ReadAny() : default;
        algorithm.ThrowIfNotEmpty();
        return oid == Oids.RsaPss ? WithPss(parameters, encoded) : Plain(oid, parameters, encoded);
    }

    private static SignatureFacts WithPss(ReadOnlyMemory<byte> parameters, ReadOnlyMemory<byte> encoded)
    {
        try
        {
            var pss = PssParameters.Read(parameters);
            return new($"RSA-PSS with {pss.Hash}", pss.Hash.Replace("-", "", StringComparison.Ordinal), KeyKind.RsaPss, encoded)
            {
                Pss = pss,
            };
        }
        catch (AsnContentException)
        {
            return new("RSA-PSS", "", KeyKind.RsaPss, encoded)
            {
                WhyUnchecked = "its RSA-PSS parameters are missing, malformed or none that AWS-LC takes",
            };
        }
    }

    private static SignatureFacts Plain(string oid, ReadOnlyMemory<byte> parameters, ReadOnlyMemory<byte> encoded)
    {
        var (name, hash, family) = Describe(oid);
        var isNull = parameters.IsEmpty || new BerReader(parameters).NextIs(Null);
        return new(name, hash, family, encoded)
        {
            WhyUnchecked =
                hash is "MD2" or "MD4" or "MD5" || family == KeyKind.Other || name == "Ed448"
                    ? $"AWS-LC checks no signatures of the kind {name}"
                : !isNull || (!parameters.IsEmpty && family is KeyKind.Edwards or KeyKind.ModuleLattice)
                    ? $"the parameters of its signature algorithm {name} are none that AWS-LC takes"
                : null,
        };
    }

    private static (string Name, string Hash, KeyKind Family) Describe(string oid) =>
        oid switch
        {
            "1.2.840.113549.1.1.2" => ("MD2 with RSA", "MD2", KeyKind.Rsa),
            "1.2.840.113549.1.1.3" => ("MD4 with RSA", "MD4", KeyKind.Rsa),
            "1.2.840.113549.1.1.4" or "1.3.14.3.2.3" => ("MD5 with RSA", "MD5", KeyKind.Rsa),
            "1.2.840.113549.1.1.5" or "1.3.14.3.2.29" => ("SHA-1 with RSA", "SHA1", KeyKind.Rsa),
            "1.2.840.113549.1.1.14" => ("SHA-224 with RSA", "SHA224", KeyKind.Rsa),
            "1.2.840.113549.1.1.11" => ("SHA-256 with RSA", "SHA256", KeyKind.Rsa),
            "1.2.840.113549.1.1.12" => ("SHA-384 with RSA", "SHA384", KeyKind.Rsa),
            "1.2.840.113549.1.1.13" => ("SHA-512 with RSA", "SHA512", KeyKind.Rsa),
            "1.2.840.10045.4.1" => ("SHA-1 with ECDSA", "SHA1", KeyKind.EllipticCurve),
            "1.2.840.10045.4.3.1" => ("SHA-224 with ECDSA", "SHA224", KeyKind.EllipticCurve),
            "1.2.840.10045.4.3.2" => ("SHA-256 with ECDSA", "SHA256", KeyKind.EllipticCurve),
            "1.2.840.10045.4.3.3" => ("SHA-384 with ECDSA", "SHA384", KeyKind.EllipticCurve),
            "1.2.840.10045.4.3.4" => ("SHA-512 with ECDSA", "SHA512", KeyKind.EllipticCurve),
            "1.2.840.10040.4.3" => ("SHA-1 with DSA", "SHA1", KeyKind.Dsa),
            "2.16.840.1.101.3.4.3.1" => ("SHA-224 with DSA", "SHA224", KeyKind.Dsa),
            "2.16.840.1.101.3.4.3.2" => ("SHA-256 with DSA", "SHA256", KeyKind.Dsa),
            Oids.Ed25519 => ("Ed25519", "", KeyKind.Edwards),
            Oids.Ed448 => ("Ed448", "", KeyKind.Edwards),
            Oids.MlDsa44 => ("ML-DSA-44", "", KeyKind.ModuleLattice),
            Oids.MlDsa65 => ("ML-DSA-65", "", KeyKind.ModuleLattice),
            Oids.MlDsa87 => ("ML-DSA-87", "", KeyKind.ModuleLattice),
            _ => (oid, "", KeyKind.Other),
        };
}
