using OriginWatch.Audit;
using OriginWatch.Inventory.Organization;
using OriginWatch.Text;

namespace OriginWatch.Reporting;

/// <summary>The accounts of a scan of several: first those that are missing from it, and at the end one line for each.</summary>
internal static class TextAccounts
{
    private const int ListedGaps = 30;
    private const int ListedAccounts = 50;

    public static void AddGaps(TextFlow flow, AuditReport report, ReportOptions options)
    {
        var gaps = AccountGaps.Of(report.Run);
        if (gaps.Count == 0)
        {
            return;
        }

        flow.Blank();
        flow.Add(0, 0, new("Not scanned", TextStyle.Heading), new($": {Phrases.Count(gaps.Count, "account")}", TextStyle.Muted));
        foreach (var gap in gaps.Take(options.Verbose ? int.MaxValue : ListedGaps))
        {
            flow.Add(2, 2, new(Escape.Text(gap.Account.ToString()), TextStyle.Strong), new($": {Escape.Text(gap.Reason)}"));
        }

        AddRest(flow, gaps.Count - ListedGaps, options);
    }

    /// <summary>Those with something to report first, those that were skipped last.</summary>
    public static void AddTable(TextFlow flow, AuditReport report, ReportOptions options)
    {
        var accounts = AccountSummary
            .Of(report)
            .OrderByDescending(account => account.Failing)
            .ThenByDescending(account => account.Reading.IsGap)
            .ThenByDescending(account => account.Findings)
            .ThenBy(account => account.Reading.Outcome)
            .ToList();
        if (accounts.Count == 0)
        {
            return;
        }

        flow.Blank();
        flow.Add(
            0,
            0,
            new("Accounts", TextStyle.Heading),
            new(
                $": {Phrases.Number(accounts.Count(account => account.Reading.Outcome == AccountOutcome.Read))} of "
                    + $"{Phrases.Number(accounts.Count)} read",
                TextStyle.Muted
            )
        );
        foreach (var account in accounts.Take(options.Verbose ? int.MaxValue : ListedAccounts))
        {
            flow.Add(
                2,
                2,
                new(Escape.Text(account.Account.ToString()), TextStyle.Strong),
                new(account.Reading.IsGap ? ": not scanned, see above" : $": {Escape.Text(Phrases.Of(account))}")
            );
        }

        AddRest(flow, accounts.Count - ListedAccounts, options);
    }

    private static void AddRest(TextFlow flow, int more, ReportOptions options)
    {
        if (more > 0 && !options.Verbose)
        {
            flow.Add(
                2,
                2,
                new StyledSpan($"and {Phrases.Count(more, "more account")}; the HTML report and --verbose list them all", TextStyle.Muted)
            );
        }
    }
}
