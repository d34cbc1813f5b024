namespace OriginWatch.Trust.X509;

/// <summary>
/// What checking one signature costs at most, before it is tried, in units of a check with RSA of 2048 bits (about 0.05 ms). A peer chooses
/// the keys: DSA of 16,384 bits would take seconds, RSA of as many bits sixty-four units.
/// </summary>
internal static class SignatureCost
{
    /// <summary>Above it a signature is not checked. RSA and DSA at the largest sizes that AWS-LC takes stay under it; DSA over 4096 bits does not.</summary>
    public const int MostOfOne = 4_000;

    /// <summary>What one list of certificates may cost in all.</summary>
    public const int MostOfChain = 20_000;
    private const int Unit = 2048;
    private const int DsaUnits = 400;
    private const int EllipticUnits = 20;

    public static int Of(PublicKeyFacts key)
    {
        var size = Math.Max(1, key.Bits / (double)Unit);
        return key.Kind switch
        {
            KeyKind.Rsa or KeyKind.RsaPss => (int)Math.Ceiling(size * size),
            KeyKind.Dsa => (int)(DsaUnits * size * size * size),
            _ => EllipticUnits,
        };
    }
}
