using System.Globalization;
using System.Net;
using OriginWatch.Audit;
using OriginWatch.Benchmarks.Measuring;
using OriginWatch.Benchmarks.Origins;
using OriginWatch.Benchmarks.Servers;
using OriginWatch.Inventory;
using OriginWatch.Probing;
using OriginWatch.Reporting;
using OriginWatch.Rules;
using OriginWatch.Targets;
using OriginWatch.Trust;

namespace OriginWatch.Benchmarks.Scale;

/// <summary>Many targets in one process: first the prober and the verifier alone, then the whole audit with its report.</summary>
internal static class ScaleWorker
{
    private const int AtOnce = 256;

    /// <summary>Writes one line per tenth: targets, seconds, CPU seconds, resident and live bytes.</summary>
    public static async Task ProbeAsync(int port, int count, string rootFile, TextWriter output)
    {
        var verifier = new ChainVerifier(TrustStore.FromPem(await File.ReadAllTextAsync(rootFile), "benchmark"));
        using var prober = NewProber();
        var clock = TimeProvider.System.GetTimestamp();
        var targets = TargetPlanner
            .Plan(new OriginListing([.. Enumerable.Range(0, count).Select(NginxServer.HostName)], port).Read())
            .Targets;
        for (var done = 0; done < count; done += count / 10)
        {
            var from = done;
            await Crowd.RunAsync(
                count / 10,
                AtOnce,
                async (number, token) => Check(await prober.ProbeAsync(targets[from + number], token), verifier),
                CancellationToken.None
            );
            await WriteAsync(output, done + (count / 10), clock);
        }
    }

    /// <summary>Writes the same line once, after the report, with the bytes of its JSON.</summary>
    public static async Task AuditAsync(int port, int count, string rootFile, TextWriter output)
    {
        using var prober = NewProber();
        var clock = TimeProvider.System.GetTimestamp();
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var roots = TrustStore.FromPem(await File.ReadAllTextAsync(rootFile), "benchmark");
        var audit = new AuditRunner(new() { Concurrency = AtOnce }, prober, roots, new RuleCatalog(new()), TimeProvider.System);
        var report = await audit.RunAsync(
            new OriginListing([.. Enumerable.Range(0, count).Select(NginxServer.HostName)], port),
            progress: null,
            CancellationToken.None,
            CancellationToken.None
        );
        using var json = new CountingStream();
        JsonReport.Write(report, json);
        await WriteAsync(
            output,
            report.Totals.ByVerdict[OriginVerdict.Accepts],
            clock,
            json.Length,
            GC.GetTotalMemory(forceFullCollection: true) - before
        );
        GC.KeepAlive(report);
    }

    private static TlsProber NewProber() =>
        new(new() { Concurrency = AtOnce, AllowPrivateAddresses = true }, new NumberedResolver(), TimeProvider.System);

    private static void Check(TargetOutcome outcome, ChainVerifier verifier)
    {
        var result = outcome.Attempts[0].Result;
        if (result is not Handshake || !verifier.Assess(verifier.Parse(result.Seen.Chain), TimeProvider.System.GetUtcNow()).IsTrusted)
        {
            throw new InvalidOperationException($"a healthy target failed: {(result as ProbeFailure)?.Detail}");
        }
    }

    private static Task WriteAsync(TextWriter output, int done, long clock, long json = 0, long? live = null) =>
        output.WriteLineAsync(
            string.Create(
                CultureInfo.InvariantCulture,
                $"{done} {TimeProvider.System.GetElapsedTime(clock).TotalSeconds:0.00} {Environment.CpuUsage.TotalTime.TotalSeconds:0.00} {Environment.WorkingSet} {live ?? GC.GetTotalMemory(forceFullCollection: true)} {json} {PeakKb()}"
            )
        );

    private static long PeakKb() =>
        long.Parse(
            File.ReadLines("/proc/self/status")
                .First(line => line.StartsWith("VmHWM:", StringComparison.Ordinal))
                .Split(' ', StringSplitOptions.RemoveEmptyEntries)[^2],
            CultureInfo.InvariantCulture
        );
}
