using System.Net;
using OriginWatch.Text;
using OriginWatch.Trust.X509;

namespace OriginWatch.Trust.Paths;

/// <summary>Are the names of a certificate within what a CA above it may certify (RFC 5280, section 4.2.1.10)?</summary>
internal static class NameConstraintCheck
{
    /// <summary>Null when they are; otherwise why not, as a clause.</summary>
    public static string? Violation(ParsedCertificate certificate, NameConstraints constraints, bool isLeaf, WorkBudget budget)
    {
        var names = NamesOf(certificate, isLeaf);
        if (!budget.TakeComparisons(Comparisons(names.Count, constraints.Count)))
        {
            return "too many names and name constraints to compare";
        }

        return Check("DNS name", names.Dns, constraints, subtrees => subtrees.Dns, DnsIsWithin, DnsMayBeWithin)
            ?? Check("IP address", names.Ips, constraints, subtrees => subtrees.Ips, IpIsWithin, IpIsWithin)
            ?? Check("e-mail address", names.Emails, constraints, subtrees => subtrees.Emails, EmailIsWithin, EmailIsWithin)
            ?? Check("URI", names.Uris, constraints, subtrees => subtrees.Uris, UriIsWithin, UriIsWithin)
            ?? Check("directory name", names.Directories, constraints, subtrees => subtrees.Directories, (name, subtree) => name.IsWithin(subtree), (name, subtree) => name.IsWithin(subtree))
            ?? CheckOthers(names, constraints);
    }

    private static int Comparisons(int names, int constraints) => (int)Math.Min(int.MaxValue / 2, (long)names * constraints);

    private static string? Check<TName, TSubtree>(string what, List<TName> names, NameConstraints constraints, Func<Subtrees, List<TSubtree>> of, Func<TName, TSubtree, bool> isWithin, Func<TName, TSubtree, bool> mayBeWithin)
    {
        var permitted = constraints.Permitted is { } allowed ? of(allowed) : [];
        var excluded = constraints.Excluded is { } forbidden ? of(forbidden) : [];
        foreach (var name in names)
        {
            if (excluded.Exists(subtree => mayBeWithin(name, subtree)))
            {
                return $"{what} {Describe.Name($"{name}")} is excluded";
            }

            if (permitted.Count > 0 && !permitted.Exists(subtree => isWithin(name, subtree)))
            {
                return $"{what} {Describe.Name($"{name}")} is not permitted";
            }
        }

        return null;
    }

    /// <summary>Forms of names that are not compared: where both sides have one, it cannot be known to be permitted.</summary>
    private static string? CheckOthers(GeneralNames names, NameConstraints constraints)
        => names.Others.Exists(form => constraints.Permitted?.Others.Contains(form) == true || constraints.Excluded?.Others.Contains(form) == true)
            ? "a name of a form that is not compared is constrained"
            : null;

    private static GeneralNames NamesOf(ParsedCertificate certificate, bool isLeaf)
    {
        var names = certificate.Extensions.SubjectAltNames;
        var all = new GeneralNames();
        if (names is not null)
        {
            all.AddAll(names);
        }

        if (!certificate.Subject.IsEmpty)
        {
            all.Directories.Add(certificate.Subject);
            all.Emails.AddRange(certificate.Subject.Emails);
        }

        // Where clients fall back to the common name, it must obey as well.
        if (isLeaf && certificate.Subject.CommonName is { } commonName && (names is null || names.Dns.Count + names.Ips.Count + names.Uris.Count == 0) && HostName.ParseIp(commonName) is null && commonName.Contains('.', StringComparison.Ordinal))
        {
            all.Dns.Add(commonName);
        }

        return all;
    }

    private static bool DnsIsWithin(string name, string subtree)
    {
        if (subtree.StartsWith('.'))
        {
            return name.Length > subtree.Length && name.EndsWith(subtree, StringComparison.OrdinalIgnoreCase);
        }

        return subtree.Length == 0
            || string.Equals(name, subtree, StringComparison.OrdinalIgnoreCase)
            || (name.Length > subtree.Length && name[^(subtree.Length + 1)] == '.' && name.EndsWith(subtree, StringComparison.OrdinalIgnoreCase));
    }

    /// <summary>A wildcard stands for names that an exclusion may hit although the wildcard's own text does not (CVE-2025-61727).</summary>
    private static bool DnsMayBeWithin(string name, string subtree)
        => DnsIsWithin(name, subtree)
            || (name.StartsWith("*.", StringComparison.Ordinal)
                && subtree.Length > name.Length - 1
                && subtree.EndsWith(name[1..], StringComparison.OrdinalIgnoreCase)
                && !subtree.AsSpan(0, subtree.Length - name.Length + 1).TrimStart('.').Contains('.'));

    private static bool IpIsWithin(IPAddress name, AddressRange range)
    {
        Span<byte> octets = stackalloc byte[16];
        if (!name.TryWriteBytes(octets, out var length) || length != range.Base.Length)
        {
            return false;
        }

        for (var index = 0; index < length; index++)
        {
            if (((octets[index] ^ range.Base.Span[index]) & range.Mask.Span[index]) != 0)
            {
                return false;
            }
        }

        return true;
    }

    private static bool EmailIsWithin(string name, string subtree)
    {
        var at = name.LastIndexOf('@');
        var host = name[(at + 1)..];
        var subtreeAt = subtree.LastIndexOf('@');
        if (subtreeAt >= 0)
        {
            return at >= 0 && string.Equals(name[..at], subtree[..subtreeAt], StringComparison.Ordinal) && string.Equals(host, subtree[(subtreeAt + 1)..], StringComparison.OrdinalIgnoreCase);
        }

        return HostIsWithin(host, subtree);
    }

    private static bool UriIsWithin(string name, string subtree)
        => Uri.TryCreate(name, UriKind.Absolute, out var uri) && uri.HostNameType == UriHostNameType.Dns && HostIsWithin(uri.Host, subtree);

    /// <summary>For e-mail and URI a name without a leading dot is that host alone.</summary>
    private static bool HostIsWithin(string host, string subtree)
        => subtree.StartsWith('.') ? DnsIsWithin(host, subtree) : subtree.Length == 0 || string.Equals(host, subtree, StringComparison.OrdinalIgnoreCase);
}
