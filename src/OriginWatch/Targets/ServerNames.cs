using System.Net;
using OriginWatch.Names;

namespace OriginWatch.Targets;

/// <summary>Names as they stand in SNI: A-labels in lower case, without a trailing dot (RFC 6066, section 3).</summary>
internal static class ServerNames
{
    /// <summary>Stands for the wildcard label of an alias: any label may be asked for, so the certificate must cover one that nobody
    /// chose.</summary>
    public const string WildcardLabel = "originwatch-probe";

    /// <summary>An IP literal comes back in its canonical form; what is no domain name at all in lower case, for the lookup to
    /// refuse.</summary>
    public static string Normalize(string name)
    {
        var trimmed = name.Trim().TrimEnd('.').ToLowerInvariant();
        if (IPAddress.TryParse(trimmed, out var address) && LooksLikeLiteral(trimmed))
        {
            return address.ToString();
        }

        return System.Text.Ascii.IsValid(trimmed) ? trimmed : DomainNames.ToALabels(trimmed) ?? trimmed;
    }

    public static bool IsWildcard(string name) => name.StartsWith("*.", StringComparison.Ordinal);

    /// <summary>An alias, with a concrete label in place of its wildcard.</summary>
    public static string Concrete(string alias) => IsWildcard(alias) ? $"{WildcardLabel}{alias[1..]}" : alias;

    /// <summary>IPAddress also takes <c>1</c> or <c>0x7f.1</c>, which are host names to a TLS client.</summary>
    private static bool LooksLikeLiteral(string text) =>
        text.Contains(':', StringComparison.Ordinal) || text.Count(character => character == '.') == 3;
}
