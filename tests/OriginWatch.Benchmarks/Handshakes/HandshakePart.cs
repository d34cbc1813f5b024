using System.Net;
using OriginWatch.Benchmarks.Measuring;
using OriginWatch.Benchmarks.Servers;

namespace OriginWatch.Benchmarks.Handshakes;

/// <summary>CPU and garbage per handshake against nginx, competitors interleaved, medians of the batches.</summary>
internal sealed class HandshakePart(RunSize level, Action<string> log)
{
    private const int AtOnce = 32;
    private const double OfStream = 0.65;
    private const double OfOthers = 0.9;
    private const double GarbageKb = 120;
    private readonly ProbeHandshake _ours = new(TimeProvider.System);

    public async Task<IReadOnlyList<Row>> RunAsync(CancellationToken cancellationToken)
    {
        if (!NginxServer.IsAvailable)
        {
            return [Row.Skipped("CPU per handshake", "nginx is not installed")];
        }

        using var folder = new WorkFolder();
        using var server = await NginxServer.StartAsync(folder, hosts: 1, cancellationToken);
        using var blackbox = BlackboxExporter.IsAvailable ? await BlackboxExporter.StartAsync(folder, cancellationToken) : null;
        var rows = new List<Row>();
        foreach (var column in server.Columns)
        {
            rows.AddRange(await CompareAsync(column, server, folder, blackbox, cancellationToken));
        }

        return [.. rows, .. Missing(blackbox)];
    }

    private async Task<IEnumerable<Row>> CompareAsync(
        TlsColumn column,
        NginxServer server,
        WorkFolder folder,
        BlackboxExporter? blackbox,
        CancellationToken cancellationToken
    )
    {
        var endpoint = new IPEndPoint(IPAddress.Loopback, column.Port);
        var (name, root) = (NginxServer.HostName(0), server.PkiOf(column).Root);
        var rootFile = folder.File(column.Rsa ? "rsa-root.pem" : "ecdsa-root.pem");
        var (ours, stream) = (new List<Effort>(), new List<Effort>());
        var (openssl, exporter) = (new List<double>(), new List<double>());
        for (var batch = -level.WarmUps; batch < level.Batches; batch++)
        {
            log($"{column.Name}: {(batch < 0 ? "warming up" : $"batch {batch + 1} of {level.Batches}")}");
            var probed = await MeasureAsync((_, token) => _ours.RunAsync(endpoint, name, token), cancellationToken);
            var streamed = await MeasureAsync((_, token) => StreamHandshake.RunAsync(endpoint, name, root, token), cancellationToken);
            if (batch >= 0)
            {
                ours.Add(probed);
                stream.Add(streamed);
                openssl.AddRange(
                    OpenSslTime.IsAvailable
                        ? [await OpenSslTime.MeasureAsync(column.Port, rootFile, level.OpenSslSeconds, cancellationToken)]
                        : []
                );
                exporter.AddRange(
                    blackbox is null ? [] : [await blackbox.MeasureAsync(column.Port, level.Handshakes, AtOnce, cancellationToken)]
                );
            }
        }

        return Rows(column, ours, stream, openssl, exporter);
    }

    private Task<Effort> MeasureAsync(Func<int, CancellationToken, Task> handshake, CancellationToken cancellationToken) =>
        Effort.OfAsync(level.Handshakes, () => Crowd.RunAsync(level.Handshakes, AtOnce, handshake, cancellationToken));

    private static IEnumerable<Row> Rows(
        TlsColumn column,
        List<Effort> ours,
        List<Effort> stream,
        List<double> openssl,
        List<double> exporter
    )
    {
        var what = $"CPU per handshake, {column.Name}";
        var cpu = ours.Select(effort => effort.CpuMs).Median();
        yield return Row.Compared(what, cpu, "ms", "SslStream", stream.Select(effort => effort.CpuMs).Median(), OfStream);
        if (openssl.Count > 0)
        {
            yield return Row.Compared(what, cpu, "ms", "openssl s_time", openssl.Median(), OfOthers);
        }

        if (exporter.Count > 0)
        {
            yield return Row.Compared(what, cpu, "ms", "blackbox-exporter", exporter.Median(), OfOthers);
        }

        yield return Row.Bounded(
            $"Garbage per handshake, {column.Name}",
            ours.Select(effort => effort.AllocatedKb).Median(),
            "KB",
            GarbageKb,
            $"SslStream {Row.Text(stream.Select(effort => effort.AllocatedKb).Median(), "KB")}"
        );
    }

    private static IEnumerable<Row> Missing(BlackboxExporter? blackbox)
    {
        if (!OpenSslTime.IsAvailable)
        {
            yield return Row.Skipped("CPU per handshake, openssl s_time", "openssl is not installed");
        }

        if (blackbox is null)
        {
            yield return Row.Skipped("CPU per handshake, blackbox-exporter", "prometheus-blackbox-exporter is not installed");
        }
    }
}
