using OriginWatch.Edge;
using OriginWatch.Inventory;
using OriginWatch.Probing;
using OriginWatch.Rules;
using OriginWatch.Targets;
using OriginWatch.Trust;

namespace OriginWatch.Audit;

/// <summary>A plan with all that was seen of its targets and what follows from it.</summary>
/// <param name="Sights">Of every target.</param>
/// <param name="Accepted">Of targets that were asked for other versions.</param>
/// <param name="Judged">In the plan's order.</param>
internal sealed record ProbedPlan(
    IReadOnlyDictionary<ConnectTarget, ProbedTarget> Sights,
    IReadOnlyDictionary<ProbeTarget, AcceptedVersions> Accepted,
    List<JudgedOrigin> Judged
);

/// <summary>All looks of a run: once at every target, again under the origin's own name, again at what is rejected, and once for the
/// versions that decide readiness.</summary>
internal sealed class ProbePhase(
    AuditOptions options,
    IProber prober,
    ChainVerifier verifier,
    RuleCatalog catalog,
    DateTimeOffset judgedAt,
    TimeProvider time
)
{
    private readonly OriginJudge _judge = new(catalog.Rules);

    /// <param name="plan">Whose targets are looked at.</param>
    /// <param name="progress">Told after every target.</param>
    /// <param name="stop">Ends the looking; what is known so far is judged.</param>
    public async Task<ProbedPlan> RunAsync(AuditPlan plan, IProgress<AuditProgress>? progress, CancellationToken stop)
    {
        var lookout = new ProbeRunner(options, prober, verifier, judgedAt, time);
        var sights = await lookout.LookAsync(ProbeOrder.Of(plan, options), progress, stop);
        sights = await OwnNames.AskAsync(plan.Targets, sights, lookout, stop);
        var judged = Judge(plan.Origins, new(sights));
        var confirmed = await lookout.ConfirmAsync([.. Doubtful(judged), .. RejectedHttp(judged, sights)], sights, progress, stop);
        var accepted = await VersionScan.RunAsync(judged, prober, options.Concurrency, stop);
        if (confirmed.Count + accepted.Count == 0)
        {
            return new(sights, accepted, judged);
        }

        sights = new Dictionary<ConnectTarget, ProbedTarget>(
            sights.Select(sight => KeyValuePair.Create(sight.Key, confirmed.GetValueOrDefault(sight.Key, sight.Value)))
        );
        return new(
            sights,
            accepted,
            Again(
                judged,
                use =>
                    use.Names.Any(name => confirmed.ContainsKey(name.Target) || accepted.ContainsKey(name.Target))
                    || use.HttpTargets.Any(confirmed.ContainsKey),
                new(sights) { Accepted = accepted }
            )
        );
    }

    /// <summary>What CloudFront answered about some of the origins, which are judged with it.</summary>
    public List<JudgedOrigin> Settle(ProbedPlan seen, IReadOnlyDictionary<string, EdgeObservation> edges) =>
        Again(seen.Judged, use => edges.ContainsKey(OriginKey.Of(use)), new(seen.Sights) { Accepted = seen.Accepted, Edges = edges });

    /// <summary>Of an origin of which no more is known than before, the first judgement stands.</summary>
    private List<JudgedOrigin> Again(List<JudgedOrigin> judged, Func<PlannedOrigin, bool> isSeenAnew, Sightings all)
    {
        var anew = new Queue<JudgedOrigin>(Judge([.. judged.Select(origin => origin.Observation.Planned).Where(isSeenAnew)], all));
        return judged.ConvertAll(origin =>
            anew.TryPeek(out var next) && ReferenceEquals(next.Observation.Planned, origin.Observation.Planned) ? anew.Dequeue() : origin
        );
    }

    private List<JudgedOrigin> Judge(IReadOnlyList<PlannedOrigin> origins, Sightings seen) =>
        Origins.ConvertAll(origins, use => _judge.Judge(Observe(use, seen)));

    private Observation Observe(PlannedOrigin use, Sightings seen) =>
        new()
        {
            Planned = use,
            Targets = use.Names.Select(name => seen.Sights[name.Target].Observe(name)).ToArray(),
            Http = use.HttpTargets.Select(target => seen.Sights[target].Observe(target)).ToArray(),
            Now = judgedAt,
            Edge = seen.Edges?.GetValueOrDefault(OriginKey.Of(use)),
            Prior = options.Prior.GetValueOrDefault(OriginKey.Of(use)),
            AlsoAccepts = use
                .Names.Select(name => seen.Accepted?.GetValueOrDefault(name.Target))
                .FirstOrDefault(versions => versions is not null),
        };

    /// <summary>The targets of failures that rest on a connection: each is confirmed before anybody is woken.</summary>
    private static List<ProbeTarget> Doubtful(List<JudgedOrigin> judged) =>
        [
            .. judged
                .SelectMany(origin => origin.Judgements)
                .Where(judgement => judgement.Target is not null && OriginJudge.NeedsConfirmation(judgement))
                .Select(judgement => judgement.Target!.Name.Target)
                .Distinct(),
        ];

    /// <summary>The judgement of an HTTP port is the whole origin's and names no target; silence is not looked at again.</summary>
    private static IEnumerable<HttpTarget> RejectedHttp(
        List<JudgedOrigin> judged,
        IReadOnlyDictionary<ConnectTarget, ProbedTarget> sights
    ) =>
        judged
            .Where(origin => origin.Verdict == OriginVerdict.Rejects)
            .SelectMany(origin => origin.Observation.Http)
            .Select(http => http.Target)
            .Where(target => sights[target].FailedForCertain)
            .Distinct();

    /// <summary>All that is known of the targets when origins are judged.</summary>
    private sealed record Sightings(IReadOnlyDictionary<ConnectTarget, ProbedTarget> Sights)
    {
        public IReadOnlyDictionary<ProbeTarget, AcceptedVersions>? Accepted { get; init; }
        public IReadOnlyDictionary<string, EdgeObservation>? Edges { get; init; }
    }
}
