namespace OriginWatch;

/// <summary>Process-wide settings of BouncyCastle, which reads them from the process environment at first use.</summary>
internal static class BouncyCastleSettings
{
    private const string RsaPrimalityRounds = "Org.BouncyCastle.Rsa.MaxMRTests";

    /// <summary>
    /// Turns off the primality test of every RSA modulus that is read. It guards the owners of keys, not those who look at them,
    /// and makes a handshake with an RSA certificate sixteen times as expensive. Safe to call again.
    /// </summary>
    public static void Apply()
    {
        if (Environment.GetEnvironmentVariable(RsaPrimalityRounds) is null)
        {
            Environment.SetEnvironmentVariable(RsaPrimalityRounds, "0");
        }
    }
}
