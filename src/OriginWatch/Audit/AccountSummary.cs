using OriginWatch.Inventory.Organization;
using OriginWatch.Rules;

namespace OriginWatch.Audit;

/// <summary>One account's part of a report on several.</summary>
/// <param name="Reading">Which account, and whether it was read.</param>
/// <param name="Origins">Of its distributions.</param>
/// <param name="Failing">Origins whose viewers get an error now; suppressed findings count for none.</param>
/// <param name="Undetermined">Origins without a verdict.</param>
/// <param name="Findings">Failing findings above Informational that are not suppressed.</param>
public sealed record AccountSummary(AccountReading Reading, int Origins, int Failing, int Undetermined, int Findings)
{
    public Account Account => Reading.Account;

    /// <summary>In the order of the scan; empty for a report on one account.</summary>
    public static IReadOnlyList<AccountSummary> Of(AuditReport report)
    {
        ArgumentNullException.ThrowIfNull(report);
        if (report.Run.Accounts.Count == 0)
        {
            return [];
        }

        var origins = report.Origins.ToLookup(origin => origin.Planned.Distribution.AccountId, StringComparer.Ordinal);
        var findings = report
            .Findings.Where(finding => finding is { Status: FindingStatus.Fail, SuppressedBy: null })
            .ToLookup(finding => finding.AccountId, StringComparer.Ordinal);
        return
        [
            .. report.Run.Accounts.Select(reading => new AccountSummary(
                reading,
                origins[reading.Account.Id].Count(),
                findings[reading.Account.Id]
                    .Where(finding => finding.Rejects)
                    .DistinctBy(finding => (finding.DistributionId, finding.OriginId))
                    .Count(),
                origins[reading.Account.Id].Count(origin => origin.Verdict == OriginVerdict.Undetermined),
                findings[reading.Account.Id].Count(finding => finding.Severity > Severity.Informational)
            )),
        ];
    }
}

/// <summary>Accounts that a scan of several could not read.</summary>
public static class AccountGaps
{
    private const int MostNamed = 5;

    public static IReadOnlyList<AccountReading> Of(RunFacts run)
    {
        ArgumentNullException.ThrowIfNull(run);
        return [.. run.Accounts.Where(account => account.IsGap)];
    }

    /// <summary>Why the run is incomplete because of them, one sentence; null where there is none.</summary>
    internal static string? Sentence(IReadOnlyList<AccountReading> accounts)
    {
        var gaps = accounts.Where(account => account.IsGap).Select(account => account.Account.ToString()).ToList();
        var scanned = accounts.Count(account => account.Outcome != AccountOutcome.Skipped);
        return gaps.Count == 0
            ? null
            : $"{gaps.Count} of {scanned} accounts could not be read: "
                + $"{string.Join(", ", gaps.Take(MostNamed))}{(gaps.Count > MostNamed ? $" and {gaps.Count - MostNamed} more" : "")}.";
    }

    /// <summary>The same run with some of its accounts: what is missing from the others does not make it incomplete.</summary>
    internal static RunFacts Narrow(RunFacts run, Func<AccountReading, bool> isOwn)
    {
        IReadOnlyList<AccountReading> own = [.. run.Accounts.Where(isOwn)];
        if (run.IncompleteBecause is null || Sentence(run.Accounts) is not { } all)
        {
            return run with { Accounts = own };
        }

        var because = run
            .IncompleteBecause.Replace(all, Sentence(own) ?? "", StringComparison.Ordinal)
            .Replace("  ", " ", StringComparison.Ordinal)
            .Trim();
        return run with { Accounts = own, IncompleteBecause = because.Length == 0 ? null : because };
    }
}
