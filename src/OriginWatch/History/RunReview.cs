using OriginWatch.Audit;
using OriginWatch.History.Routing;

namespace OriginWatch.History;

/// <summary>A run seen against its past: what the reporters, the metrics and the digest speak of.</summary>
public sealed record RunReview
{
    /// <summary>Also the id of the run's digest.</summary>
    public required string RunId { get; init; }

    /// <summary>Where its mails go.</summary>
    public RouteTable Routes { get; init; } = RouteTable.Empty;

    /// <summary>Which part of the run this is about; null for all of it.</summary>
    public ReviewPart? Part { get; init; }

    /// <summary>With suppressed findings marked, and incomplete where the probe itself is suspected.</summary>
    public required AuditReport Report { get; init; }

    /// <summary>Null on a first run, and where history could not be read.</summary>
    public RunState? Previous { get; init; }

    public required Classification Changes { get; init; }

    /// <summary>For the mail, its JSON, the metrics and the answer alike.</summary>
    public required RunCounts Counts { get; init; }

    public required SuppressionReview Suppressions { get; init; }
    public ProbeSuspicion? Suspicion { get; init; }

    /// <summary>What an operator must be told once, one sentence each: a corrupt state, a malformed suppressions file, a report that could
    /// not be saved.</summary>
    public IReadOnlyList<string> Notices { get; init; } = [];

    /// <summary>Why nobody can say what is new, as one sentence; null where history is in order.</summary>
    public string? HistoryMissing { get; init; }

    /// <summary>False where the installation remembers nothing.</summary>
    public bool KeepsHistory { get; init; } = true;

    /// <summary>True where new and old can be told apart.</summary>
    public bool KnowsChanges => KeepsHistory && HistoryMissing is null;

    /// <summary>True where CloudFront's own answers are part of what this run says.</summary>
    public bool RestsOnEdge => Report.Totals.AskedAtEdge > 0;

    /// <summary>True where an earlier mail has said what is sent to the sites.</summary>
    public bool IsEdgeExplained => Previous?.EdgeExplained ?? false;

    /// <summary>True where another run finished while this one was under way: what it has mailed is not mailed again.</summary>
    public bool Overlaps { get; init; }

    /// <summary>True where this run has sent an earlier one's digest before it probed: what that said needs no reminder in the same
    /// minute.</summary>
    public bool FollowsLateDigest { get; init; }

    /// <summary>The topics to which such a digest went; "" for the default one.</summary>
    internal IReadOnlyList<string> LateTopics { get; init; } = [];

    public bool IsFirstRun => Previous is null && HistoryMissing is null;

    /// <summary>New findings, without suppressed and informational ones: for the metric of that name.</summary>
    public int FindingsNew => Changes.Of(ChangeKind.New).Count();

    public int FindingsResolved => Changes.Of(ChangeKind.Resolved).Count();

    /// <summary>Lets the reporters mark what is new since the last run; what could not be judged is never new.</summary>
    public ReportOptions Inform(ReportOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        return Previous is null
            ? options
            : options with
            {
                Baseline = Report
                    .Findings.Where(finding => finding.Status == FindingStatus.Undetermined)
                    .Select(finding => finding.Key)
                    .Concat(Previous.Findings.Select(finding => finding.Key))
                    .ToHashSet(StringComparer.Ordinal),
                FirstSeen = Changes
                    .Changes.Select(change => change.Record)
                    .DistinctBy(record => record.Key, StringComparer.Ordinal)
                    .ToDictionary(record => record.Key, record => record.FirstSeen, StringComparer.Ordinal),
            };
    }

    /// <param name="runId">Of this run.</param>
    /// <param name="report">As the audit built it.</param>
    /// <param name="previous">What the last run left; null on a first run.</param>
    /// <param name="suppressions">As this run uses them.</param>
    public static RunReview Of(string runId, AuditReport report, RunState? previous, SuppressionList suppressions)
    {
        ArgumentNullException.ThrowIfNull(report);
        ArgumentNullException.ThrowIfNull(suppressions);
        var known = previous?.NotAfter(report.Run.StartedAt);
        var suspicion = ProbeSuspicion.Of(known, report);
        var believed = suspicion is null ? report : WithheldSilence.In(report);
        var marked = suppressions.Mark(believed);
        var changes = new FindingComparer(marked, suppressions).Classify(known);
        var doubts = new[] { suspicion?.Sentence, AccountSuspicion.Sentence(known, marked), marked.Run.IncompleteBecause }
            .OfType<string>()
            .ToList();
        return new()
        {
            RunId = runId,
            Report = doubts.Count == 0 ? marked : marked with { Run = marked.Run with { IncompleteBecause = string.Join(' ', doubts) } },
            Previous = known,
            Changes = changes,
            Counts = RunCounts.Of(marked, changes),
            Suppressions = suppressions.Review(marked, changes.Changes.Where(change => change.IsKept).Select(change => change.Record)),
            Suspicion = suspicion,
            Notices = suppressions.Problem is { } problem && problem != known?.SuppressionsProblem ? [problem] : [],
        };
    }

    /// <summary>What the next run reads.</summary>
    /// <param name="pending">All digests still to be sent, this run's included.</param>
    /// <param name="mailed">True where one of them is this run's.</param>
    public RunState NextState(IReadOnlyList<PendingDigest> pending, bool mailed) => NextState(pending, mailed ? [this] : []);

    /// <param name="pending">All digests still to be sent, this run's included.</param>
    /// <param name="mailed">The parts of this run that one of them is about.</param>
    public RunState NextState(IReadOnlyList<PendingDigest> pending, IReadOnlyList<RunReview> mailed)
    {
        ArgumentNullException.ThrowIfNull(mailed);
        return new NextState(this).With(pending, mailed);
    }

    /// <summary>A run over a part mails only what changed.</summary>
    internal bool IsNamed(FindingChange change) => change.IsMailed && (Report.Run.Scope is null || change.Kind != ChangeKind.Ongoing);
}
