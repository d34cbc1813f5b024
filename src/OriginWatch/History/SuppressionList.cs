using OriginWatch.Audit;

namespace OriginWatch.History;

/// <summary>The suppressions as this run uses them.</summary>
/// <param name="Entries">All well-formed entries, in the file's order; none when the file is malformed.</param>
/// <param name="Problem">Why the whole file is ignored, as one sentence; null when it is not.</param>
public sealed record SuppressionList(IReadOnlyList<Suppression> Entries, string? Problem)
{
    /// <summary>Entries that lapse within this many days are named.</summary>
    public const int SoonDays = 14;

    public static readonly SuppressionList Empty = new([], null);

    /// <summary>The first entry in force that matches; null where there is none.</summary>
    public Suppression? Find(string distributionId, string originId, string ruleId, DateTimeOffset now) =>
        Entries.FirstOrDefault(entry => entry.HoldsAt(now) && entry.Matches(distributionId, originId, ruleId));

    /// <summary>Marks what is suppressed and takes it out of the counts by severity, on which alarms rest.</summary>
    public AuditReport Mark(AuditReport report)
    {
        ArgumentNullException.ThrowIfNull(report);
        if (Entries.Count == 0)
        {
            return report;
        }

        var findings = report
            .Findings.Select(finding =>
                finding with
                {
                    SuppressedBy = Find(finding.DistributionId, finding.OriginId, finding.Rule.Id, report.Run.StartedAt),
                }
            )
            .ToList();
        var counted = findings.FindAll(finding => finding.SuppressedBy is null);
        return report with
        {
            Findings = findings,
            Totals = report.Totals with
            {
                BySeverity = report.Totals.BySeverity.Keys.ToDictionary(
                    severity => severity,
                    severity => counted.Count(finding => finding.Status == FindingStatus.Fail && finding.Severity == severity)
                ),
                Undetermined = counted.Count(finding => finding.Status == FindingStatus.Undetermined),
            },
        };
    }

    /// <summary>What somebody should do about the file.</summary>
    /// <param name="report">Marked by <see cref="Mark"/>.</param>
    /// <param name="kept">Findings from before that could not be judged; they keep an entry in use.</param>
    public SuppressionReview Review(AuditReport report, IEnumerable<OpenFinding> kept)
    {
        ArgumentNullException.ThrowIfNull(report);
        var now = report.Run.StartedAt;
        var suppressed = report.Findings.Where(finding => finding.SuppressedBy is not null).ToList();
        var used = suppressed
            .Select(finding => finding.SuppressedBy)
            .Concat(kept.Select(finding => Find(finding.DistributionId, finding.OriginId, finding.RuleId, now)))
            .OfType<Suppression>()
            .ToHashSet();
        var today = DateOnly.FromDateTime(now.UtcDateTime);
        return new(
            suppressed.Count,
            suppressed.Select(finding => (finding.DistributionId, finding.OriginId)).Distinct().Count(),
            [.. Entries.Where(entry => !entry.HoldsAt(now))],
            [.. Entries.Where(entry => entry.HoldsAt(now) && entry.Expires <= today.AddDays(SoonDays))],
            report.Run is { Complete: true, Scope: null } ? [.. Entries.Where(entry => entry.HoldsAt(now) && !used.Contains(entry))] : [],
            Problem
        );
    }
}

/// <param name="Findings">Suppressed findings of this run.</param>
/// <param name="Origins">Origins with at least one of them.</param>
/// <param name="Expired">No longer in force.</param>
/// <param name="Lapsing">In force, but not for long.</param>
/// <param name="Unused">In force and matching nothing; only a complete run can tell.</param>
/// <param name="Problem">Why the whole file is ignored; null when it is not.</param>
public sealed record SuppressionReview(
    int Findings,
    int Origins,
    IReadOnlyList<Suppression> Expired,
    IReadOnlyList<Suppression> Lapsing,
    IReadOnlyList<Suppression> Unused,
    string? Problem
);
