using System.Net;
using System.Security.Cryptography.X509Certificates;
using OriginWatch.Benchmarks.Measuring;
using OriginWatch.Benchmarks.Servers;
using OriginWatch.Probing;

namespace OriginWatch.Benchmarks.Handshakes;

/// <summary>Nothing but handshakes, in a process of its own: for instruction counts and for profilers.</summary>
internal static class HandshakeWorker
{
    /// <summary>For tools that slow everything down.</summary>
    private static readonly ProberOptions Patient = new() { HandshakeTimeout = TimeSpan.FromMinutes(1) };

    public static Task ProbeAsync(int port, int count, int atOnce)
    {
        var client = new ProbeHandshake(TimeProvider.System, Patient);
        return Crowd.RunAsync(
            count,
            atOnce,
            (_, token) => client.RunAsync(new(IPAddress.Loopback, port), NginxServer.HostName(0), token),
            CancellationToken.None
        );
    }

    public static async Task StreamAsync(int port, int count, int atOnce, string rootFile)
    {
        using var root = X509Certificate2.CreateFromPem(await File.ReadAllTextAsync(rootFile));
        await Crowd.RunAsync(
            count,
            atOnce,
            (_, token) => StreamHandshake.RunAsync(new(IPAddress.Loopback, port), NginxServer.HostName(0), root, token),
            CancellationToken.None
        );
    }
}
