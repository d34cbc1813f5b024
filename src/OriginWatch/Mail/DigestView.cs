using System.Security.Cryptography;
using System.Text;
using OriginWatch.Audit;
using OriginWatch.History;
using OriginWatch.Reporting;
using OriginWatch.Rules;

namespace OriginWatch.Mail;

/// <summary>A review, counted and grouped once for the subject, the text and the JSON.</summary>
internal sealed class DigestView
{
    public DigestView(RunReview review, DigestSettings settings, string because)
    {
        (Review, Settings, Because) = (review, settings, because);
        Report = settings.ReportLocation(review);
        Open = DigestGroup.Of(review.Changes.Open.Where(IsNamed), review.Report);
        Worst = review.Changes.Open.Select(change => (Severity?)change.Record.Severity).Max();
        if (Worst == Severity.Informational)
        {
            Worst = null; // open, but merely informational since it changed
        }

        var undetermined = review
            .Report.Findings.Where(finding => finding is { Status: FindingStatus.Undetermined, SuppressedBy: null })
            .ToLookup(finding => finding.SeenOnce);
        (SeenOnce, NotJudged) = ([.. undetermined[true]], [.. undetermined[false]]);
    }

    private const int TopicHash = 8;

    public RunReview Review { get; }

    public string Scope =>
        Review.Part is { IsRoute: true } ? DigestAttributes.RouteScope
        : Run.Accounts.Count > 0 ? DigestAttributes.OrganizationScope
        : DigestAttributes.AccountScope;

    /// <summary>What the mail tells of: open or ended, in no order.</summary>
    public IEnumerable<FindingChange> Told => Review.Changes.Mailed.Where(IsNamed);

    /// <summary>The run's, and for a route the topic's beside it: the same for every attempt to send it.</summary>
    public string Id =>
        Review.Part?.Topic is { } topic
            ? $"{Review.RunId}-{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(topic)))[..TopicHash]}"
            : Review.RunId;

    /// <summary>Which origins a count is of, to stand after "origin"; empty where it is of all.</summary>
    public string OfPart =>
        Review.Part switch
        {
            null => "",
            { IsRoute: true, Routes: var names } => $" of route {MailText.Clean(Phrases.Listed(names, 2), 60)}",
            { Routed.Count: 0 } => "",
            _ => " without a route",
        };
    public DigestSettings Settings { get; }

    /// <summary>Why it is sent.</summary>
    public string Because { get; }

    /// <summary>The ways to the report, as they are copied into the mail; none where no report is kept.</summary>
    public IReadOnlyList<string> Report { get; }

    /// <summary>Where everything is that the mail has no room for.</summary>
    public string InFull => Report.Count > 0 ? "the report" : "the log";

    public RunFacts Run => Review.Report.Run;
    public DateTimeOffset Now => Run.StartedAt;

    /// <summary>Worst first, then newest.</summary>
    public IReadOnlyList<DigestGroup> Open { get; }

    /// <summary>Origins whose viewers get an error.</summary>
    public int Failing => Review.Counts.Failing;

    /// <summary>Null when nothing worth a mail is open.</summary>
    public Severity? Worst { get; }

    /// <summary>Without those of <see cref="SeenOnce"/>.</summary>
    public IReadOnlyList<Finding> NotJudged { get; }

    /// <summary>Failures that the run had no time to confirm.</summary>
    public IReadOnlyList<Finding> SeenOnce { get; }

    public int OriginsNotJudged => Review.Counts.NotJudged;

    /// <summary>True when new and old can be told apart.</summary>
    public bool KnowsChanges => Review.KnowsChanges;

    /// <summary>A run over a part tells only what changed.</summary>
    public bool IsNamed(FindingChange change) => Run.Scope is null || change.Kind != ChangeKind.Ongoing;

    public int OriginsWith(ChangeKind kind) => Origins(Review.Changes.Of(kind));

    private static int Origins(IEnumerable<FindingChange> changes) =>
        changes.Select(DigestGroup.OriginOf).Distinct(StringComparer.Ordinal).Count();
}
