namespace OriginWatch.Trust.X509;

/// <summary>
/// What checking one signature costs at most, before it is tried, in units of a check with RSA of 2048 bits by the runtime (about 0.05 ms
/// of CPU). A peer chooses the keys.
/// Measured with .NET 10 and BouncyCastle 2.7, the largest public exponent and order that AWS-LC takes, validation of the key included.
/// </summary>
internal static class SignatureCost
{
    /// <summary>Above it a signature is not checked. RSA at the largest size that AWS-LC takes stays under it; DSA over 4600 bits does
    /// not.</summary>
    public const int MostOfOne = 1_600;

    /// <summary>What one list of certificates may cost in all: a second of CPU.</summary>
    public const int MostOfChain = 20_000;
    private const int Unit = 2048;
    private const double RuntimeRsaUnits = 1.25;
    private const int RsaUnits = 25;
    private const int DsaUnits = 310;
    private const int RuntimeEllipticUnits = 45;
    private const int EllipticUnits = 180;
    private const int OtherUnits = 70;

    public static int Of(SignatureFacts signature, PublicKeyFacts key)
    {
        var size = Math.Max(1, key.Bits / (double)Unit);
        var isByRuntime = SignatureVerifier.IsByRuntime(signature, key);
        return key.Kind switch
        {
            KeyKind.Rsa or KeyKind.RsaPss => (int)Math.Ceiling(size * size * (isByRuntime ? RuntimeRsaUnits : RsaUnits)),
            KeyKind.Dsa => (int)(size * size * DsaUnits),
            KeyKind.EllipticCurve => isByRuntime ? RuntimeEllipticUnits : EllipticUnits,
            _ => OtherUnits,
        };
    }
}
