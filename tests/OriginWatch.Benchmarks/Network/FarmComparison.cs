using System.Globalization;
using OriginWatch.Benchmarks.Handshakes;
using OriginWatch.Benchmarks.Measuring;
using OriginWatch.Benchmarks.Origins;
using OriginWatch.Benchmarks.Servers;
using OriginWatch.Benchmarks.Start;

namespace OriginWatch.Benchmarks.Network;

/// <summary>
/// The command line over a saved listing of the farm, as a native file and on the runtime, against blackbox-exporter, which a user would
/// pick
/// instead: in turns, the same hosts, as many at a time, as long a timeout. The exporter says pass or fail; the command line also
/// diagnoses,
/// waits and retries what failed, and writes a report.
/// </summary>
internal sealed class FarmComparison(Farm farm, WorkFolder folder, Programs programs, RunSize size, int timeoutSeconds, Action<string> log)
{
    private const int AtOnce = 256;
    private const double Mb = 1 << 20;
    private const double OfWall = 0.8;
    private const double OfCpu = 1;
    private const double MostMb = 100;
    private const string Exporter = "blackbox-exporter";

    /// <summary>With which a scan ends that found rejected origins.</summary>
    private const int FoundRejections = 3;

    public async Task<IReadOnlyList<Row>> RunAsync(CancellationToken cancellationToken)
    {
        var what = $"Slow network, {FarmHosts.Names.Count:N0} origins, {AtOnce} at a time";
        if (!BlackboxExporter.IsAvailable || Published.Root is null)
        {
            return [Row.Skipped($"{what}, against {Exporter}", "needs prometheus-blackbox-exporter and the sources")];
        }

        log("publishing the command line, Native AOT");
        var native = await programs.NativeAsync(cancellationToken);
        var runtime = size.AllBuilds ? await RuntimeAsync(cancellationToken) : null;
        var rows = new List<Row>();
        foreach (var (order, mixed) in new[] { ("the dead last in the listing", false), ("every 11th dead", true) })
        {
            log(order);
            var hosts = mixed ? FarmHosts.Mixed : FarmHosts.DeadLast;
            var listing = folder.Write(
                "farm.json",
                SavedListing.Of(hosts.Count, 443, index => FarmHosts.Name(hosts[index]), 1, timeoutSeconds)
            );
            var (others, natives, runtimes, later) = (new List<Watched>(), new List<Watched>(), new List<Watched>(), new List<Watched>());
            string[] history = ["--history", folder.File(mixed ? "history-mixed" : "history-dead-last")];
            await ScanAsync("native file, to be remembered", native, listing, hosts, cancellationToken, history);
            for (var round = 0; round < size.FarmRounds; round++)
            {
                others.Add(await FarmExporter.RunAsync(farm, folder, AtOnce, timeoutSeconds, mixed, log, cancellationToken));
                natives.Add(await ScanAsync("native file", native, listing, hosts, cancellationToken));
                later.Add(await ScanAsync("native file, a later night", native, listing, hosts, cancellationToken, history));
                runtimes.AddRange(runtime is null ? [] : [await ScanAsync("runtime build", runtime, listing, hosts, cancellationToken)]);
            }

            rows.AddRange(Rows($"{what}, {order}", others, natives, later, runtimes));
        }

        return rows;
    }

    private Task<string> RuntimeAsync(CancellationToken cancellationToken)
    {
        log("publishing the command line, compiled at run time");
        return programs.RuntimeAsync(cancellationToken);
    }

    private static IEnumerable<Row> Rows(
        string what,
        List<Watched> others,
        List<Watched> natives,
        List<Watched> later,
        List<Watched> runtimes
    )
    {
        var wall = Median(others, other => other.Seconds);
        var cpu = Median(others, other => other.CpuSeconds);
        var memory = $"{Exporter} {Row.Text(Median(others, other => other.PeakBytes) / Mb, "MB")}";
        (string, List<Watched>, bool)[] builds =
        [
            ("native file", natives, true),
            ("native file, a later night", later, true),
            .. runtimes.Count == 0 ? [] : new[] { ("runtime build", runtimes, false) },
        ];
        foreach (var (name, runs, isNative) in builds)
        {
            var whose = $"{what}, {name}";
            yield return Row.Compared(
                $"{whose}: wall time up to the first retry",
                Median(runs, run => run.SecondsToOpen ?? run.Seconds),
                "s",
                Exporter,
                wall,
                isNative ? OfWall : null
            );
            yield return Row.Compared(
                $"{whose}: wall time, retries and report included",
                Median(runs, run => run.Seconds),
                "s",
                Exporter,
                wall,
                null
            );
            yield return Row.Compared(
                $"{whose}: CPU, everything",
                Median(runs, run => run.CpuSeconds),
                "s",
                Exporter,
                cpu,
                isNative ? OfCpu : null
            );
            yield return new Row(
                $"{whose}: wrong verdicts",
                Row.Number(runs.Sum(run => run.Wrong)),
                $"{Exporter} {Row.Number(others.Sum(other => other.Wrong))}, pass or fail",
                "0",
                runs.TrueForAll(run => run.Wrong == 0)
            );
            var peak = Median(runs, run => run.PeakBytes) / Mb;
            yield return isNative
                ? Row.Bounded($"{whose}: peak memory", peak, "MB", MostMb, memory)
                : new Row($"{whose}: peak memory", Row.Text(peak, "MB"), memory);
        }
    }

    private async Task<Watched> ScanAsync(
        string name,
        string program,
        string listing,
        IReadOnlyList<int> hosts,
        CancellationToken cancellationToken,
        params string[] more
    )
    {
        var report = folder.File("farm-report.json");
        var counters = await Child.RunAsync("ip", farm.AtClient("cat", "/proc/net/snmp"), cancellationToken);
        var watched = await Watched.RunAsync(
            "ip",
            farm.AtClient([
                program,
                "scan",
                "--inventory",
                listing,
                "--roots",
                folder.File("root.pem"),
                "--dns",
                Farm.DnsAddress,
                "--allow-private-addresses",
                "--concurrency",
                AtOnce.ToString(CultureInfo.InvariantCulture),
                "--quiet",
                "--output",
                report,
                .. more,
            ]),
            Watched.OpensOf(counters.Output),
            hosts.Count,
            cancellationToken
        );
        var (wrong, first) = await FarmVerdicts.WrongAsync(report, hosts, cancellationToken);
        log(
            string.Create(
                CultureInfo.InvariantCulture,
                $"{name}: {watched.SecondsToOpen:0.00} s up to the first retry, {watched.Seconds:0.00} s, CPU {watched.CpuSeconds:0.00} s, {watched.PeakBytes / Mb:0} MB, wrong verdicts {wrong}, first {first ?? "-"}"
            )
        );
        return watched.Code == FoundRejections
            ? watched with
            {
                Wrong = wrong,
            }
            : throw new InvalidOperationException($"{program} ended with {watched.Code} instead of {FoundRejections}");
    }

    private static double Median(List<Watched> runs, Func<Watched, double> figure) => runs.Select(figure).Median();
}
