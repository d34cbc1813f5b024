using OriginWatch.Audit;
using OriginWatch.Rules;

namespace OriginWatch.History;

/// <summary>All that one run tells the next.</summary>
public sealed record RunState
{
    public const string FormatName = "originwatch-state";
    public const int CurrentSchema = 1;

    /// <summary>What a run that overlaps with another one has mailed in the meantime is no older than this.</summary>
    private static readonly TimeSpan LongestRun = TimeSpan.FromHours(1);

    public string Format { get; init; } = FormatName;
    public int Schema { get; init; } = CurrentSchema;

    /// <summary>Null where the inventory did not tell.</summary>
    public string? AccountId { get; init; }

    public required LastRun LastRun { get; init; }

    /// <summary>Digests that were decided on and are not known to have been sent, oldest first.</summary>
    public IReadOnlyList<PendingDigest> Pending { get; init; } = [];

    /// <summary>Failing findings, worst first, suppressed ones included.</summary>
    public IReadOnlyList<OpenFinding> Findings { get; init; } = [];

    /// <summary>By <see cref="OriginKey"/>: the last judged outcome.</summary>
    public IReadOnlyDictionary<string, PriorOutcome> Origins { get; init; } = new Dictionary<string, PriorOutcome>(StringComparer.Ordinal);

    /// <summary>By <see cref="OriginKey"/>: origins that nobody could judge when they were last looked at.</summary>
    public IReadOnlyList<string> Undetermined { get; init; } = [];

    /// <summary>Accounts that were read, of a scan of several, and are not known to be gone.</summary>
    public IReadOnlyList<string> AccountsRead { get; init; } = [];

    /// <summary>Targets that resolved and accepted a connection when last looked at by a run that is believed.</summary>
    public IReadOnlyList<string> Answering { get; init; } = [];

    /// <summary>What was wrong with the suppressions file, so that it is mailed once and not every night.</summary>
    public string? SuppressionsProblem { get; init; }

    /// <summary>The same of the routes file.</summary>
    public string? RoutesProblem { get; init; }

    /// <summary>True once a mail has said what asking CloudFront sends to the sites.</summary>
    public bool EdgeExplained { get; init; }

    /// <summary>
    /// Without times that lie ahead of <paramref name="now"/>, which a clock that ran ahead has left: they would silence every reminder
    /// until then.
    /// When a digest last named a finding is then not known.
    /// </summary>
    internal RunState NotAfter(DateTimeOffset now) =>
        this with
        {
            LastRun = LastRun with { StartedAt = Earlier(LastRun.StartedAt, now), FinishedAt = Earlier(LastRun.FinishedAt, now) },
            Findings =
            [
                .. Findings.Select(finding =>
                    finding with
                    {
                        FirstSeen = Earlier(finding.FirstSeen, now),
                        LastJudged = Earlier(finding.LastJudged, now),
                        LastMailed = finding.LastMailed > now + LongestRun ? null : finding.LastMailed,
                    }
                ),
            ],
            Origins = Origins.ToDictionary(
                origin => origin.Key,
                origin => origin.Value with { JudgedAt = Earlier(origin.Value.JudgedAt, now) },
                StringComparer.Ordinal
            ),
        };

    private static DateTimeOffset Earlier(DateTimeOffset one, DateTimeOffset other) => one < other ? one : other;
}

/// <summary>The run that wrote the state.</summary>
public sealed record LastRun
{
    public required string Id { get; init; }
    public required DateTimeOffset StartedAt { get; init; }
    public required DateTimeOffset FinishedAt { get; init; }
    public string? IncompleteBecause { get; init; }

    /// <summary>How many runs in a row suspected the probe rather than the origins.</summary>
    public int Suspicions { get; init; }
}

/// <summary>A failing finding that is not known to be mended.</summary>
public sealed record OpenFinding
{
    /// <summary>As <see cref="Finding.Key"/>.</summary>
    public required string Key { get; init; }

    public required string RuleId { get; init; }
    public required string Title { get; init; }
    public required Severity Severity { get; init; }

    /// <summary>The account of the distribution, in a scan of several; null in a scan of one.</summary>
    public string? AccountId { get; init; }

    public required string DistributionId { get; init; }
    public required string OriginId { get; init; }

    /// <summary><c>server.name:port</c>; null where the finding is about configuration.</summary>
    public string? Target { get; init; }

    /// <summary>The origin's domain name at that time: under another one it is another origin.</summary>
    public required string DomainName { get; init; }

    public required string Detail { get; init; }

    /// <summary>The leaf certificates that it is about, as prefixes of their SHA-256, sorted; empty for other findings.</summary>
    public IReadOnlyList<string> Certificates { get; init; } = [];

    public required string Cause { get; init; }

    /// <summary>True while viewers get an error because of it.</summary>
    public bool Rejects { get; init; }

    /// <summary>When what still works will stop working; null where the finding is not about that.</summary>
    public DateTimeOffset? Due { get; init; }

    public bool Suppressed { get; init; }
    public required DateTimeOffset FirstSeen { get; init; }
    public required DateTimeOffset LastJudged { get; init; }

    /// <summary>When a digest last named it; null when none did.</summary>
    public DateTimeOffset? LastMailed { get; init; }

    /// <summary>The topic of that digest; null for the default one.</summary>
    public string? RoutedTo { get; init; }
}

/// <summary>A digest on its way.</summary>
public sealed record PendingDigest
{
    /// <summary>In full, so that the next run can send the very same one.</summary>
    public required DigestMessage Digest { get; init; }

    /// <summary>The run that is about to send it; null where the last one gave up.</summary>
    public string? ClaimedBy { get; init; }

    /// <summary>After this instant the run that claimed it is taken for dead.</summary>
    public DateTimeOffset? ClaimedUntil { get; init; }

    /// <summary>Far longer than publishing takes (5 seconds and 2 retries).</summary>
    internal static readonly TimeSpan LongestClaim = TimeSpan.FromMinutes(5);

    /// <summary>A claim that reaches further than any claim may was made by a clock that ran ahead.</summary>
    internal bool IsFreeAt(DateTimeOffset now) =>
        ClaimedBy is null || ClaimedUntil is null || ClaimedUntil <= now || ClaimedUntil > now + LongestClaim;
}

/// <summary>One mail and its compact twin, ready to be published.</summary>
public sealed record DigestMessage
{
    /// <summary>The same for every attempt to send it, so that subscribers can drop a duplicate.</summary>
    public required string Id { get; init; }

    /// <summary>The ARN of the topic that it is for; null for the default one.</summary>
    public string? Topic { get; init; }

    /// <summary>At most 99 printable ASCII characters.</summary>
    public required string Subject { get; init; }

    /// <summary>Plain text for people.</summary>
    public required string Text { get; init; }

    /// <summary>Compact JSON for machines.</summary>
    public required string Json { get; init; }

    /// <summary>Message attributes for filter policies; the accounts are a JSON array, every other one is a single text.</summary>
    public required IReadOnlyDictionary<string, string> Attributes { get; init; }
}
