using OriginWatch.Audit;
using OriginWatch.Inventory.Organization;

namespace OriginWatch.Reporting.Html;

/// <summary>The accounts of a scan of several; nothing for a scan of one.</summary>
internal static class HtmlAccounts
{
    public static Markup Section(AuditReport report)
    {
        var accounts = AccountSummary.Of(report);
        return accounts.Count == 0
            ? Markup.None
            : Markup.Of(
                $"""
                <section aria-labelledby="accounts-heading">
                <h2 id="accounts-heading">Accounts</h2>
                <section class="scroll" aria-label="Accounts, a row each" tabindex="0">
                <table class="expiry">
                <thead><tr><th scope="col">Account</th><th scope="col">Organizational unit</th><th scope="col">Result</th></tr></thead>
                <tbody>
                {Markup.Join(
                    accounts.OrderByDescending(account => account.Reading.IsGap).ThenByDescending(account => account.Failing).ThenBy(
                        account => account.Reading.Outcome == AccountOutcome.Skipped
                    ).Select(Row)
                )}
                </tbody>
                </table>
                </section>
                </section>

                """
            );
    }

    private static Markup Row(AccountSummary account) =>
        Markup.Of(
            $"<tr><th scope=\"row\">{account.Account.ToString()}</th><td>{account.Account.Path ?? ""}</td><td>{Phrases.Of(account)}</td></tr>\n"
        );
}
