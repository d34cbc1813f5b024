using System.Globalization;
using OriginWatch.Benchmarks.Measuring;
using OriginWatch.Rules;

namespace OriginWatch.Benchmarks.Network;

/// <summary>Asks a blackbox-exporter about every host of the farm, as Prometheus would, in the client's namespace.</summary>
internal static class FarmAsker
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    /// <summary>Writes seconds, CPU seconds of the asking, how many answers were not what the host deserves, and the first such
    /// host.</summary>
    public static async Task RunAsync(int port, int atOnce, IReadOnlyList<int> hosts, TextWriter output)
    {
        using var handler = new SocketsHttpHandler { MaxConnectionsPerServer = atOnce };
        using var client = new HttpClient(handler)
        {
            BaseAddress = new(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}/")),
            Timeout = Patience,
        };
        await Crowd.RunAsync(
            4 * atOnce,
            atOnce,
            async (_, token) => await client.GetStringAsync(new Uri("metrics", UriKind.Relative), token),
            CancellationToken.None
        ); // its connections are open and this program is compiled
        var (clock, cpu) = (TimeProvider.System.GetTimestamp(), Environment.CpuUsage.TotalTime);
        var wrong = new bool[hosts.Count];
        await Crowd.RunAsync(
            wrong.Length,
            atOnce,
            async (index, token) => wrong[index] = await AskAsync(client, hosts[index], token) != ShouldSucceed(hosts[index]),
            CancellationToken.None
        );
        var seconds = TimeProvider.System.GetElapsedTime(clock).TotalSeconds;
        var first = Array.IndexOf(wrong, true);
        await output.WriteLineAsync(
            string.Create(
                CultureInfo.InvariantCulture,
                $"{seconds:0.00} {(Environment.CpuUsage.TotalTime - cpu).TotalSeconds:0.00} {wrong.Count(isWrong => isWrong)} {(first < 0 ? "-" : FarmHosts.Name(hosts[first]))}"
            )
        );
    }

    private static async Task<bool> AskAsync(HttpClient client, int number, CancellationToken cancellationToken) =>
        (
            await client.GetStringAsync(
                new Uri($"probe?module=tls&target={FarmHosts.Name(number)}:443", UriKind.Relative),
                cancellationToken
            )
        ).Contains("\nprobe_success 1", StringComparison.Ordinal);

    private static bool ShouldSucceed(int number) => FarmHosts.ExpectationOf(FarmHosts.FaultOf(number)).Verdict == OriginVerdict.Accepts;
}
