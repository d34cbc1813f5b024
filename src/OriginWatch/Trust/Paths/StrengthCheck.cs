using OriginWatch.Trust.X509;

namespace OriginWatch.Trust.Paths;

/// <summary>Keys and hashes: what CloudFront cannot use, what is weak, and what AWS-LC checks not at all.</summary>
internal static class StrengthCheck
{
    private const int SmallCurve = 192;

    /// <param name="certificate">Which.</param>
    /// <param name="isLeaf">True for the server's own.</param>
    /// <param name="isTop">True where nobody relies on its signature, because it ends the path.</param>
    /// <param name="faults">Where faults go.</param>
    public static void Check(ParsedCertificate certificate, bool isLeaf, bool isTop, FaultList faults)
    {
        if (!isTop && certificate.SignatureAlgorithm.HashIsWeak)
        {
            faults.Add(
                ChainFaultKind.WeakSignature,
                certificate,
                $"it is signed with {certificate.SignatureAlgorithm.Name}",
                "Have it issued again with SHA-256."
            );
        }

        var key = certificate.PublicKey;
        if (isLeaf && KeyStrength.WhyUnusable(key) is { } reason)
        {
            faults.Add(
                ChainFaultKind.KeyNotUsable,
                certificate,
                $"its key is {KeyStrength.Name(key)}, and {reason}",
                "Make a new key, RSA of 2048 to 4096 bits or ECDSA on P-256 or P-384, and have a certificate issued for it."
            );
        }
        else if (KeyStrength.IsWeak(key))
        {
            faults.Add(
                ChainFaultKind.WeakKey,
                certificate,
                $"its key is {KeyStrength.Name(key)}",
                "Make a new key, RSA of 2048 bits or ECDSA on P-256, and have a certificate issued for it."
            );
        }
    }

    /// <summary>OpenSSL checks some signatures that AWS-LC does not: MD5, Ed448, P-192, odd parameters.</summary>
    public static RejectedBy WhoChecksNot(ParsedCertificate certificate, ParsedCertificate issuer) =>
        certificate.SignatureAlgorithm.IsCheckedByOpenSsl
        || issuer.PublicKey is { Kind: KeyKind.EllipticCurve, Bits: SmallCurve, WhyUndecodable: not null }
            ? RejectedBy.AmazonAlone
            : RejectedBy.Libraries;
}
