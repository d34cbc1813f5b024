using OriginWatch.Audit;
using OriginWatch.Inventory.Organization;

namespace OriginWatch.History;

/// <summary>Many accounts denied at once is more likely a fault of the identity that scans than of the accounts' roles.</summary>
internal static class AccountSuspicion
{
    private const int MinDenied = 5;
    private const int MinPercent = 30;

    /// <summary>One sentence; null where nothing is suspicious.</summary>
    public static string? Sentence(RunState? previous, AuditReport report)
    {
        var before = (previous?.AccountsRead ?? []).ToHashSet(StringComparer.Ordinal);
        var again = report
            .Run.Accounts.Where(account => account.Outcome != AccountOutcome.Skipped && before.Contains(account.Account.Id))
            .ToList();
        var denied = again.Count(account => account.Outcome == AccountOutcome.Denied);
        return denied >= MinDenied && denied * 100 >= again.Count * MinPercent
            ? $"{denied} of {again.Count} accounts that were read last time are denied now: "
                + "check the scanning identity's own permissions first (sts:AssumeRole in its policy, a service control policy, "
                + "its name in TrustedPrincipalArns)."
            : null;
    }

    /// <summary>What the next run compares with: what was read, and what was read before and is missing from this run.</summary>
    public static IReadOnlyList<string> Read(RunState? previous, AuditReport report)
    {
        var before = (previous?.AccountsRead ?? []).ToHashSet(StringComparer.Ordinal);
        return
        [
            .. report
                .Run.Accounts.Where(account =>
                    account.Outcome == AccountOutcome.Read || (account.IsGap && before.Contains(account.Account.Id))
                )
                .Select(account => account.Account.Id)
                .Order(StringComparer.Ordinal),
        ];
    }
}
