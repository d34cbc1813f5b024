using System.Globalization;
using OriginWatch.Benchmarks.Measuring;
using OriginWatch.Benchmarks.Servers;

namespace OriginWatch.Benchmarks.Handshakes;

/// <summary>prometheus-blackbox-exporter's TCP probe with TLS. Its chain check is off, in its favour.</summary>
internal sealed class BlackboxExporter : IDisposable
{
    public const string Program = "prometheus-blackbox-exporter";

    private const string Settings = """
        modules:
          tls:
            prober: tcp
            timeout: 10s
            tcp: { tls: true, tls_config: { insecure_skip_verify: true } }
        """;

    private readonly Child _process;
    private readonly HttpClient _client;

    private BlackboxExporter(Child process, HttpClient client) => (_process, _client) = (process, client);

    public static bool IsAvailable => Child.IsInstalled(Program);

    public static async Task<BlackboxExporter> StartAsync(WorkFolder folder, CancellationToken cancellationToken)
    {
        var port = Ports.Free();
        var process = Child.Start(
            Program,
            $"--config.file={folder.Write("blackbox.yml", Settings)}",
            $"--web.listen-address=127.0.0.1:{port}",
            "--log.level=error"
        );
        await Ports.OpenAsync(port, cancellationToken);
        return new(process, new HttpClient { BaseAddress = new($"http://127.0.0.1:{port}/") });
    }

    /// <summary>CPU of the exporter per probe in ms.</summary>
    public async Task<double> MeasureAsync(int port, int count, int atOnce, CancellationToken cancellationToken)
    {
        var before = _process.Cpu;
        await Crowd.RunAsync(count, atOnce, (_, token) => ProbeAsync(port, token), cancellationToken);
        return (_process.Cpu - before).TotalMilliseconds / count;
    }

    public void Dispose()
    {
        _client.Dispose();
        _process.Dispose();
    }

    private async Task ProbeAsync(int port, CancellationToken cancellationToken)
    {
        var answer = await _client.GetStringAsync(
            new Uri(string.Create(CultureInfo.InvariantCulture, $"probe?module=tls&target=127.0.0.1:{port}"), UriKind.Relative),
            cancellationToken
        );
        if (!answer.Contains("\nprobe_success 1", StringComparison.Ordinal))
        {
            throw new InvalidOperationException("the exporter's probe failed");
        }
    }
}
