namespace OriginWatch.Trust;

/// <summary>
/// What OpenSSL takes for a name's certificate and s2n-tls does not (<c>X509_check_host</c> without flags): a common name wherever no DNS
/// name stands in subjectAltName,
/// and a wildcard for a part of the left-most label. nginx, curl and most other clients then reach an origin that CloudFront refuses.
/// </summary>
internal static class OpenSslHostName
{
    private const string Alabel = "xn--";

    /// <summary>Asked where <see cref="HostName.Match(ServedCertificate, string)"/> says no.</summary>
    public static bool AloneMatches(ServedCertificate leaf, string referenceName) =>
        HostName.ParseIp(referenceName) is null
        && (
            leaf.DnsNames.Count > 0
                ? leaf.DnsNames.Any(name => MatchesPartly(name, referenceName))
                : leaf.Parsed?.Subject.CommonNames.Any(name =>
                    HostName.Match([name.Text], [], referenceName).IsMatch || MatchesPartly(name.Text, referenceName)
                ) == true
        );

    /// <summary>One star at an edge of the left-most label, which is no A-label; at least two dots.</summary>
    private static bool MatchesPartly(string presented, string reference)
    {
        var (label, parent) = Split(presented);
        var (asked, askedParent) = Split(reference);
        var star = label.IndexOf('*', StringComparison.Ordinal);
        return star >= 0
            && label.Length > 1
            && (star == 0 || star == label.Length - 1)
            && star == label.LastIndexOf('*')
            && parent.Contains('.', StringComparison.Ordinal)
            && !parent.Contains('*', StringComparison.Ordinal)
            && string.Equals(parent, askedParent, StringComparison.OrdinalIgnoreCase)
            && !label.StartsWith(Alabel, StringComparison.OrdinalIgnoreCase)
            && !asked.StartsWith(Alabel, StringComparison.OrdinalIgnoreCase)
            && asked.Length >= label.Length - 1
            && asked.StartsWith(label[..star], StringComparison.OrdinalIgnoreCase)
            && asked.EndsWith(label[(star + 1)..], StringComparison.OrdinalIgnoreCase);
    }

    private static (string Label, string Parent) Split(string name)
    {
        var dot = name.IndexOf('.', StringComparison.Ordinal);
        return dot < 0 ? (name, "") : (name[..dot], name[(dot + 1)..]);
    }
}
