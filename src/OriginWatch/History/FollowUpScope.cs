using OriginWatch.Audit;

namespace OriginWatch.History;

/// <summary>What a follow-up looks at again: what fails, what was undetermined, and what expires soon.</summary>
public static class FollowUpScope
{
    /// <summary>Long enough for a renewal that failed to be noticed while there is time.</summary>
    private static readonly TimeSpan Soon = TimeSpan.FromDays(7);

    /// <param name="previous">What the last run left.</param>
    /// <param name="now">When the follow-up begins.</param>
    public static AuditScope.FollowUp Of(RunState previous, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(previous);
        return new(
            previous
                .Findings.Where(finding => finding.Rejects && !finding.Suppressed)
                .Select(finding => OriginKey.Of(finding.DistributionId, finding.OriginId))
                .Concat(previous.Undetermined)
                .Concat(previous.Origins.Where(origin => origin.Value.ExpiresAt <= now + Soon).Select(origin => origin.Key))
                .ToHashSet(StringComparer.Ordinal)
        );
    }
}
