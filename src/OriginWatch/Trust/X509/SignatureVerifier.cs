using System.Formats.Asn1;
using System.Security.Cryptography;
using Org.BouncyCastle.Crypto;
using Org.BouncyCastle.Crypto.Engines;
using Org.BouncyCastle.Crypto.Parameters;
using Org.BouncyCastle.Crypto.Signers;
using Org.BouncyCastle.Math;
using Org.BouncyCastle.Security;
using OriginWatch.Tls;

namespace OriginWatch.Trust.X509;

/// <summary>What checking a signature came to.</summary>
internal enum SignatureCheck
{
    /// <summary>The key made it.</summary>
    Valid,

    /// <summary>The key did not.</summary>
    Invalid,

    /// <summary>AWS-LC takes no such signature or key, or checking it costs too much: nobody can say.</summary>
    CannotCheck,
}

/// <summary>
/// Does a key verify the signature of a certificate? The runtime's own cryptography where it is sure to do it,
/// BouncyCastle for what a policy of the operating system may refuse: old hashes, small keys, odd curves.
/// </summary>
internal static class SignatureVerifier
{
    private const int SmallestRuntimeRsaBits = 1024;
    private const byte UncompressedPoint = 4;

    /// <param name="certificate">Whose signature.</param>
    /// <param name="issuerKey">The key that is said to have made it.</param>
    /// <param name="keys">Where imported keys are kept for the next certificate.</param>
    public static SignatureCheck Verify(ParsedCertificate certificate, PublicKeyFacts issuerKey, IssuerKeys keys)
    {
        if (
            certificate.SignatureAlgorithm.WhyUnchecked is not null
            || issuerKey.WhyUndecodable is not null
            || issuerKey.HasExplicitCurve
            || SignatureCost.Of(certificate.SignatureAlgorithm, issuerKey) > SignatureCost.MostOfOne
        )
        {
            return SignatureCheck.CannotCheck;
        }

        try
        {
            return IsValid(certificate, issuerKey, keys) ? SignatureCheck.Valid : SignatureCheck.Invalid;
        }
        catch (Exception exception)
            when (exception
                    is AsnContentException
                        or CryptographicException
                        or CryptoException
                        or GeneralSecurityException
                        or ArgumentException
                        or InvalidOperationException
                        or IOException
                        or ArithmeticException
                        or InvalidCastException
                        or NotSupportedException
            )
        {
            return SignatureCheck.Invalid; // A signature that cannot be read is by no key.
        }
    }

    /// <summary>Whether the runtime's own cryptography is sure to check it; BouncyCastle takes up to twenty times as long.</summary>
    public static bool IsByRuntime(SignatureFacts signature, PublicKeyFacts issuerKey) =>
        RuntimeHash(signature) is not null
        && signature.Family switch
        {
            KeyKind.Rsa => issuerKey.Kind == KeyKind.Rsa && issuerKey.Bits >= SmallestRuntimeRsaBits,
            KeyKind.EllipticCurve => issuerKey.Name.StartsWith("EC P-", StringComparison.Ordinal)
                && issuerKey.Bits >= 256
                && issuerKey.Key.Span is [UncompressedPoint, ..],
            _ => false,
        };

    private static bool IsValid(ParsedCertificate certificate, PublicKeyFacts issuerKey, IssuerKeys keys) =>
        certificate.SignatureAlgorithm.Family switch
        {
            KeyKind.Rsa when issuerKey.Kind == KeyKind.Rsa => VerifyRsa(certificate, issuerKey, keys),
            KeyKind.RsaPss when issuerKey.Kind is KeyKind.Rsa or KeyKind.RsaPss => VerifyPss(certificate, issuerKey),
            KeyKind.EllipticCurve when issuerKey.Kind == KeyKind.EllipticCurve => VerifyEcdsa(certificate, issuerKey, keys),
            KeyKind.Dsa when issuerKey.Kind == KeyKind.Dsa => VerifyWithBouncyCastle(certificate, issuerKey),
            KeyKind.Edwards when issuerKey.Kind == KeyKind.Edwards => VerifyWithBouncyCastle(certificate, issuerKey),
            KeyKind.ModuleLattice when issuerKey.Name == certificate.SignatureAlgorithm.Name => VerifyWithBouncyCastle(
                certificate,
                issuerKey
            ),
            _ => false,
        };

