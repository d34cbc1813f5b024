using OriginWatch.Text;
using OriginWatch.Trust;

namespace OriginWatch.Reporting;

/// <summary>A checked bundle in one sentence: why it is good, or the worst that is wrong.</summary>
internal static class ChainVerdict
{
    /// <summary>A fault beside those of the chain itself.</summary>
    public const string NameNotCovered = "nameNotCovered";

    public const string NameRemedy = "Have a certificate issued that covers this name too.";

    public static string Sentence(ChainCheck check)
    {
        var (chain, uncovered) = (check.Chain, check.Names.FirstOrDefault(name => !name.IsCovered));
        return check.IsGood
                ? $"CloudFront accepts this chain{(check.Names.Count > 0 ? $" for {Phrases.Enumerate([.. check.Names.Select(name => Escape.Text(name.Name))])}" : "")}."
            : !chain.IsTrusted || !check.IsWellServed ? $"CloudFront rejects this chain: {Escape.Text(chain.Faults[0].Detail)}."
            : $"CloudFront rejects this certificate for {Escape.Text(uncovered!.Name)}: {Escape.Text(Detail(check, uncovered))}.";
    }

    public static string Detail(ChainCheck check, CheckedName name) =>
        name.Match.IsMatch
            ? $"{name.Name} is covered only in a way that strict clients reject"
            : "the certificate does not cover "
                + $"{name.Name}{(check.Chain.ServerCertificate is { } leaf && leaf.DnsNames.Count > 0 ? $"; it is for {Phrases.Enumerate([.. leaf.DnsNames.Take(3)])}{(leaf.DnsNames.Count > 3 ? " and others" : "")}" : "")}";
}
