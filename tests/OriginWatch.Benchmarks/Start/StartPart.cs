using OriginWatch.Benchmarks.Origins;
using OriginWatch.Benchmarks.Servers;

namespace OriginWatch.Benchmarks.Start;

/// <summary>Sizes, and what it costs from the start of the process to a handshake.</summary>
internal sealed class StartPart(Programs programs, RunSize size, Action<string> log)
{
    private const double Mb = 1 << 20;
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
        using var server = await NginxServer.StartAsync(folder, hosts: 1, cancellationToken);
        var function = await FunctionAsync(published, server.Columns[^1].Port, cancellationToken);
        return [.. function, .. await CommandLineAsync(folder, server.Columns[^1].Port, cancellationToken)];
    }

    private async Task<IEnumerable<Row>> FunctionAsync(Published published, int port, CancellationToken cancellationToken)
    {
        log("publishing the function, ReadyToRun");
        var ahead = await published.FunctionAsync(Compiled.Ahead, cancellationToken);
        var zip = await published.ZipAsync(ahead, cancellationToken);
        log("publishing the function, compiled at run time");
        var atRunTime = await published.FunctionAsync(Compiled.AtRunTime, cancellationToken);
        log("publishing what starts them");
        ahead.With(await programs.BenchmarksAsync(cancellationToken));
        atRunTime.With(await published.BenchmarksAsync(Compiled.AtRunTime, cancellationToken));
        using var aws = new AwsAnswers();
        var times = await Starts.MeasureAsync(
            "roots, Handshake",
            size.Starts,
            log,
            cancellationToken,
            [.. new[] { ahead, atRunTime }.Select(function => function.Command(aws, "first-handshake", port))]
        );
        var shares = (await Published.SharesAsync(zip, cancellationToken))
            .Take(SharesShown)
            .Select(file => $"{file.Name} {Row.Number(file.Packed / Mb)} ({Row.Number(file.Whole / Mb)} unpacked)");
        return
        [
            Row.Bounded("Function, ReadyToRun, zipped, with stand-ins", zip.Length / Mb, "MB", ZipMb, string.Join(", ", shares)),
            Row.Compared(
                "Function, start, canaries, listing, first handshake: ReadyToRun, CPU",
                times[0],
                "ms",
                "compiled at run time",
                times[1],
                OfJit
            ),
        ];
    }

    private async Task<IEnumerable<Row>> CommandLineAsync(WorkFolder folder, int port, CancellationToken cancellationToken)
    {
        log("publishing the command line, Native AOT");
        var native = await programs.NativeAsync(cancellationToken);
        var listing = folder.Write("listing.json", SavedListing.Of(1, port, NginxServer.HostName));
        string[] scan =
        [
            "scan",
            "--inventory",
            listing,
            "--resolve",
            $"{NginxServer.HostName(0)}:{port}:127.0.0.1",
            "--roots",
            folder.File("ecdsa-root.pem"),
            "--allow-private-addresses",
            "--quiet",
        ];
        var times = await Starts.MeasureAsync(
            "1 origin",
            size.Starts,
            log,
            cancellationToken,
            [
                [native, .. scan],
            ]
        );
        return
        [
            Row.Bounded("Command line, Native AOT, one file", new FileInfo(native).Length / Mb, "MB", AotMb),
            Row.Bounded("Command line, start, one handshake, report, end: Native AOT, CPU", times[0], "ms", AotMs),
        ];
    }
}
