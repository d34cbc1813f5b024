namespace OriginWatch.Tls;

/// <summary>The one setting that BouncyCastle reads from outside; it looks environment variables up by this name.</summary>
internal static class BouncyCastleSettings
{
    /// <summary>
    /// Turns off the Miller-Rabin test of every RSA modulus. It guards owners of keys, not those who look at public ones,
    /// and costs a handshake sixteen times its time. May be called any number of times, before the first use.
    /// </summary>
    public static void Apply() => Environment.SetEnvironmentVariable("Org.BouncyCastle.Rsa.MaxMRTests", "0");
}
