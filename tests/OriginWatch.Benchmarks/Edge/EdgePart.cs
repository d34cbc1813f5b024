using System.Diagnostics;
using OriginWatch.Audit;
using OriginWatch.Benchmarks.Origins;
using OriginWatch.Benchmarks.Servers;
using OriginWatch.Edge;
using OriginWatch.Inventory;
using OriginWatch.Loopback;
using OriginWatch.Probing;
using OriginWatch.Rules;
using OriginWatch.Trust;

namespace OriginWatch.Benchmarks.Edge;

/// <summary>What asking CloudFront adds to an audit: with an edge that answers in a second, and with one that never answers.</summary>
internal sealed class EdgePart(RunSize size, Action<string> log)
{
    private const double OfTimeWithout = 1.15;
    private static readonly TimeSpan EdgeTime = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan ConnectionTimeout = TimeSpan.FromSeconds(5);

    private int Silent => size.EdgeOrigins / 5;

    public async Task<IReadOnlyList<Row>> RunAsync(CancellationToken cancellationToken)
    {
        if (!NginxServer.IsAvailable)
        {
            return [Row.Skipped("Asking CloudFront", "nginx is not installed")];
        }

        using var folder = new WorkFolder();
        using var origins = await NginxServer.StartAsync(folder, hosts: 1, cancellationToken);
        using var silence = new FullBacklog();
        var column = origins.Columns[^1];
        var roots = TrustStore.FromPem(origins.PkiOf(column).RootPem, "benchmark");
        var listing = new OriginListing([.. Enumerable.Range(0, size.EdgeOrigins).Select(NginxServer.HostName)], column.Port)
        {
            ConnectionAttempts = 1,
            ConnectionTimeout = ConnectionTimeout,
            PortOf = number => number % 5 == 0 ? silence.Port : column.Port,
        };
        var without = await AuditAsync("without asking", listing, roots, edge: null, cancellationToken);
        await using var answering = BenchmarkEdge.Start(EdgeTime);
        var answered = await AuditAsync("an edge that answers in 1 s", listing, roots, answering, cancellationToken);
        await using var mute = BenchmarkEdge.Start(Timeout.InfiniteTimeSpan);
        var timedOut = await AuditAsync("an edge that never answers", listing, roots, mute, cancellationToken);
        return Rows(without, answered, timedOut);
    }

    private IReadOnlyList<Row> Rows(Audited without, Audited answered, Audited timedOut)
    {
        var what = $"Asking CloudFront, {size.EdgeOrigins:N0} origins, {Silent:N0} of them silent";
        var turns = EdgeTime.TotalSeconds * Silent / EdgeLimits.InAll;
        return
        [
            Row.Bounded(
                $"{what}: whole audit, the edge answers in 1 s",
                answered.Seconds,
                "s",
                (OfTimeWithout * without.Seconds) + turns,
                $"without asking {Row.Text(without.Seconds, "s")}, {Silent:N0} / {EdgeLimits.InAll} turns of 1 s"
            ),
            new Row(
                $"{what}: settled",
                Row.Number(answered.Accepted - without.Accepted),
                $"of {Row.Number(Silent)}; undetermined without asking {Row.Number(without.Undetermined)}",
                $"{Row.Number(Silent)}",
                answered.Accepted - without.Accepted == Silent && without.Undetermined == Silent
            ),
            Row.Bounded(
                $"{what}: whole audit, the edge never answers",
                timedOut.Seconds,
                "s",
                (OfTimeWithout * without.Seconds) + size.EdgeBudget.TotalSeconds,
                $"{Row.Number(timedOut.Asked)} asked within the budget of {Row.Text(size.EdgeBudget.TotalSeconds, "s")}"
            ),
            new Row(
                $"{what}: the run is complete",
                timedOut.IsComplete ? "yes" : "no",
                $"undetermined {Row.Number(timedOut.Undetermined)}",
                "yes",
                timedOut.IsComplete
            ),
        ];
    }

    private async Task<Audited> AuditAsync(
        string name,
        OriginListing listing,
        TrustStore roots,
        BenchmarkEdge? edge,
        CancellationToken cancellationToken
    )
    {
        using var prober = new TlsProber(new() { AllowPrivateAddresses = true }, new NumberedResolver(), TimeProvider.System);
        var audit = new AuditRunner(
            new() { Edge = EdgeMode.Undetermined, EdgeBudget = size.EdgeBudget },
            prober,
            roots,
            new RuleCatalog(new()),
            TimeProvider.System,
            edge is null ? null : edge.Client
        );
        var clock = Stopwatch.StartNew();
        var report = await audit.RunAsync(listing, progress: null, CancellationToken.None, cancellationToken);
        var (asked, verdicts) = (report.Totals.AskedAtEdge, report.Totals.ByVerdict);
        var audited = new Audited(
            clock.Elapsed.TotalSeconds,
            verdicts[OriginVerdict.Accepts],
            verdicts[OriginVerdict.Undetermined],
            asked,
            report.Run.Complete
        );
        log($"{name}: {audited}");
        return audited;
    }

    private sealed record Audited(double Seconds, int Accepted, int Undetermined, int Asked, bool IsComplete);
}
