using OriginWatch.Edge;
using OriginWatch.Inventory;
using OriginWatch.Rules;
using OriginWatch.Targets;
using OriginWatch.Trust;

namespace OriginWatch.Audit;

/// <summary>Asks CloudFront about the origins that the handshake left in doubt or rejected, worst first.</summary>
internal sealed class EdgeInquiry(
    AuditOptions options,
    EdgeClientFactory clients,
    ChainVerifier verifier,
    DateTimeOffset judgedAt,
    TimeProvider time
)
{
    /// <returns>By <see cref="OriginKey"/>; origins that are not asked about are absent.</returns>
    public async Task<IReadOnlyDictionary<string, EdgeObservation>> AskAsync(
        Listing listing,
        IReadOnlyList<JudgedOrigin> judged,
        IProgress<AuditProgress>? progress,
        CancellationToken stop
    )
    {
        if (options.Edge == EdgeMode.Off)
        {
            return new Dictionary<string, EdgeObservation>(StringComparer.Ordinal);
        }

        var planner = new EdgePlanner(listing);
        var inquiries = judged
            .Where(IsAskedAbout)
            .OrderBy(Urgency)
            .Select(origin => new Inquiry(origin, planner.Plan(origin.Observation.Planned, name => IsWanted(origin, name))))
            .ToList();
        List<EdgeQuestion> questions = [.. inquiries.SelectMany(inquiry => inquiry.Plan.Questions)];
        var survey = new EdgeSurvey(
            clients(Check),
            new() { Budget = options.EdgeBudget, ConfirmationDelay = options.ConfirmationDelay },
            time
        );
        var outcomes = new Queue<EdgeOutcome>(await survey.AskAsync(questions, Told(progress, questions.Count), stop));
        return inquiries.ToDictionary(
            inquiry => OriginKey.Of(inquiry.Origin.Observation.Planned),
            inquiry => new EdgeObservation(
                [.. inquiry.Plan.Questions.Select(_ => Sight(inquiry.Origin, outcomes.Dequeue()))],
                inquiry.Plan.NotAskedBecause
            ),
            StringComparer.Ordinal
        );
    }

    /// <summary>Null where the certificates are good for the host; the same judgement as an origin's.</summary>
    private string? Check(string host, IReadOnlyList<ReadOnlyMemory<byte>> sent)
    {
        var chain = verifier.Assess(verifier.Parse(sent), judgedAt);
        return !chain.IsTrusted ? "it does not chain to a trusted root, or is not valid now"
            : chain.ServerCertificate is not { ParseError: null } leaf || !HostName.Match(leaf, host).IsMatch ? "it is for another name"
            : null;
    }

    private static EdgeSighting Sight(JudgedOrigin origin, EdgeOutcome outcome) =>
        new(outcome, EdgeSettlement.DirectVerdict(origin, TargetOf(origin, outcome.Question.Name)));

    private static TargetObservation? TargetOf(JudgedOrigin origin, PlannedName? name) =>
        name is null ? null : origin.Observation.Targets.FirstOrDefault(target => target.Name == name);

    private bool IsAskedAbout(JudgedOrigin origin)
    {
        var use = origin.Observation.Planned;
        return use.Kind != OriginKind.S3
            && (use.Origin.CustomOriginConfig is not null || use.Kind == OriginKind.Vpc)
            && (
                options.Edge == EdgeMode.All
                || origin.Verdict is OriginVerdict.Rejects or OriginVerdict.Undetermined
                || origin.Observation.Prior?.FailsAtEdge is true
                || use.Kind == OriginKind.Vpc
                || use.Origin.CustomOriginConfig?.HasOriginMtls is true
            );
    }

    /// <summary>Of an origin with several names only those that are not accepted; all where that leaves none.</summary>
    private bool IsWanted(JudgedOrigin origin, PlannedName name) =>
        options.Edge == EdgeMode.All
        || IsDoubtful(origin, name)
        || origin.Observation.Prior?.FailsAtEdge is true
        || !origin.Observation.Planned.Names.Any(other => other.Decides && IsDoubtful(origin, other));

    private static bool IsDoubtful(JudgedOrigin origin, PlannedName name) =>
        EdgeSettlement.DirectVerdict(origin, TargetOf(origin, name)) != OriginVerdict.Accepts;

    private static int Urgency(JudgedOrigin origin) =>
        origin.Verdict switch
        {
            OriginVerdict.Rejects => 0,
            OriginVerdict.Undetermined when origin.Observation.Prior?.Verdict == OriginVerdict.Accepts => 1,
            OriginVerdict.Undetermined => 2,
            OriginVerdict.NotProbed => 3,
            _ => 4,
        };

    private static Progress? Told(IProgress<AuditProgress>? progress, int planned) => progress is null ? null : new(progress, planned);

    private sealed record Inquiry(JudgedOrigin Origin, EdgePlan Plan);

    private sealed class Progress(IProgress<AuditProgress> progress, int planned) : IProgress<int>
    {
        public void Report(int value) => progress.Report(new(planned, value, 0, Confirming: false) { AskingEdge = true });
    }
}
