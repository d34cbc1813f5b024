using OriginWatch.Inventory.Organization;
using OriginWatch.Rules;

namespace OriginWatch.Audit;

/// <summary>One account's part of a report on several, as a report of its own.</summary>
public static class AccountPart
{
    /// <summary>By account, for accounts that were read; the report is gone through once.</summary>
    public static IEnumerable<AuditReport> Of(AuditReport report)
    {
        ArgumentNullException.ThrowIfNull(report);
        var origins = report.Origins.ToLookup(origin => origin.Planned.Distribution.AccountId, StringComparer.Ordinal);
        var findings = report.Findings.ToLookup(finding => finding.AccountId, StringComparer.Ordinal);
        return report
            .Run.Accounts.Where(reading => reading.Outcome == AccountOutcome.Read)
            .Select(reading => Of(report, reading, [.. origins[reading.Account.Id]], [.. findings[reading.Account.Id]]));
    }

    private static AuditReport Of(AuditReport report, AccountReading reading, List<OriginReport> origins, List<Finding> findings) =>
        new()
        {
            Run = report.Run with
            {
                AccountId = reading.Account.Id,
                Accounts = [reading],
                Remarks = [.. report.Run.Remarks.Where(remark => IsAbout(remark, reading))],
            },
            Origins = origins,
            Findings = findings,
            Totals = new(
                reading.Distributions,
                origins.Count,
                origins.SelectMany(origin => origin.Planned.Names).Select(name => name.Target).Distinct().Count(),
                Enum.GetValues<Severity>()
                    .ToDictionary(
                        severity => severity,
                        severity => findings.Count(finding => finding.Status == FindingStatus.Fail && finding.Severity == severity)
                    ),
                findings.Count(finding => finding.Status == FindingStatus.Undetermined)
            )
            {
                ByVerdict = Enum.GetValues<OriginVerdict>()
                    .ToDictionary(verdict => verdict, verdict => origins.Count(origin => origin.Verdict == verdict)),
                HttpPorts = origins.SelectMany(origin => origin.Planned.HttpTargets).Distinct().Count(),
                AskedAtEdge = origins.Count(origin => origin.Observation.Edge is { WasAsked: true }),
            },
        };

    /// <summary>What was said of another account is not said here.</summary>
    private static bool IsAbout(string remark, AccountReading reading) =>
        !remark.StartsWith("Account ", StringComparison.Ordinal)
        || remark.StartsWith($"Account {reading.Account}:", StringComparison.Ordinal);
}
