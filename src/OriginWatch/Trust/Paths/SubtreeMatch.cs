using System.Net;
using OriginWatch.Trust.X509;

namespace OriginWatch.Trust.Paths;

/// <summary>Whether one name is within one subtree of name constraints, form by form (nc_match_single in AWS-LC).</summary>
/// <param name="IsWithin">It is.</param>
/// <param name="Problem">Why they cannot be compared, as a noun phrase; the certificate is then refused.</param>
/// <param name="Who">Which libraries cannot.</param>
internal readonly record struct SubtreeMatch(bool IsWithin, string? Problem = null, RejectedBy Who = RejectedBy.Libraries)
{
    public static SubtreeMatch Unreadable(string problem, RejectedBy who = RejectedBy.Libraries) => new(false, problem, who);

    public static SubtreeMatch Compare(GeneralName name, Subtree subtree, bool isExcluding) =>
        name.Form switch
        {
            NameForm.Directory => new(name.Directory!.IsWithin(subtree.Base.Directory!)),
            NameForm.Dns => new(IsDnsWithin(name.Text, subtree.Base.Text, isExcluding)),
            NameForm.Email => EmailMatch.Compare(name.Text, subtree.Base.Text, isExcluding),
            NameForm.Uri => CompareUri(name.Text, subtree.Base.Text),
            NameForm.IpAddress => CompareAddress(name, subtree),
            _ => Unreadable("a constraint of a form that no library compares"),
        };

    /// <summary>True where they are equal, or the name ends with the subtree's, which then begins with a dot.</summary>
    public static bool IsHostWithin(string host, string subtree) =>
        subtree.StartsWith('.')
            ? host.EndsWith(subtree, StringComparison.OrdinalIgnoreCase)
            : string.Equals(host, subtree, StringComparison.OrdinalIgnoreCase);

    /// <summary>A wildcard stands for names that an exclusion may hit although the wildcard's own text does not (CVE-2025-61727).</summary>
    private static bool IsDnsWithin(string name, string subtree, bool isExcluding)
    {
        if (subtree.Length == 0)
        {
            return true;
        }

        var (dns, within) = (WithoutDot(name), WithoutDot(subtree));
        var dot = within.IndexOf('.', StringComparison.Ordinal);
        if (
            isExcluding
            && dns.StartsWith("*.", StringComparison.Ordinal)
            && dot >= 0
            && string.Equals(dns[2..], within[(dot + 1)..], StringComparison.OrdinalIgnoreCase)
        )
        {
            return true;
        }

        return IsHostWithin(dns, within)
            || (
                dns.Length > within.Length
                && !within.StartsWith('.')
                && dns[^(within.Length + 1)] == '.'
                && dns.EndsWith(within, StringComparison.OrdinalIgnoreCase)
            );
    }

    private static string WithoutDot(string name) => name.EndsWith('.') ? name[..^1] : name;

    /// <summary>The host of a URI, which must be a name: no address in brackets, no user, no percent signs.</summary>
    private static SubtreeMatch CompareUri(string uri, string subtree)
    {
        var colon = uri.IndexOf(':', StringComparison.Ordinal);
        if (colon < 0 || !uri.AsSpan(colon + 1).StartsWith("//", StringComparison.Ordinal))
        {
            return Unreadable("a URI constraint");
        }

        var rest = uri[(colon + 3)..];
        var authority = rest[..Until(rest, "/?#")];
        var host = WithoutDot(rest[..(rest.Contains(':', StringComparison.Ordinal) ? Until(rest, ":") : Until(rest, "/"))]);
        var isName =
            host.Length > 0
            && !authority.Contains('@', StringComparison.Ordinal)
            && host.All(character => char.IsAsciiLetterOrDigit(character) || character is '-' or '.');
        return isName
            ? new(IsHostWithin(host, WithoutDot(subtree)))
            : Unreadable("a URI constraint", host.Length == 0 ? RejectedBy.Libraries : RejectedBy.AmazonAlone);
    }

    private static int Until(string text, string ends)
    {
        var end = text.AsSpan().IndexOfAny(ends);
        return end < 0 ? text.Length : end;
    }

    private static SubtreeMatch CompareAddress(GeneralName name, Subtree subtree)
    {
        var address = name.Content.Span;
        var range = subtree.Base.Content.Span;
        if (!name.IsAddress || range.Length is not (8 or 32))
        {
            return Unreadable("an IP address constraint");
        }

        if (address.Length * 2 != range.Length)
        {
            return new(false);
        }

        if (!subtree.IsRange)
        {
            return Unreadable("an IP address constraint whose mask is no prefix", RejectedBy.AmazonAlone);
        }

        for (var index = 0; index < address.Length; index++)
        {
            if (((address[index] ^ range[index]) & range[address.Length + index]) != 0)
            {
                return new(false);
            }
        }

        return new(true);
    }
}
