using System.Formats.Asn1;
using System.Security.Cryptography;
using Org.BouncyCastle.Crypto;
using Org.BouncyCastle.Security;
using OriginWatch.Tls;

namespace OriginWatch.Trust.X509;

/// <summary>
/// Does a key verify the signature of a certificate? The runtime's own cryptography where it is sure to do it,
/// BouncyCastle for what a policy of the operating system may refuse: old hashes, small keys, odd curves.
/// </summary>
internal static class SignatureVerifier
{
    private const int SmallestRuntimeRsaBits = 1024;

    /// <summary>Above these a verification is worth an attack.</summary>
    private const int LargestRsaBits = 16384;
    private const int LargestExponentBytes = 9;

    /// <param name="certificate">Whose signature.</param>
    /// <param name="issuerKey">The key that is said to have made it.</param>
    /// <param name="keys">Where imported keys are kept for the next certificate.</param>
    public static bool Verify(ParsedCertificate certificate, PublicKeyFacts issuerKey, IssuerKeys keys)
    {
        try
        {
            return certificate.SignatureAlgorithm.Family switch
            {
                KeyKind.Rsa when issuerKey.Kind == KeyKind.Rsa => VerifyRsa(certificate, issuerKey, keys),
                KeyKind.RsaPss when issuerKey.Kind is KeyKind.Rsa or KeyKind.RsaPss => IsBounded(issuerKey) && VerifyWithBouncyCastle(certificate, issuerKey),
                KeyKind.EllipticCurve when issuerKey.Kind == KeyKind.EllipticCurve => VerifyEcdsa(certificate, issuerKey, keys),
                KeyKind.Dsa when issuerKey.Kind == KeyKind.Dsa => VerifyWithBouncyCastle(certificate, issuerKey),
                KeyKind.Edwards when issuerKey.Kind == KeyKind.Edwards => VerifyWithBouncyCastle(certificate, issuerKey),
                _ => false,
            };
        }
        catch (Exception exception) when (exception is AsnContentException or CryptographicException or CryptoException or GeneralSecurityException
            or ArgumentException or InvalidOperationException or IOException or ArithmeticException or InvalidCastException or NotSupportedException)
        {
            return false; // A key or a signature that cannot be read verifies nothing.
        }
    }

    private static bool VerifyRsa(ParsedCertificate certificate, PublicKeyFacts issuerKey, IssuerKeys keys)
    {
        if (!IsBounded(issuerKey))
        {
            return false;
        }

        return issuerKey.Bits < SmallestRuntimeRsaBits || RuntimeHash(certificate.SignatureAlgorithm) is not { } hash
            ? VerifyWithBouncyCastle(certificate, issuerKey)
            : keys.VerifyRsa(issuerKey, certificate, hash);
    }

    private static bool VerifyEcdsa(ParsedCertificate certificate, PublicKeyFacts issuerKey, IssuerKeys keys)
        => RuntimeHash(certificate.SignatureAlgorithm) is not { } hash || !issuerKey.Name.StartsWith("EC P-", StringComparison.Ordinal) || issuerKey.Bits < 256
            ? VerifyWithBouncyCastle(certificate, issuerKey)
            : keys.VerifyEcdsa(issuerKey, certificate, hash);

    private static bool VerifyWithBouncyCastle(ParsedCertificate certificate, PublicKeyFacts issuerKey)
    {
        if (!IsShallow(certificate, issuerKey))
        {
            return false;
        }

        BouncyCastleSettings.Apply();
        var key = PublicKeyFactory.CreateKey(issuerKey.Encoded.ToArray());
        var algorithm = Org.BouncyCastle.Asn1.X509.AlgorithmIdentifier.GetInstance(Org.BouncyCastle.Asn1.Asn1Object.FromByteArray(certificate.SignatureAlgorithm.Encoded.ToArray()));
        var signer = new Org.BouncyCastle.Crypto.Operators.Asn1VerifierFactory(algorithm, key).CreateCalculator();
        using (var stream = signer.Stream)
        {
            stream.Write(certificate.Tbs.Span);
        }

        return signer.GetResult().IsVerified(certificate.Signature.ToArray());
    }

    /// <summary>BouncyCastle reads what is nested by recursion, and a peer may nest a thousand levels.</summary>
    private static bool IsShallow(ParsedCertificate certificate, PublicKeyFacts issuerKey)
        => DerNesting.IsShallow(issuerKey.Encoded.Span)
            && DerNesting.IsShallow(certificate.SignatureAlgorithm.Encoded.Span)
            && (issuerKey.Kind is KeyKind.EllipticCurve or KeyKind.Edwards || DerNesting.IsShallow(issuerKey.Key.Span))
            && (issuerKey.Kind is not (KeyKind.EllipticCurve or KeyKind.Dsa) || DerNesting.IsShallow(certificate.Signature.Span));

    private static HashAlgorithmName? RuntimeHash(SignatureFacts signature) => signature.Hash switch
    {
        "SHA256" => HashAlgorithmName.SHA256,
        "SHA384" => HashAlgorithmName.SHA384,
        "SHA512" => HashAlgorithmName.SHA512,
        _ => null,
    };

    private static bool IsBounded(PublicKeyFacts key)
    {
        var sequence = new DerReader(key.Key).ReadSequence();
        _ = sequence.ReadInteger();
        return key.Bits <= LargestRsaBits && sequence.ReadInteger().Length <= LargestExponentBytes;
    }
}
