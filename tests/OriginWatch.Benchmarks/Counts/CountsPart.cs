using System.Globalization;
using System.Text.RegularExpressions;
using OriginWatch.Benchmarks.Measuring;
using OriginWatch.Benchmarks.Servers;
using OriginWatch.Benchmarks.Start;

namespace OriginWatch.Benchmarks.Counts;

/// <summary>
/// Instructions per handshake in user space, counted by valgrind: no clock, no other load. Counted are two runs of different
/// lengths, and their difference is divided, so that neither start-up nor warming up is in it.
/// </summary>
internal sealed partial class CountsPart(Action<string> log)
{
    private const int Few = 50;
    private const int Many = 150;

    public async Task<IReadOnlyList<Row>> RunAsync(CancellationToken cancellationToken)
    {
        if (!Child.IsInstalled("valgrind") || !NginxServer.IsAvailable || Published.Root is null)
        {
            return [Row.Skipped("Instructions per handshake", "needs valgrind, nginx and the sources")];
        }

        using var folder = new WorkFolder();
        log("publishing this program, Native AOT");
        var published = await new Published(folder).BenchmarksAsync("benchmarks", cancellationToken, "-p:PublishAot=true", "-p:CopyOutputSymbolsToPublishDirectory=false"); // valgrind cannot read the symbols
        var program = Path.Combine(published, "OriginWatch.Benchmarks");
        using var server = await NginxServer.StartAsync(folder, hosts: 1, cancellationToken);
        var rows = new List<Row>();
        foreach (var column in server.Columns)
        {
            log(column.Name);
            var root = folder.File(column.Rsa ? "rsa-root.pem" : "ecdsa-root.pem");
            var ours = await PerHandshakeAsync(count => [program, "handshakes", Text(column.Port), Text(count), "1"], cancellationToken);
            var stream = await PerHandshakeAsync(count => [program, "streams", Text(column.Port), Text(count), "1", root], cancellationToken);
            rows.Add(Row.Compared($"Instructions per handshake, Native AOT, {column.Name}", ours / 1e6, "M", "SslStream", stream / 1e6, null));
        }

        return rows;
    }

    private static async Task<double> PerHandshakeAsync(Func<int, IEnumerable<string>> command, CancellationToken cancellationToken)
        => (await CountAsync(command(Many), cancellationToken) - await CountAsync(command(Few), cancellationToken)) / (Many - Few);

    private static async Task<double> CountAsync(IEnumerable<string> command, CancellationToken cancellationToken)
    {
        var result = await Child.RunAsync("env", ["DOTNET_GCHeapHardLimit=0x10000000", "valgrind", "--tool=callgrind", "--callgrind-out-file=/dev/null", .. command], cancellationToken);
        return double.Parse(Instructions().Match(result.Error).Groups["count"].Value, CultureInfo.InvariantCulture);
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    [GeneratedRegex(@"Collected : (?<count>\d+)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Instructions();
}
