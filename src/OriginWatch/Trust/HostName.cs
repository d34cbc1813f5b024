using System.Buffers;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using OriginWatch.Names;
using OriginWatch.Trust.X509;

namespace OriginWatch.Trust;

/// <summary>Whether a certificate is for a name.</summary>
/// <param name="IsMatch">True when it is.</param>
/// <param name="ByCommonName">True where only the common name says so, because there is no SAN of a usable type.</param>
/// <param name="Remark">Something worth saying although it matches, as one clause.</param>
public sealed record NameMatch(bool IsMatch, bool ByCommonName = false, string? Remark = null);

/// <summary>
/// Matches names as RFC 9525 and s2n do: subjectAltName alone where it has a DNS name, URI or IP address; wildcards for one whole left-most
/// label;
/// IP addresses against iPAddress entries alone. Never throws, whatever stands in the name or in the certificate.
/// </summary>
public static class HostName
{
    /// <summary>s2n reads no longer common name (s2n_verify_host_information_common_name).</summary>
    private const int LongestCommonName = 254;

    /// <summary>Suffixes of two labels under which registries sell names; a certificate for all of one is no site's certificate.</summary>
    private static readonly string[] SecondLevelRegistries = ["ac", "co", "com", "edu", "go", "gob", "gov", "ne", "net", "or", "org"];

    /// <summary>What ends a host name in a URL: such a text is no host name, and a wildcard must not swallow it.</summary>
    private static readonly SearchValues<char> Delimiters = SearchValues.Create("/\\?#@:[]<>^|\0\t\r\n");

    /// <summary>What stands in no name that a certificate may be for, the wildcard aside.</summary>
    private static readonly SearchValues<char> Unpresentable = SearchValues.Create("*/\\?#@[]<>^|()\0\t\r\n ");

    public static NameMatch Match(ServedCertificate leaf, string referenceName)
    {
        ArgumentNullException.ThrowIfNull(leaf);
        ArgumentNullException.ThrowIfNull(referenceName);
        var commonName = leaf.Parsed?.Subject.CommonNames.LastOrDefault();
        var names = leaf.Parsed?.Extensions.SubjectAltNames;
        if (names?.NamesHosts == true || commonName is not { MayNameAHost: true, Raw.Length: <= LongestCommonName })
        {
            return Match([.. leaf.DnsNames, .. names?.Uris ?? []], leaf.IpAddresses, referenceName);
        }

        var byCommonName = ParseIp(referenceName) is null && Match([commonName.Text], [], referenceName).IsMatch;
        return new(byCommonName, byCommonName);
    }

    internal static NameMatch Match(IReadOnlyList<string> dnsNames, IReadOnlyList<string> ipAddresses, string referenceName)
    {
        if (ParseIp(referenceName) is { } address)
        {
            return new(ipAddresses.Any(presented => IPAddress.TryParse(presented, out var parsed) && parsed.Equals(address)));
        }

        var reference = WithoutTrailingDot(referenceName);
        if (!IsName(reference))
        {
            return new(false);
        }

        var ascii = ToAscii(reference);
        var match = dnsNames.FirstOrDefault(presented =>
            Matches(presented, reference) || (!ReferenceEquals(ascii, reference) && Matches(presented, ascii))
        );
        return new(match is not null, Remark: match is null ? null : RemarkOn(match));
    }

    /// <summary>Dotted decimal or IPv6 without brackets, zone or prefix length; anything else is a name.</summary>
    internal static IPAddress? ParseIp(string text)
    {
        if (text.Contains(':', StringComparison.Ordinal))
        {
            return
                text.AsSpan().ContainsAny("[]%/")
                || !IPAddress.TryParse(text, out var v6)
                || v6.AddressFamily != AddressFamily.InterNetworkV6
                ? null
                : v6;
        }

        var octets = text.Split('.');
        return
            octets.Length == 4
            && octets.All(octet =>
                octet.Length is > 0 and <= 3
                && (octet.Length == 1 || octet[0] != '0')
                && byte.TryParse(octet, NumberStyles.None, CultureInfo.InvariantCulture, out _)
            )
            ? IPAddress.Parse(text)
            : null;
    }

    private static string WithoutTrailingDot(string name) => name.EndsWith('.') ? name[..^1] : name;

    /// <summary>A last label of digits alone belongs to something that was meant as an address.</summary>
    private static bool IsName(string reference) =>
        reference.Length > 0
        && !reference.StartsWith('.')
        && reference[(reference.LastIndexOf('.') + 1)..].AsSpan().IndexOfAnyExceptInRange('0', '9') >= 0;

    private static bool Matches(string presented, string reference) =>
        presented.StartsWith("*.", StringComparison.Ordinal)
            ? MatchesWildcard(presented.AsSpan(2), reference)
            : string.Equals(presented, reference, StringComparison.OrdinalIgnoreCase) && IsPresentable(presented);

    private static bool MatchesWildcard(ReadOnlySpan<char> parent, string reference)
    {
        var dot = reference.IndexOf('.', StringComparison.Ordinal);
        return dot > 0
            && parent.Equals(reference.AsSpan(dot + 1), StringComparison.OrdinalIgnoreCase)
            && parent.Contains('.')
            && parent.ToString().Split('.').All(label => PresentedName.IsLabel(label))
            && !reference.AsSpan(0, dot).ContainsAny(Delimiters);
    }

    /// <summary>
    /// A literal name is compared as it stands; only what can be no host name is left out: wildcards elsewhere, hyphens at the edge of a
    /// label, a dot at the end, delimiters of URLs.
    /// </summary>
    private static bool IsPresentable(string presented) =>
        presented.Length > 0
        && !presented.EndsWith('.')
        && !presented.AsSpan().ContainsAny(Unpresentable)
        && presented.Split('.').All(label => label.Length == 0 || (label[0] != '-' && label[^1] != '-'));

    private static string ToAscii(string name) => Ascii.IsValid(name) ? name : DomainNames.ToALabels(name) ?? name;

    private static string? RemarkOn(string presented) =>
        presented.StartsWith("*.", StringComparison.Ordinal)
        && presented[2..].Split('.') is [var second, { Length: 2 }]
        && SecondLevelRegistries.Contains(second, StringComparer.OrdinalIgnoreCase)
            ? $"the wildcard {presented} covers a public suffix, which browsers reject"
            : null;
}
