using OriginWatch.Audit;
using OriginWatch.History.Routing;
using OriginWatch.Rules;

namespace OriginWatch.History;

/// <summary>What is known before anything is probed.</summary>
public sealed record RunStart
{
    public required string RunId { get; init; }

    /// <summary>Null on a first run.</summary>
    public RunState? Previous { get; init; }

    public SuppressionList Suppressions { get; init; } = SuppressionList.Empty;

    public RouteTable Routes { get; init; } = RouteTable.Empty;

    /// <summary>For <see cref="AuditOptions.Prior"/>.</summary>
    public IReadOnlyDictionary<string, PriorOutcome> Prior =>
        Previous is null ? new Dictionary<string, PriorOutcome>(StringComparer.Ordinal) : PriorOf(Previous);

    /// <summary>What the digest of this run has to say of the start, one sentence each.</summary>
    public IReadOnlyList<string> Notices { get; init; } = [];

    /// <summary>Why the state could not be read, as one sentence; null when it could.</summary>
    public string? HistoryMissing { get; init; }

    /// <summary>What failed and did not stop the run; thrown at its end.</summary>
    public IReadOnlyList<Exception> Failures { get; init; } = [];

    /// <summary>What a conditional write must name; null where there is no state yet.</summary>
    internal string? Version { get; init; }

    /// <summary>What is still to be sent, whatever the state says of digests that this run has sent and could not clear.</summary>
    internal IReadOnlyList<PendingDigest> Pending =>
        [.. Previous?.Pending.Where(item => !SentAtStart.Contains(item.Digest.Id, StringComparer.Ordinal)) ?? []];

    /// <summary>Ids of the digests of earlier runs that were sent before anything was probed.</summary>
    internal IReadOnlyList<string> SentAtStart { get; init; } = [];

    /// <summary>Their topics; "" for the default one.</summary>
    internal IReadOnlyList<string> LateTopics { get; init; } = [];

    /// <summary>With what was found where the state should be.</summary>
    internal RunStart With(LoadedState loaded) =>
        this with
        {
            Previous = loaded.State,
            Version = loaded.Version,
            HistoryMissing = loaded.Missing,
            Notices = [.. Notices, .. loaded.Notices],
            Failures = [.. Failures, .. loaded.Failures],
        };

    private static Dictionary<string, PriorOutcome> PriorOf(RunState previous)
    {
        var prior = new Dictionary<string, PriorOutcome>(previous.Origins, StringComparer.Ordinal);
        foreach (var open in previous.Findings.Where(EdgeResolution.IsAboutEdge))
        {
            var key = OriginKey.Of(open.DistributionId, open.OriginId);
            prior[key] = prior.GetValueOrDefault(key, new(OriginVerdict.Undetermined, open.LastJudged)) with { FailsAtEdge = true };
        }

        return prior;
    }
}

/// <summary>What became of a run.</summary>
/// <param name="Review">As saved.</param>
/// <param name="Digests">What this run had to say, one for each topic; none where it kept quiet.</param>
/// <param name="Sent">Ids of the digests that were published, those of earlier runs included.</param>
/// <param name="Failures">What failed and stopped nothing: the caller throws it when everything else is done.</param>
public sealed record RunOutcome(
    RunReview Review,
    IReadOnlyList<DigestMessage> Digests,
    IReadOnlyList<string> Sent,
    IReadOnlyList<Exception> Failures
);
