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
    private const string Sha1Oid = "1.3.14.3.2.26";

    public bool HashIsWeak => Hash is "MD2" or "MD4" or "MD5" or "SHA1";

    public static SignatureFacts Read(ReadOnlyMemory<byte> encoded)
    {
        var algorithm = new DerReader(encoded).ReadSequence();
        var oid = algorithm.ReadOid();
        var (name, hash, family) = Describe(oid, ref algorithm);
        return new(name, hash, family, encoded);
    }

    private static (string Name, string Hash, KeyKind Family) Describe(string oid, ref DerReader parameters) => oid switch
    {
        "1.2.840.113549.1.1.2" => ("MD2 with RSA", "MD2", KeyKind.Rsa),
        "1.2.840.113549.1.1.3" => ("MD4 with RSA", "MD4", KeyKind.Rsa),
        "1.2.840.113549.1.1.4" => ("MD5 with RSA", "MD5", KeyKind.Rsa),
        "1.2.840.113549.1.1.5" or "1.3.14.3.2.29" => ("SHA-1 with RSA", "SHA1", KeyKind.Rsa),
        "1.2.840.113549.1.1.14" => ("SHA-224 with RSA", "SHA224", KeyKind.Rsa),
        "1.2.840.113549.1.1.11" => ("SHA-256 with RSA", "SHA256", KeyKind.Rsa),
        "1.2.840.113549.1.1.12" => ("SHA-384 with RSA", "SHA384", KeyKind.Rsa),
        "1.2.840.113549.1.1.13" => ("SHA-512 with RSA", "SHA512", KeyKind.Rsa),
        Oids.RsaPss => Pss(ref parameters),
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
        _ => (oid, "", KeyKind.Other),
    };

    /// <summary>RFC 4055, section 3.1: without a hash in the parameters it is SHA-1.</summary>
    private static (string Name, string Hash, KeyKind Family) Pss(ref DerReader parameters)
    {
        var hashOid = Sha1Oid;
        var hashTag = new Asn1Tag(TagClass.ContextSpecific, 0);
        if (parameters.NextIs(Asn1Tag.Sequence))
        {
            var sequence = parameters.ReadSequence();
            if (sequence.NextIs(hashTag))
            {
                hashOid = sequence.ReadSequence(hashTag).ReadSequence().ReadOid();
            }
        }

        return hashOid switch
        {
            "2.16.840.1.101.3.4.2.1" => ("RSA-PSS with SHA-256", "SHA256", KeyKind.RsaPss),
            "2.16.840.1.101.3.4.2.2" => ("RSA-PSS with SHA-384", "SHA384", KeyKind.RsaPss),
            "2.16.840.1.101.3.4.2.3" => ("RSA-PSS with SHA-512", "SHA512", KeyKind.RsaPss),
            Sha1Oid => ("RSA-PSS with SHA-1", "SHA1", KeyKind.RsaPss),
            _ => ($"RSA-PSS with {hashOid}", "", KeyKind.RsaPss),
        };
    }
}
