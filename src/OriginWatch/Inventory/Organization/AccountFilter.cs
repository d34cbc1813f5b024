using System.Text.RegularExpressions;

namespace OriginWatch.Inventory.Organization;

/// <summary>Which accounts of an organization are scanned: by account id, or by organizational unit with everything below it.</summary>
/// <param name="Include">Empty for all.</param>
/// <param name="Exclude">Takes precedence.</param>
public sealed partial record AccountFilter(IReadOnlyList<string> Include, IReadOnlyList<string> Exclude)
{
    /// <summary>True where an account's path decides, so that it must be known.</summary>
    public bool NeedsPaths => Include.Concat(Exclude).Any(entry => !IsAccountId(entry));

    /// <summary>Why the account is left out; null where it is not.</summary>
    public string? ExcludedBecause(Account account)
    {
        ArgumentNullException.ThrowIfNull(account);
        return Exclude.FirstOrDefault(entry => Covers(entry, account)) is { } excluded ? $"excluded by {excluded}"
            : Include.Count > 0 && !Include.Any(entry => Covers(entry, account)) ? "not among the included accounts"
            : null;
    }

    /// <summary>True for an account id, or for ids of a root and organizational units in the order of the path, such as
    /// <c>r-ab12/ou-ab12-11111111</c>.</summary>
    public static bool IsValid(string entry) => IsAccountId(entry) || OrganizationalUnits().IsMatch(entry);

    /// <summary>True where the entry is the account's id, or its units follow one another in the account's path.</summary>
    public static bool Covers(string entry, Account account)
    {
        ArgumentNullException.ThrowIfNull(entry);
        ArgumentNullException.ThrowIfNull(account);
        return IsAccountId(entry) ? account.Id == entry : $"/{account.Path}/".Contains($"/{entry.Trim('/')}/", StringComparison.Ordinal);
    }

    public static bool IsAccountId(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return text.Length == 12 && text.All(char.IsAsciiDigit);
    }

    /// <summary>https://docs.aws.amazon.com/organizations/latest/APIReference/API_Account.html, Paths.</summary>
    [GeneratedRegex(
        "^(o-[a-z0-9]{10,32}/)?(r-[0-9a-z]{4,32}|ou-[0-9a-z]{4,32}-[a-z0-9]{8,32})(/ou-[0-9a-z]{4,32}-[a-z0-9]{8,32})*/?\\z",
        RegexOptions.ExplicitCapture,
        1000
    )]
    private static partial Regex OrganizationalUnits();
}
