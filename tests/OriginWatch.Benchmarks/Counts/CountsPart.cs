using System.Globalization;
using OriginWatch.Benchmarks.Handshakes;
using OriginWatch.Benchmarks.Servers;
using OriginWatch.Benchmarks.Start;

namespace OriginWatch.Benchmarks.Counts;

/// <summary>
/// Instructions per handshake in user space: no clock, no other load, no kernel. Counted are two runs of different lengths, and
/// their difference is divided, so that neither start-up nor warming up is in it.
/// </summary>
internal sealed class CountsPart(RunSize size, Action<string> log)
{
    private const int Times = 3;
    private const int FewSeconds = 1;
    private const double Million = 1e6;

    public async Task<IReadOnlyList<Row>> RunAsync(CancellationToken cancellationToken)
    {
        if (!Callgrind.IsAvailable || !NginxServer.IsAvailable || Published.Root is null)
        {
            return [Row.Skipped("Instructions per handshake", "needs valgrind, nginx and the sources")];
        }

        using var folder = new WorkFolder();
        log("publishing this program, Native AOT");
        var published = await new Published(folder).BenchmarksAsync(Compiled.Native, cancellationToken);
        using var server = await NginxServer.StartAsync(folder, hosts: 1, cancellationToken);
        var rows = new List<Row>();
        foreach (var column in server.Columns)
        {
            log(column.Name);
            rows.Add(
                await TryCompareAsync(
                    Path.Combine(published, "OriginWatch.Benchmarks"),
                    column,
                    folder.File(column.Rsa ? "rsa-root.pem" : "ecdsa-root.pem"),
                    cancellationToken
                )
            );
        }

        return rows;
    }

    /// <summary>What valgrind cannot run is a line of the table, not the end of the other parts.</summary>
    private async Task<Row> TryCompareAsync(string program, TlsColumn column, string root, CancellationToken cancellationToken)
    {
        try
        {
            return await CompareAsync(program, column, root, cancellationToken);
        }
        catch (InvalidOperationException exception)
        {
            return new(Measure(column), "failed", exception.Message.ReplaceLineEndings(" "), IsMet: false);
        }
    }

    private async Task<Row> CompareAsync(string program, TlsColumn column, string root, CancellationToken cancellationToken)
    {
        var ours = await PerHandshakeAsync(count => [program, "handshakes", Text(column.Port), Text(count), "1"], cancellationToken);
        var stream = await PerHandshakeAsync(count => [program, "streams", Text(column.Port), Text(count), "1", root], cancellationToken);
        var row = Row.Compared(Measure(column), ours / Million, "M", "SslStream", stream / Million, null);
        if (!OpenSslTime.IsAvailable)
        {
            return row;
        }

        var native = await OpenSslAsync(column.Port, root, cancellationToken);
        return row with
        {
            Other = string.Create(
                CultureInfo.InvariantCulture,
                $"{row.Other}; openssl s_time -new {Row.Text(native / Million, "M")}: {ours / native:0.00} ×"
            ),
        };
    }

    private async Task<double> PerHandshakeAsync(Func<int, IEnumerable<string>> command, CancellationToken cancellationToken)
    {
        var few = await Callgrind.RunAsync(command(size.CountedHandshakes), cancellationToken);
        var many = await Callgrind.RunAsync(command(Times * size.CountedHandshakes), cancellationToken);
        return (many.Instructions - few.Instructions) / ((Times - 1) * size.CountedHandshakes);
    }

    /// <summary>It runs for a time, and says how many handshakes that were.</summary>
    private static async Task<double> OpenSslAsync(int port, string root, CancellationToken cancellationToken)
    {
        var few = await Callgrind.RunAsync(["openssl", .. OpenSslTime.Arguments(port, root, FewSeconds)], cancellationToken);
        var many = await Callgrind.RunAsync(["openssl", .. OpenSslTime.Arguments(port, root, Times * FewSeconds)], cancellationToken);
        return (many.Instructions - few.Instructions) / (OpenSslTime.Count(many.Output) - OpenSslTime.Count(few.Output));
    }

    private static string Measure(TlsColumn column) => $"Instructions per handshake, Native AOT, {column.Name}";

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
