using System.Globalization;
using OriginWatch.Inventory;
using OriginWatch.Probing;
using OriginWatch.Rules;
using OriginWatch.Targets;
using OriginWatch.Trust;

namespace OriginWatch.Audit;

/// <summary>The whole flow: inventory, plan, look, judge, look again at what is rejected, report.</summary>
public sealed class AuditRunner(AuditOptions options, IProber prober, TrustStore trustStore, RuleCatalog catalog, TimeProvider time)
{
    /// <summary>Origins from which on starting the parallel query costs less than it saves.</summary>
    private const int WorthSharing = 64;

    private readonly OriginJudge _judge = new(catalog.Rules);

    /// <param name="inventory">Read in full before anything is probed.</param>
    /// <param name="progress">Told after every target.</param>
    /// <param name="interrupt">Ends the probing early; what is known so far is reported, as incomplete.</param>
    /// <param name="cancellationToken">Abandons the run.</param>
    /// <exception cref="InventoryException">The inventory could not be read in full.</exception>
    public async Task<AuditReport> RunAsync(IInventorySource inventory, IProgress<AuditProgress>? progress, CancellationToken interrupt, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(inventory);
        var startedAt = time.GetUtcNow();
        var judgedAt = options.JudgeAt ?? startedAt;
        using var budget = options.ProbeBudget is { } limit ? new CancellationTokenSource(limit > TimeSpan.Zero ? limit : TimeSpan.Zero, time) : new CancellationTokenSource();
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(budget.Token, interrupt, cancellationToken);

        var listing = await inventory.ReadAsync(cancellationToken);
        var plan = TargetPlanner.Plan(listing);
        var lookout = new ProbeRunner(options, prober, new ChainVerifier(trustStore), judgedAt, time);
        var sights = await lookout.LookAsync([.. plan.Targets, .. plan.HttpTargets], progress, stop.Token);
        var judged = Judge(plan, sights, judgedAt);
        var confirmed = await lookout.ConfirmAsync([.. Rejected(judged), .. RejectedHttp(judged, sights)], sights, progress, stop.Token);
        var accepted = await VersionScan.RunAsync(judged, prober, options.Concurrency, stop.Token);
        cancellationToken.ThrowIfCancellationRequested();
        if (confirmed.Count + accepted.Count > 0)
        {
            sights = new Dictionary<ConnectTarget, ProbedTarget>(sights.Select(sight => KeyValuePair.Create(sight.Key, confirmed.GetValueOrDefault(sight.Key, sight.Value))));
            judged = Judge(plan, sights, judgedAt, accepted);
        }

        var facts = new RunFacts
        {
            StartedAt = startedAt,
            FinishedAt = time.GetUtcNow(),
            JudgedAt = judgedAt,
            AccountId = listing.AccountId,
            IncompleteBecause = IncompleteBecause(sights, budget.IsCancellationRequested),
            TrustStore = trustStore.Source,
            TrustStoreAgeDays = trustStore.AgeInDays(judgedAt),
            Remarks = [.. listing.Remarks, .. Aged(judgedAt)],
        };
        return ReportBuilder.Build(facts, listing, plan, judged);
    }

    private List<JudgedOrigin> Judge(AuditPlan plan, IReadOnlyDictionary<ConnectTarget, ProbedTarget> sights, DateTimeOffset now, IReadOnlyDictionary<ProbeTarget, AcceptedVersions>? accepted = null)
    {
        Func<PlannedOrigin, JudgedOrigin> judge = use => _judge.Judge(new Observation
        {
            Planned = use,
            Targets = [.. use.Names.Select(name => sights[name.Target].Observe(name))],
            Http = [.. use.HttpTargets.Select(target => sights[target].Observe(target))],
            Now = now,
            Prior = options.Prior.GetValueOrDefault(OriginKey.Of(use)),
            AlsoAccepts = accepted is null ? null : use.Names.Select(name => accepted.GetValueOrDefault(name.Target)).FirstOrDefault(versions => versions is not null),
        });
        return plan.Origins.Count < WorthSharing ? [.. plan.Origins.Select(judge)] : [.. plan.Origins.AsParallel().AsOrdered().Select(judge)];
    }

    /// <summary>The targets because of which an origin is rejected: each deserves a second look before anybody is woken.</summary>
    private static List<ProbeTarget> Rejected(List<JudgedOrigin> judged)
        => [.. judged.SelectMany(origin => origin.Judgements)
            .Where(judgement => judgement.Target is not null && OriginJudge.Rejects(judgement))
            .Select(judgement => judgement.Target!.Name.Target)
            .Distinct()];

    /// <summary>The judgement of an HTTP port is the whole origin's and names no target; silence is not looked at again.</summary>
    private static IEnumerable<HttpTarget> RejectedHttp(List<JudgedOrigin> judged, IReadOnlyDictionary<ConnectTarget, ProbedTarget> sights)
        => judged.Where(origin => origin.Verdict == OriginVerdict.Rejects)
            .SelectMany(origin => origin.Observation.Http)
            .Select(http => http.Target)
            .Where(target => sights[target].FailedForCertain)
            .Distinct();

    /// <summary>Roots that Mozilla removed since are still trusted by an old list, and new ones are not yet.</summary>
    private IEnumerable<string> Aged(DateTimeOffset now)
        => trustStore.IsStale(now) ? [$"Low: the trusted roots are {trustStore.AgeInDays(now)} days old. Update OriginWatch, or give a newer list."] : [];

    private static string? IncompleteBecause(IReadOnlyDictionary<ConnectTarget, ProbedTarget> sights, bool outOfTime)
    {
        string[] missed = [.. Missed<ProbeTarget>(sights, "targets"), .. Missed<HttpTarget>(sights, "HTTP ports")];
        return missed.Length == 0 ? null : $"{(outOfTime ? "The time for the run was over" : "The run was interrupted")}: {string.Join(" and ", missed)} not reached.";
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
