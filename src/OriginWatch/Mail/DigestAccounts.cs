using OriginWatch.Audit;
using OriginWatch.Inventory.Organization;
using OriginWatch.Reporting;
using static System.FormattableString;

namespace OriginWatch.Mail;

/// <summary>The accounts of a scan of several: those that are missing from it first, the others by number.</summary>
internal static class DigestAccounts
{
    private const int MaxGaps = 40;
    private const int MaxAccounts = 10;
    private const int MaxReason = 400;

    public static void NotScanned(MailText mail, DigestView view)
    {
        var gaps = AccountGaps.Of(view.Run);
        if (gaps.Count == 0)
        {
            return;
        }

        mail.Heading("NOT SCANNED");
        foreach (var gap in gaps.Take(MaxGaps))
        {
            mail.Paragraph($"{gap.Account}: {MailText.Clean(gap.Reason, MaxReason)}", 2, 2);
        }

        if (gaps.Count > MaxGaps)
        {
            mail.Paragraph(Invariant($"And {gaps.Count - MaxGaps} more accounts: see {view.InFull}."), 2);
        }
    }

    /// <summary>One line for each account with something to report.</summary>
    public static void Table(MailText mail, DigestView view)
    {
        var accounts = AccountSummary.Of(view.Review.Report);
        if (accounts.Count == 0)
        {
            return;
        }

        mail.Heading("ACCOUNTS")
            .Paragraph(
                string.Join(
                    ", ",
                    Enum.GetValues<AccountOutcome>()
                        .Select(outcome => (outcome, Count: accounts.Count(account => account.Reading.Outcome == outcome)))
                        .Where(item => item.Count > 0)
                        .Select(item => Invariant($"{item.Count} {item.outcome.ToString().ToLowerInvariant()}"))
                ) + ".",
                2
            );
        var told = accounts
            .Where(account => account.Findings + account.Undetermined > 0)
            .OrderByDescending(account => account.Failing)
            .ThenByDescending(account => account.Findings)
            .ToList();
        foreach (var account in told.Take(MaxAccounts))
        {
            mail.Paragraph($"{account.Account}: {Phrases.Of(account)}", 2, 2);
        }

        if (told.Count > MaxAccounts)
        {
            mail.Paragraph(Invariant($"And {told.Count - MaxAccounts} more accounts: see {view.InFull}."), 2);
        }
    }
}
