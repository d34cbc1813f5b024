using OriginWatch.Trust;

namespace OriginWatch.Rules.Chains;

/// <summary>Turns the faults that the trust room found into a verdict.</summary>
internal static class FaultVerdict
{
    private const int Shown = 3;
    public const string AmazonAlone = "s2n-tls, Amazon's TLS library, rejects it; OpenSSL does not";

    /// <summary>
    /// Fails with the evidence of all faults of these kinds, and the remedy of the first; passes when there is none.
    /// What s2n-tls alone refuses is High: whether CloudFront runs its defaults is not published.
    /// </summary>
    public static Verdict PassUnless(this ChainAssessment chain, params ReadOnlySpan<ChainFaultKind> kinds)
    {
        var faults = new List<ChainFault>();
        foreach (var fault in chain.Faults)
        {
            if (kinds.Contains(fault.Kind))
            {
                faults.Add(fault);
            }
        }

        if (faults.Count == 0)
        {
            return new Verdict.Pass();
        }

        var isAmazonAlone = faults.TrueForAll(fault => fault.Who == RejectedBy.AmazonAlone);
        return isAmazonAlone
            ? new Verdict.Fail($"{Join(faults)} ({AmazonAlone})", Severity.High, faults[0].Remedy)
            : new Verdict.Fail(Join(faults), Remediation: faults[0].Remedy);
    }

    /// <summary>The same for what can only be said of a certificate that could be read; OW410 reports the one that could not.</summary>
    public static Verdict IfReadable(this ChainAssessment chain, Func<ServedCertificate, Verdict> judge) =>
        chain.ServerCertificate is { ParseError: null } leaf ? judge(leaf) : Verdict.NotReached("the server's certificate cannot be read");

    private static string Join(List<ChainFault> faults)
    {
        var shown = string.Join("; ", faults.Take(Shown).Select(fault => fault.Detail));
        return faults.Count <= Shown ? shown : $"{shown}; and {faults.Count - Shown} more";
    }
}
