using System.Globalization;
using System.Net;
using OriginWatch.Audit;
using OriginWatch.Benchmarks.Measuring;
using OriginWatch.History;
using OriginWatch.Inventory.Organization;
using OriginWatch.Inventory.Saved;
using OriginWatch.Probing;
using OriginWatch.Probing.Recorded;
using OriginWatch.Reporting;
using OriginWatch.Rules;
using OriginWatch.Targets;
using OriginWatch.Targets.Shards;
using OriginWatch.Trust;

namespace OriginWatch.Benchmarks.Organization;

/// <summary>The whole in one process, and each step in one of its own with files in a folder between them.</summary>
internal static class OrganizationWorker
{
    /// <summary>As the last step writes them.</summary>
    private const int AccountsAtOnce = 16;

    private const string Inventories = "inventory-";
    private const string Shards = "shard-";
    private const string Observations = "observations-";
    private static readonly IPEndPoint Dns = IPEndPoint.Parse("10.78.0.2:53");
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(5);

    public static async Task DirectAsync(int targets, int connections, string rootFile, TextWriter output)
    {
        var clock = TimeProvider.System.GetTimestamp();
        using var prober = Prober(connections);
        var report = await Audit(prober, connections, AuditOptions.DefaultConfirmationDelay, rootFile)
            .RunAsync(
                OrganizationPlan.Inventory(OrganizationPlan.Accounts(targets)),
                progress: null,
                CancellationToken.None,
                CancellationToken.None
            );
        await TellAsync(output, clock, report.Totals.ByVerdict[OriginVerdict.Rejects], Written(report, accounts: false));
    }

    public static async Task StepAsync(string step, int targets, int connections, string rootFile, string folder, TextWriter output)
    {
        var clock = TimeProvider.System.GetTimestamp();
        var (count, bytes) = step switch
        {
            "gather" => await GatherAsync(targets, folder),
            "plan" => await PlanAsync(targets, folder),
            "probe" => await ProbeAsync(connections, rootFile, folder),
            _ => await ConcludeAsync(targets, connections, rootFile, folder),
        };
        await TellAsync(output, clock, count, bytes);
    }

    private static async Task<(int, long)> GatherAsync(int targets, string folder)
    {
        var bytes = 0L;
        var sources = OrganizationPlan.Accounts(targets);
        foreach (var source in sources)
        {
            bytes += await WriteAsync(
                folder,
                Inventories + source.Account.Id,
                SavedAccountFile.Write(await SavedAccount.ReadAsync(source, Limit, TimeProvider.System, CancellationToken.None))
            );
        }

        return (sources.Count, bytes);
    }

    private static async Task<(int, long)> PlanAsync(int targets, string folder)
    {
        var plan = TargetPlanner.Plan(await Saved(targets, folder).ReadAsync(CancellationToken.None));
        var bytes = 0L;
        foreach (var (number, shard) in Sharding.Cut(ShardPlan.Of(plan, _ => false)).Index())
        {
            bytes += await WriteAsync(
                folder,
                string.Create(CultureInfo.InvariantCulture, $"{Shards}{number}"),
                ShardFile.Write(new(shard))
            );
        }

        return (plan.Targets.Count, bytes);
    }

    private static async Task<(int, long)> ProbeAsync(int connections, string rootFile, string folder)
    {
        var (count, bytes) = (0, 0L);
        foreach (var file in Directory.GetFiles(folder, $"{Shards}*"))
        {
            using var prober = Prober(connections);
            var sweep = new TargetSweep(
                new() { Concurrency = connections },
                prober,
                Roots(rootFile),
                new RuleCatalog(new()),
                TimeProvider.System
            );
            var records = await sweep.RunAsync(
                ShardFile.Read(await File.ReadAllBytesAsync(file)).Targets,
                CancellationToken.None,
                CancellationToken.None
            );
            count += records.Count;
            bytes += await WriteAsync(
                folder,
                Path.GetFileName(file).Replace(Shards, Observations, StringComparison.Ordinal),
                ObservationFile.Write(records)
            );
        }

        return (count, bytes);
    }

    private static async Task<(int, long)> ConcludeAsync(int targets, int connections, string rootFile, string folder)
    {
        var records = new List<ProbeRecord>();
        foreach (var file in Directory.GetFiles(folder, $"{Observations}*"))
        {
            records.AddRange(ObservationFile.Read(await File.ReadAllBytesAsync(file)));
        }

        var report = await Audit(new RecordedProber(records), connections, TimeSpan.Zero, rootFile)
            .RunAsync(Saved(targets, folder), progress: null, CancellationToken.None, CancellationToken.None);
        return (report.Totals.ByVerdict[OriginVerdict.Rejects], Written(report, accounts: true));
    }

    private static OrganizationInventory Saved(int targets, string folder) =>
        OrganizationPlan.Inventory([
            .. OrganizationPlan
                .Accounts(targets)
                .Select(source => new AccountSource(
                    source.Account,
                    new SavedInventory(
                        source.Account.Id,
                        async token => await File.ReadAllBytesAsync(Path.Combine(folder, Inventories + source.Account.Id), token)
                    )
                )),
        ]);

    private static AuditRunner Audit(IProber prober, int connections, TimeSpan confirmationDelay, string rootFile) =>
        new(
            new AuditOptions { Concurrency = connections, ConfirmationDelay = confirmationDelay },
            prober,
            Roots(rootFile),
            new RuleCatalog(new()),
            TimeProvider.System
        );

    private static TlsProber Prober(int connections) =>
        new(new() { Concurrency = connections, AllowPrivateAddresses = true }, new DnsResolver([Dns]), TimeProvider.System);

    private static TrustStore Roots(string rootFile) => TrustStore.FromPem(File.ReadAllText(rootFile), "farm");

    /// <summary>State, page and report, and each account's own where the step writes them.</summary>
    private static long Written(AuditReport report, bool accounts)
    {
        using var json = new CountingStream();
        JsonReport.Write(report, json);
        var bytes =
            json.Length
            + HtmlReport.Render(report).Length
            + RunStateJson.Write(RunReview.Of("run", report, previous: null, SuppressionList.Empty).NextState([], mailed: false)).Length;
        Parallel.ForEach(
            accounts ? AccountPart.Of(report) : [],
            new ParallelOptions { MaxDegreeOfParallelism = AccountsAtOnce },
            part =>
            {
                using var own = new CountingStream();
                JsonReport.Write(part, own);
                Interlocked.Add(ref bytes, own.Length);
            }
        );
        return bytes;
    }

    private static async Task<long> WriteAsync(string folder, string name, ReadOnlyMemory<byte> content)
    {
        await using var file = File.Create(Path.Combine(folder, name));
        await file.WriteAsync(content);
        return content.Length;
    }

    /// <summary>Seconds, CPU seconds, peak memory in bytes, count, bytes written.</summary>
    private static Task TellAsync(TextWriter output, long clock, int count, long bytes) =>
        output.WriteLineAsync(
            string.Create(
                CultureInfo.InvariantCulture,
                $"{TimeProvider.System.GetElapsedTime(clock).TotalSeconds:0.00} {Environment.CpuUsage.TotalTime.TotalSeconds:0.00} {PeakBytes()} {count} {bytes}"
            )
        );

    private static long PeakBytes() =>
        1024
        * long.Parse(
            File.ReadLines("/proc/self/status")
                .First(line => line.StartsWith("VmHWM:", StringComparison.Ordinal))
                .Split(' ', StringSplitOptions.RemoveEmptyEntries)[^2],
            CultureInfo.InvariantCulture
        );
}
