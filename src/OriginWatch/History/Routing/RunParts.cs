using OriginWatch.Audit;
using OriginWatch.Inventory.Organization;

namespace OriginWatch.History.Routing;

/// <summary>Divides a run among the topics: each finding is in exactly one part, the default topic's comes first and is always
/// there.</summary>
internal sealed class RunParts
{
    private readonly RunReview _review;
    private readonly Dictionary<string, string?> _byDistribution = new(StringComparer.Ordinal);
    private readonly ILookup<string, OpenFinding> _before;

    private RunParts(RunReview review)
    {
        _review = review;
        _before = (review.Previous?.Findings ?? [])
            .Where(finding => finding.LastMailed is not null && review.Routes.Knows(finding.RoutedTo))
            .ToLookup(finding => finding.DistributionId, StringComparer.Ordinal);
        foreach (
            var distribution in review
                .Report.Origins.Select(origin => origin.Planned.Distribution)
                .DistinctBy(distribution => distribution.Id, StringComparer.Ordinal)
        )
        {
            _byDistribution[distribution.Id] = review.Routes.NeedsTagsOf(distribution, review.Report.Run)
                ? Before(distribution.Id, distribution.AccountId)
                : review.Routes.RouteOf(distribution, review.Report.Run)?.Topic;
        }
    }

    /// <summary>The review itself where there are no routes.</summary>
    public static IReadOnlyList<RunReview> Of(RunReview review) =>
        review.Routes.Routes.Count == 0
            ? [review with { Changes = new RunParts(review).Told(null, review.Changes.Changes) }]
            : new RunParts(review).Divide();

    private IReadOnlyList<RunReview> Divide()
    {
        var changes = _review.Changes.Changes.ToLookup(TopicOf, StringComparer.Ordinal);
        var origins = _review.Report.Origins.ToLookup(origin => _byDistribution[origin.Planned.Distribution.Id], StringComparer.Ordinal);
        var parts = _review.Routes.Topics.Select(topic => PartOf(topic, [.. changes[topic]], [.. origins[topic]])).ToList();
        var routed = parts
            .Where(part => part.Report.Origins.Count + part.Changes.Changes.Count > 0)
            .Select(part => new RoutedShare(part.Part!.Topic!, part.Part.Routes, part.Counts.Failing, part.Changes.Open.Count()));
        var rest = PartOf(null, [.. changes[null]], [.. origins[null]]);
        return [rest with { Part = rest.Part! with { Routed = [.. routed] } }, .. parts];
    }

    private RunReview PartOf(string? topic, IReadOnlyList<FindingChange> changes, IReadOnlyList<OriginReport> origins)
    {
        var report = Narrow(topic, origins);
        var told = Told(topic, changes);
        var suppressed = report.Findings.Where(finding => finding.SuppressedBy is not null).ToList();
        var suppressions = topic is null ? _review.Suppressions : new(0, 0, [], [], [], Problem: null);
        return _review with
        {
            Part = new()
            {
                Topic = topic,
                Routes = topic is null ? [] : _review.Routes.NamesOf(topic),
                WholeRun = _review.Counts,
            },
            Report = report,
            Changes = told,
            Counts = RunCounts.Of(report, told),
            Suppressions = suppressions with
            {
                Findings = suppressed.Count,
                Origins = suppressed.DistinctBy(finding => (finding.DistributionId, finding.OriginId)).Count(),
            },
            Suspicion =
                _review.Suspicion is { } suspicion && topic is not null
                    ? suspicion with
                    {
                        Silent = [.. suspicion.Silent.Intersect(ProbeSuspicion.SeenIn(report), StringComparer.Ordinal)],
                    }
                    : _review.Suspicion,
            Notices = topic is null ? _review.Notices : [],
            FollowsLateDigest = _review.LateTopics.Contains(topic ?? "", StringComparer.Ordinal),
        };
    }

    private AuditReport Narrow(string? topic, IReadOnlyList<OriginReport> origins)
    {
        var report = _review.Report;
        var own = origins.Select(origin => OriginKey.Of(origin.Planned)).ToHashSet(StringComparer.Ordinal);
        return report with
        {
            Run = topic is null ? report.Run : AccountGaps.Narrow(report.Run, IsOwn),
            Origins = origins,
            Findings = [.. report.Findings.Where(finding => own.Contains(OriginKey.Of(finding.Planned)))],
            Totals = report.Totals with { AskedAtEdge = origins.Count(origin => origin.Observation.Edge is { WasAsked: true }) },
        };

        // An account that could not be read belongs to the topic that would get all of it.
        bool IsOwn(AccountReading account) =>
            account.IsGap
                ? _review.Routes.TryFind(new(account.Account.Id, account.Account.Path, "", [], Tags: null), out var route)
                    && route?.Topic == topic
                : origins.Any(origin => origin.Planned.Distribution.AccountId == account.Account.Id);
    }

    /// <summary>Who heard of a finding hears of its end; what exists is where the routes lead now.</summary>
    private string? TopicOf(FindingChange change) =>
        !change.IsOpen && change.Before is { LastMailed: not null, RoutedTo: var told } && _review.Routes.Knows(told) ? told
        : _byDistribution.TryGetValue(change.Record.DistributionId, out var topic) ? topic
        : Before(change.Record.DistributionId, change.Record.AccountId);

    /// <summary>Where nobody can tell, what a distribution has stays where it was, and what is new follows it.</summary>
    private string? Before(string distributionId, string? accountId)
    {
        if (_before[distributionId].FirstOrDefault() is { } before)
        {
            return before.RoutedTo;
        }

        var account = accountId ?? _review.Report.Run.AccountId;
        return _review.Routes.TryFind(
            new(account, RouteTable.PathOf(account, _review.Report.Run), distributionId, [], Tags: null),
            out var route
        )
            ? route?.Topic
            : null;
    }

    /// <summary>A finding that another topic was told of is a change to this one; not while the routes are ignored, since that is a fault
    /// and no decision.</summary>
    private Classification Told(string? topic, IReadOnlyList<FindingChange> changes) =>
        _review.Routes.Problem is not null || _review.Report.Run.Scope is not null
            ? new(changes)
            : new([
                .. changes.Select(change =>
                    change.Kind == ChangeKind.Ongoing && change.Record.RoutedTo != topic
                        ? change with
                        {
                            Kind = ChangeKind.Changed,
                            Because = "it was mailed to another topic before",
                        }
                        : change
                ),
            ]);
}
