using OriginWatch.Audit;
using OriginWatch.Rules;

namespace OriginWatch.History;

/// <summary>What a run tells the next.</summary>
internal sealed class NextState(RunReview review)
{
    public RunState With(IReadOnlyList<PendingDigest> pending, IReadOnlyList<RunReview> mailed)
    {
        var named = mailed
            .SelectMany(part => part.Changes.Changes.Where(part.IsNamed).Select(change => (change.Record.Key, part.Part?.Topic)))
            .DistinctBy(change => change.Key, StringComparer.Ordinal)
            .ToDictionary(change => change.Key, change => change.Topic, StringComparer.Ordinal);
        return Of(pending, named, mailed.Any(part => part.RestsOnEdge));
    }

    private RunState Of(IReadOnlyList<PendingDigest> pending, Dictionary<string, string?> named, bool edgeExplained) =>
        new()
        {
            AccountId = review.Report.Run.AccountId,
            LastRun = new()
            {
                Id = review.RunId,
                StartedAt = review.Report.Run.StartedAt,
                FinishedAt = review.Report.Run.FinishedAt,
                IncompleteBecause = review.Report.Run.IncompleteBecause,
                Suspicions = review.Suspicion is null ? 0 : (review.Previous?.LastRun.Suspicions ?? 0) + 1,
            },
            Pending = pending,
            Findings =
            [
                .. review
                    .Changes.Changes.Where(change => change.IsOpen)
                    .Select(change => named.TryGetValue(change.Record.Key, out var topic) ? Mailed(change.Record, topic) : change.Record),
            ],
            Origins = NextOrigins(),
            Undetermined = NextUndetermined(),
            AccountsRead = AccountSuspicion.Read(review.Previous, review.Report),
            Answering = NextAnswering(),
            SuppressionsProblem = review.Suppressions.Problem,
            RoutesProblem = review.Routes.Problem,
            EdgeExplained = review.IsEdgeExplained || edgeExplained,
        };

    /// <summary>While the routes are ignored, a reminder to the default topic takes a finding from nobody.</summary>
    private OpenFinding Mailed(OpenFinding record, string? topic) =>
        record with
        {
            LastMailed = review.Report.Run.StartedAt,
            RoutedTo = review.Routes.Problem is not null && record.LastMailed is not null ? record.RoutedTo : topic,
        };

    /// <summary>True where the run did not look at everything, so that what it left out is still as it was.</summary>
    private bool IsPartial => review.Report.Run.Scope is not null || review.Report.Run.Accounts.Any(account => account.IsGap);

    private IReadOnlyList<string> NextUndetermined()
    {
        var seen = review.Report.Origins.ToDictionary(origin => OriginKey.Of(origin.Planned), StringComparer.Ordinal);
        return
        [
            .. seen.Where(origin => origin.Value.Verdict == OriginVerdict.Undetermined)
                .Select(origin => origin.Key)
                .Concat(IsPartial ? review.Previous?.Undetermined.Where(origin => !seen.ContainsKey(origin)) ?? [] : [])
                .Order(StringComparer.Ordinal),
        ];
    }

    private IReadOnlyList<string> NextAnswering()
    {
        var answering = ProbeSuspicion.Answering(review.Previous, review.Report, review.Suspicion is not null);
        return IsPartial
            ?
            [
                .. answering
                    .Union(
                        (review.Previous?.Answering ?? []).Except(ProbeSuspicion.SeenIn(review.Report), StringComparer.Ordinal),
                        StringComparer.Ordinal
                    )
                    .Order(StringComparer.Ordinal),
            ]
            : answering;
    }

    /// <summary>An outcome stays until the origin is judged again: what cannot be judged tonight was still seen working on its last
    /// day.</summary>
    private SortedDictionary<string, PriorOutcome> NextOrigins()
    {
        var next = new SortedDictionary<string, PriorOutcome>(
            IsPartial ? review.Previous?.Origins.ToDictionary(StringComparer.Ordinal) ?? [] : [],
            StringComparer.Ordinal
        );
        foreach (var origin in review.Report.Origins)
        {
            var key = OriginKey.Of(origin.Planned);
            var outcome = origin.Verdict is OriginVerdict.Accepts or OriginVerdict.Rejects
                ? new(origin.Verdict, review.Report.Run.StartedAt)
                {
                    ExpiresAt = origin.Observation.Targets.Select(OriginStory.Chain).Select(OriginStory.ExpiresAt).Min(),
                    ByEdge = EdgeSettlement.Decided(origin.Observation),
                }
                : review.Previous?.Origins.GetValueOrDefault(key);
            if (outcome is not null)
            {
                next[key] = outcome;
            }
        }

        return next;
    }
}
