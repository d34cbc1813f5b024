using OriginWatch.Benchmarks.Measuring;
using OriginWatch.Benchmarks.Origins;
using OriginWatch.Benchmarks.Servers;

namespace OriginWatch.Benchmarks.Start;

/// <summary>Sizes, and what it costs from the start of the process to a judged handshake.</summary>
internal sealed class StartPart(Action<string> log)
{
    private const double Mb = 1 << 20;
    private const int Starts = 11;
    private const int SharesShown = 6;
    private const double OfJit = 0.5;
    private const double ZipMb = 12;
    private const double AotMb = 25;
    private const double AotMs = 60;

    public async Task<IReadOnlyList<Row>> RunAsync(CancellationToken cancellationToken)
    {
        if (Published.Root is null || !NginxServer.IsAvailable)
        {
            return [Row.Skipped("Start and size", "needs the sources and nginx")];
        }

        using var folder = new WorkFolder();
        var published = new Published(folder);
        log("publishing the function");
        var zip = await published.FunctionAsync("function", cancellationToken);
        log("publishing the command line, compiled at run time");
        var jit = await published.CliAsync("jit", cancellationToken, "--no-self-contained");
        log("publishing the command line, ReadyToRun");
        var r2r = await published.CliAsync("r2r", cancellationToken, "--no-self-contained", "-p:PublishReadyToRun=true");
        log("publishing the command line, Native AOT");
        var aot = await published.CliAsync("aot", cancellationToken, "-p:PublishAot=true");
        return [.. await SizesAsync(zip, new FileInfo(aot), cancellationToken), .. await StartsAsync(folder, jit, r2r, aot, cancellationToken)];
    }

    private static async Task<IEnumerable<Row>> SizesAsync(FileInfo zip, FileInfo aot, CancellationToken cancellationToken)
    {
        var shares = (await Published.SharesAsync(zip, cancellationToken)).Take(SharesShown).Select(file => $"{file.Name} {Row.Number(file.Packed / Mb)} ({Row.Number(file.Whole / Mb)} unpacked)");
        return
        [
            Row.Bounded("Function, ReadyToRun, zipped, with stand-ins", zip.Length / Mb, "MB", ZipMb, string.Join(", ", shares)),
            Row.Bounded("Command line, Native AOT, one file", aot.Length / Mb, "MB", AotMb),
        ];
    }

    private async Task<IEnumerable<Row>> StartsAsync(WorkFolder folder, string jit, string r2r, string aot, CancellationToken cancellationToken)
    {
        using var server = await NginxServer.StartAsync(folder, hosts: 1, cancellationToken);
        var column = server.Columns[^1];
        var listing = folder.Write("listing.json", SavedListing.Of(1, column.Port, NginxServer.HostName));
        string[] scan = ["scan", "--inventory", listing, "--resolve", $"{NginxServer.HostName(0)}:{column.Port}:127.0.0.1", "--roots", folder.File("ecdsa-root.pem"), "--allow-private-addresses", "--quiet"];
        var times = new[] { jit, r2r, aot }.ToDictionary(program => program, _ => new List<double>(), StringComparer.Ordinal);
        for (var start = 0; start <= Starts; start++)
        {
            log($"start {start} of {Starts}");
            foreach (var program in times.Keys)
            {
                var (cpu, result) = await Child.TimeAsync(program, scan, cancellationToken);
                if (result.Code is not (0 or 3) || !result.Output.Contains("1 origin", StringComparison.Ordinal))
                {
                    throw new InvalidOperationException($"{program} did not judge the origin: {result.Error}{result.Output}");
                }

                times[program].AddRange(start > 0 ? [cpu.TotalMilliseconds] : []); // the first reads the disk
            }
        }

        return
        [
            Row.Compared("Start, one handshake, report, end: ReadyToRun, CPU", times[r2r].Median(), "ms", "compiled at run time", times[jit].Median(), OfJit),
            Row.Bounded("Start, one handshake, report, end: Native AOT, CPU", times[aot].Median(), "ms", AotMs),
        ];
    }
}
