using System.Globalization;
using OriginWatch.Trust.X509;

namespace OriginWatch.Trust.Paths;

/// <summary>
/// Which keys CloudFront takes from an origin: RSA of 1024 to 4096 bits, ECDSA on P-256 or P-384
/// (Developer Guide, "Requirements for using SSL/TLS certificates with CloudFront"), and which of them are weak.
/// </summary>
internal static class KeyStrength
{
    private const int SmallestRsa = 1024;
    private const int StrongRsa = 2048;
    private const int LargestRsa = 4096;
    private const int StrongCurve = 256;

    /// <summary>Null when CloudFront can use it; otherwise why not, as a clause.</summary>
    public static string? WhyUnusable(PublicKeyFacts key) =>
        key switch
        {
            { Kind: KeyKind.Rsa, Bits: >= SmallestRsa and <= LargestRsa } => null,
            { Kind: KeyKind.Rsa } => "CloudFront supports RSA keys of 1024 to 4096 bits",
            { Kind: KeyKind.EllipticCurve, Name: "EC P-256" or "EC P-384" } => null,
            { Kind: KeyKind.EllipticCurve } => "CloudFront supports the curves P-256 and P-384",
            _ => "CloudFront supports RSA and ECDSA keys",
        };

    /// <summary>Under what the CA/Browser Forum allows (Baseline Requirements, section 6.1.5).</summary>
    public static bool IsWeak(PublicKeyFacts key) =>
        key switch
        {
            { Kind: KeyKind.Rsa or KeyKind.RsaPss } => key.Bits < StrongRsa,
            { Kind: KeyKind.EllipticCurve } => key.Bits < StrongCurve || key.Name == "EC secp256k1",
            { Kind: KeyKind.Edwards } => false,
            _ => true,
        };

    public static string Name(PublicKeyFacts key) =>
        key.Kind is KeyKind.Rsa or KeyKind.RsaPss or KeyKind.Dsa
            ? string.Create(CultureInfo.InvariantCulture, $"{key.Name} of {key.Bits} bits")
            : key.Name;
}
