using System.Text.Json;
using OriginWatch.Audit;
using OriginWatch.History;

namespace OriginWatch.Mail;

/// <summary>What filter policies of subscribers choose by. SNS allows ten attributes; these are six at most.</summary>
public static class DigestAttributes
{
    /// <summary>Ids of the accounts that the mail is about, as a JSON array: the one attribute that is no single text.</summary>
    public const string Accounts = "accounts";

    /// <summary>"true" where there are too many for <see cref="Accounts"/>, which is left out then.</summary>
    public const string AccountsOmitted = "accountsOmitted";

    /// <summary>
    /// SNS takes 262,144 bytes, attributes included, and <see cref="DigestWriter.MaxEnvelopeBytes"/> of them are the message's. Room for
    /// 1,092 accounts. https://docs.aws.amazon.com/general/latest/gr/sns.html
    /// </summary>
    public const int MaxAccountsBytes = 16 * 1024;

    internal const string AccountScope = "account";
    internal const string OrganizationScope = "organization";
    internal const string RouteScope = "route";

    internal static Dictionary<string, string> Of(DigestView view)
    {
        var attributes = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["severity"] = DigestJson.Worst(view),
            ["hasNew"] = view.KnowsChanges && view.OriginsWith(ChangeKind.New) > 0 ? "true" : "false",
            ["scope"] = view.Scope,
        };
        if (view.Run.AccountId is { } account)
        {
            attributes["accountId"] = MailText.Clean(account, 20);
        }

        if (AccountsOf(view) is { Count: > 0 } accounts)
        {
            var text = JsonSerializer.Serialize(accounts, DigestJsonContext.Relaxed.IReadOnlyListString);
            var (name, value) = text.Length <= MaxAccountsBytes ? (Accounts, text) : (AccountsOmitted, "true");
            attributes[name] = value;
        }

        return attributes;
    }

    /// <summary>Of a run over several: with a finding that the mail tells, or not read.</summary>
    private static IReadOnlyList<string> AccountsOf(DigestView view) =>
        [
            .. view
                .Told.Select(change => change.Record.AccountId)
                .Concat(view.SeenOnce.Select(finding => finding.AccountId))
                .Concat(AccountGaps.Of(view.Run).Select(gap => gap.Account.Id))
                .OfType<string>()
                .Select(id => MailText.Clean(id, 20))
                .Distinct(StringComparer.Ordinal)
                .Order(StringComparer.Ordinal),
        ];
}
