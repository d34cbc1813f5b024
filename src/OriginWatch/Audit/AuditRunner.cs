using System.Globalization;
using OriginWatch.Edge;
using OriginWatch.Inventory;
using OriginWatch.Probing;
using OriginWatch.Rules;
using OriginWatch.Targets;
using OriginWatch.Trust;

namespace OriginWatch.Audit;

/// <summary>The whole flow: inventory, plan, look, judge, look again at what is rejected, report.</summary>
public sealed class AuditRunner(
    AuditOptions options,
    IProber prober,
    TrustStore trustStore,
    RuleCatalog catalog,
    TimeProvider time,
    EdgeClientFactory? edge = null
)
{
    /// <param name="inventory">Read in full before anything is probed.</param>
    /// <param name="progress">Told after every target.</param>
    /// <param name="interrupt">Ends the probing early; what is known so far is reported, as incomplete.</param>
    /// <param name="cancellationToken">Abandons the run.</param>
    /// <exception cref="InventoryException">The inventory could not be read in full.</exception>
    public async Task<AuditReport> RunAsync(
        IInventorySource inventory,
        IProgress<AuditProgress>? progress,
        CancellationToken interrupt,
        CancellationToken cancellationToken
    )
    {
        ArgumentNullException.ThrowIfNull(inventory);
        var startedAt = time.GetUtcNow();
        var judgedAt = options.JudgeAt ?? startedAt;
        using var budget = options.ProbeBudget is { } limit
            ? new CancellationTokenSource(limit > TimeSpan.Zero ? limit : TimeSpan.Zero, time)
            : new CancellationTokenSource();
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(budget.Token, interrupt, cancellationToken);

        var listing = await inventory.ReadAsync(cancellationToken);
        var plan = ScopedPlan.Of(TargetPlanner.Plan(listing), options.Scope);
        var verifier = new ChainVerifier(trustStore);
        var phase = new ProbePhase(options, prober, verifier, catalog, judgedAt, time);
        var seen = await phase.RunAsync(plan, progress, stop.Token);
        cancellationToken.ThrowIfCancellationRequested();

        var edges = edge is null
            ? new Dictionary<string, EdgeObservation>(StringComparer.Ordinal)
            : await new EdgeInquiry(options, edge, verifier, judgedAt, time).AskAsync(listing, seen.Judged, progress, stop.Token);
        cancellationToken.ThrowIfCancellationRequested();
        var judged = edges.Count == 0 ? seen.Judged : phase.Settle(seen, edges);
        var traffic =
            options.Traffic is { } ask && TrafficJudge.WorthAsking(judged) is { Count: > 0 } asked
                ? await ask(asked, cancellationToken)
                : TrafficReading.None;
        judged = TrafficJudge.Judge(judged, traffic.ByDistribution);

        var facts = new RunFacts
        {
            StartedAt = startedAt,
            FinishedAt = time.GetUtcNow(),
            JudgedAt = judgedAt,
            AccountId = listing.AccountId,
            Accounts = listing.Accounts,
            Scope = options.Scope,
            IncompleteBecause = IncompleteBecause(listing, seen.Sights, budget.IsCancellationRequested),
            Edge = edge is null ? EdgeMode.Off : options.Edge,
            TrustStore = trustStore.Source,
            TrustStoreAgeDays = trustStore.AgeInDays(judgedAt),
            Remarks =
            [
                .. ScopedPlan.Remarks(options.Scope, listing, plan),
                .. listing.Remarks,
                .. Aged(judgedAt),
                .. traffic.Remark is { } remark ? new[] { remark } : [],
            ],
        };
        return ReportBuilder.Build(facts, listing, plan, judged);
    }

    /// <summary>Roots that Mozilla removed since are still trusted by an old list, and new ones are not yet.</summary>
    private IEnumerable<string> Aged(DateTimeOffset now) =>
        trustStore.IsStale(now)
            ? [$"Low: the trusted roots are {trustStore.AgeInDays(now)} days old. Update OriginWatch, or give a newer list."]
            : [];

    private string? IncompleteBecause(Listing listing, IReadOnlyDictionary<ConnectTarget, ProbedTarget> sights, bool outOfTime)
    {
        string[] missed = [.. Missed<ProbeTarget>(sights, "targets"), .. Missed<HttpTarget>(sights, "HTTP ports")];
        var unconfirmed = sights.Values.Count(sight => sight.LacksConfirmation);
        var ended = options.TargetsMissingBecause ?? (outOfTime ? "The run ran out of time" : "The run was interrupted");
        string[] sentences =
        [
            .. AccountGaps.Sentence(listing.Accounts) is { } gaps ? [gaps] : Array.Empty<string>(),
            .. missed.Length == 0 ? [] : new[] { $"{ended}: {string.Join(" and ", missed)} not reached." },
            .. unconfirmed == 0
                ? []
                : new[]
                {
                    $"{ended} before the failures of {unconfirmed} {(unconfirmed == 1 ? "target" : "targets")} were confirmed; "
                        + "they were seen once and are not evaluated.",
                },
        ];
        return sentences.Length == 0 ? null : string.Join(' ', sentences);
    }

    private static IEnumerable<string> Missed<T>(IReadOnlyDictionary<ConnectTarget, ProbedTarget> sights, string what)
        where T : ConnectTarget
    {
        var planned = sights.Where(sight => sight.Key is T).ToList();
        if (planned.Count(sight => !sight.Value.WasReached) is > 0 and var missed)
        {
            yield return string.Create(CultureInfo.InvariantCulture, $"{missed:N0} of {planned.Count:N0} {what}");
        }
    }
}
