using System.Formats.Asn1;
using Org.BouncyCastle.Asn1;
using Org.BouncyCastle.Asn1.X509;
using Org.BouncyCastle.Tls;

namespace OriginWatch.Probing.Engine;

/// <summary>
/// Reads a certificate's public key (RFC 5280, section 4.1) without recursion and with bounds, because a peer may send
/// anything. BouncyCastle's own parser is given only the few bytes that were understood here.
/// </summary>
internal static class SubjectPublicKey
{
    private const string RsaPss = "1.2.840.113549.1.1.10";
    private const string Rsa = "1.2.840.113549.1.1.1";
    private const string EllipticCurve = "1.2.840.10045.2.1";
    private const string Ed25519 = "1.3.101.112";
    private static readonly Asn1Tag Version = new(TagClass.ContextSpecific, 0);

    /// <exception cref="TlsFatalAlert">It cannot be read, or no suite of CloudFront's can use it.</exception>
    public static SubjectPublicKeyInfo Read(byte[] certificate)
    {
        try
        {
            var key = KeyInfo(new AsnReader(certificate, AsnEncodingRules.BER));
            var algorithm = key.ReadSequence();
            var oid = algorithm.ReadObjectIdentifier();
            var bits = key.ReadBitString(out _);
            return oid switch
            {
                Rsa or RsaPss => new(
                    new AlgorithmIdentifier(new DerObjectIdentifier(oid), oid == Rsa ? DerNull.Instance : null),
                    RsaKey(bits)
                ),
                EllipticCurve => new(
                    new AlgorithmIdentifier(new DerObjectIdentifier(oid), new DerObjectIdentifier(algorithm.ReadObjectIdentifier())),
                    bits
                ),
                Ed25519 => new(new AlgorithmIdentifier(new DerObjectIdentifier(oid)), bits),
                _ => throw new TlsFatalAlert(AlertDescription.unsupported_certificate, $"the certificate's key is of the kind {oid}"),
            };
        }
        catch (AsnContentException e)
        {
            throw new TlsFatalAlert(AlertDescription.bad_certificate, "the certificate's key cannot be read", e);
        }
    }

    private static AsnReader KeyInfo(AsnReader certificate)
    {
        var body = certificate.ReadSequence().ReadSequence();
        if (body.HasData && body.PeekTag().HasSameClassAndValue(Version))
        {
            body.ReadEncodedValue();
        }

        body.ReadEncodedValue(); // serial number
        body.ReadEncodedValue(); // signature
        body.ReadEncodedValue(); // issuer
        body.ReadEncodedValue(); // validity
        body.ReadEncodedValue(); // subject
        return body.ReadSequence();
    }

    private static RsaPublicKeyStructure RsaKey(byte[] bits)
    {
        var numbers = new AsnReader(bits, AsnEncodingRules.BER).ReadSequence();
        var modulus = new Org.BouncyCastle.Math.BigInteger(numbers.ReadIntegerBytes().ToArray());
        var exponent = new Org.BouncyCastle.Math.BigInteger(numbers.ReadIntegerBytes().ToArray());
        return
            modulus.SignValue > 0
            && modulus.BitLength <= ProbeLimits.RsaModulusBits
            && exponent.SignValue > 0
            && exponent.BitLength <= ProbeLimits.RsaExponentBits
            ? new(modulus, exponent)
            : throw new TlsFatalAlert(AlertDescription.unsupported_certificate, "the certificate's RSA key is out of bounds");
    }
}