    private static bool VerifyRsa(ParsedCertificate certificate, PublicKeyFacts issuerKey, IssuerKeys keys) =>
        IsByRuntime(certificate.SignatureAlgorithm, issuerKey)
            ? keys.VerifyRsa(issuerKey, certificate, RuntimeHash(certificate.SignatureAlgorithm)!.Value)
            : VerifyWithBouncyCastle(certificate, issuerKey);

    /// <summary>The lengths and hashes are the signature's own: a salt need not be as long as the hash.</summary>
    private static bool VerifyPss(ParsedCertificate certificate, PublicKeyFacts issuerKey)
    {
        if (
            issuerKey is { Kind: KeyKind.RsaPss, Parameters.IsEmpty: false }
            && !certificate.SignatureAlgorithm.Pss!.IsAllowedBy(PssParameters.Read(issuerKey.Parameters))
        )
        {
            return false;
        }

        BouncyCastleSettings.Apply();
        var numbers = new BerReader(issuerKey.Key).ReadSequence();
        var (modulus, exponent) = (new BigInteger(1, numbers.ReadInteger().Span), new BigInteger(1, numbers.ReadInteger().Span));
        var pss = certificate.SignatureAlgorithm.Pss!;
        var signer = new PssSigner(new RsaBlindedEngine(), pss.CreateDigest(), pss.CreateMaskDigest(), pss.SaltLength);
        signer.Init(false, new RsaKeyParameters(false, modulus, exponent));
        signer.BlockUpdate(certificate.Tbs.Span);
        return signer.VerifySignature(certificate.Signature.ToArray());
    }

    private static bool VerifyEcdsa(ParsedCertificate certificate, PublicKeyFacts issuerKey, IssuerKeys keys) =>
        IsByRuntime(certificate.SignatureAlgorithm, issuerKey)
            ? keys.VerifyEcdsa(issuerKey, certificate, RuntimeHash(certificate.SignatureAlgorithm)!.Value)
            : VerifyWithBouncyCastle(certificate, issuerKey);

    private static bool VerifyWithBouncyCastle(ParsedCertificate certificate, PublicKeyFacts issuerKey)
    {
        if (!IsShallow(certificate, issuerKey))
        {
            return false;
        }

        BouncyCastleSettings.Apply();
        var key = PublicKeyFactory.CreateKey(issuerKey.Encoded.ToArray());
        var algorithm = Org.BouncyCastle.Asn1.X509.AlgorithmIdentifier.GetInstance(
            Org.BouncyCastle.Asn1.Asn1Object.FromByteArray(certificate.SignatureAlgorithm.Encoded.ToArray())
        );
        var signer = new Org.BouncyCastle.Crypto.Operators.Asn1VerifierFactory(algorithm, key).CreateCalculator();
        using (var stream = signer.Stream)
        {
            stream.Write(certificate.Tbs.Span);
        }

        return signer.GetResult().IsVerified(certificate.Signature.ToArray());
    }

    /// <summary>BouncyCastle reads what is nested by recursion, and a peer may nest a thousand levels.</summary>
    private static bool IsShallow(ParsedCertificate certificate, PublicKeyFacts issuerKey) =>
        DerNesting.IsShallow(issuerKey.Encoded.Span)
        && DerNesting.IsShallow(certificate.SignatureAlgorithm.Encoded.Span)
        && (issuerKey.Kind is KeyKind.EllipticCurve or KeyKind.Edwards or KeyKind.ModuleLattice || DerNesting.IsShallow(issuerKey.Key.Span))
        && (issuerKey.Kind is not (KeyKind.EllipticCurve or KeyKind.Dsa) || DerNesting.IsShallow(certificate.Signature.Span));

    private static HashAlgorithmName? RuntimeHash(SignatureFacts signature) =>
        signature.Hash switch
        {
            "SHA256" => HashAlgorithmName.SHA256,
            "SHA384" => HashAlgorithmName.SHA384,
            "SHA512" => HashAlgorithmName.SHA512,
            _ => null,
        };
}
