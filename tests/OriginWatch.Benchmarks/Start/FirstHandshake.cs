using System.Net;
using OriginWatch.Aws;
using OriginWatch.Benchmarks.Servers;
using OriginWatch.Probing;
using OriginWatch.Rules;
using OriginWatch.SelfTest;
using OriginWatch.Tls;

namespace OriginWatch.Benchmarks.Start;

/// <summary>
/// The function from the start of its process to its first handshake with an origin: what the handler does until then, with the
/// handler's own parts and in its order, and no more.
/// </summary>
internal static class FirstHandshake
{
    public static async Task RunAsync(int port, TextWriter output)
    {
        var parts = new LambdaDependencies();
        var settings = SettingsReader.Read(parts.Variable);
        var clients = parts.Clients(settings);
        using var notifications = clients.Notifications();
        using var source = new AwsInventory(clients);
        using var prober = parts.Prober(settings);
        var catalog = new RuleCatalog(settings.Thresholds);
        await parts.Canaries(prober, catalog, CancellationToken.None);
        var roots = parts.TrustStore();
        var listing = await source.ReadAsync(CancellationToken.None);
        var outcome = await prober.ProbeAsync(
            new()
            {
                DomainName = IPAddress.Loopback.ToString(),
                Port = port,
                ServerName = NginxServer.HostName(0),
                Protocols = new(TlsProtocol.Tls12, TlsProtocol.Tls13),
                AllowedEndpoint = new(IPAddress.Loopback, port),
            },
            CancellationToken.None
        );
        await output.WriteLineAsync(
            $"{listing.Distributions.Count} distribution, {catalog.Rules.Count} rules, {roots.Count} roots, {outcome.Attempts[0].Result.GetType().Name}"
        );
    }
}
