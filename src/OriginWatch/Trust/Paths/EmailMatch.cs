namespace OriginWatch.Trust.Paths;

/// <summary>E-mail addresses within a constraint (nc_email in AWS-LC): a mailbox, a host, or with a leading dot whatever is under a
/// domain.</summary>
internal static class EmailMatch
{
    private const string AtomCharacters = "!#$%&'*+-/=?^_`{|}~.";

    public static SubtreeMatch Compare(string email, string subtree, bool isExcluding)
    {
        var at = email.IndexOf('@', StringComparison.Ordinal);
        if (at < 0)
        {
            return SubtreeMatch.Unreadable("an e-mail constraint");
        }

        var (local, domain) = (email[..at], email[(at + 1)..]);
        if (!IsLocalPart(local) || !IsDomain(domain))
        {
            return SubtreeMatch.Unreadable("an e-mail constraint", RejectedBy.AmazonAlone);
        }

        var subtreeAt = subtree.IndexOf('@', StringComparison.Ordinal);
        if (subtreeAt < 0)
        {
            return IsDomain(subtree)
                ? new(SubtreeMatch.IsHostWithin(domain, subtree))
                : SubtreeMatch.Unreadable("a malformed e-mail constraint", RejectedBy.AmazonAlone);
        }

        var (wantedLocal, wantedDomain) = (subtree[..subtreeAt], subtree[(subtreeAt + 1)..]);
        if (!IsLocalPart(wantedLocal) || !IsDomain(wantedDomain))
        {
            return SubtreeMatch.Unreadable("a malformed e-mail constraint", RejectedBy.AmazonAlone);
        }

        var comparison = isExcluding ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal;
        return new(
            string.Equals(local, wantedLocal, comparison) && string.Equals(domain, wantedDomain, StringComparison.OrdinalIgnoreCase)
        );
    }

    private static bool IsLocalPart(string text) =>
        text.Length > 0
        && text.All(character => char.IsAsciiLetterOrDigit(character) || AtomCharacters.Contains(character, StringComparison.Ordinal));

    private static bool IsDomain(string text) =>
        text.Length > 0 && text.All(character => char.IsAsciiLetterOrDigit(character) || character is '-' or '.');
}
