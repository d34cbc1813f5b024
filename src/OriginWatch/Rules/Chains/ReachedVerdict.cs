using OriginWatch.Trust;

namespace OriginWatch.Rules.Chains;

/// <summary>Keeps a rule from passing where the chain never came to its question.</summary>
internal static class ReachedVerdict
{
    /// <summary>For a question about the path to a root: where none was found, only its own fault is an answer.</summary>
    public static Verdict IfPathWasFound(this ChainAssessment chain, Func<Verdict> judge) =>
        judge() is Verdict.Fail fail ? fail
        : chain.Path is null ? Verdict.NotReached(WhyNot(chain))
        : judge();

    /// <summary>For a question about the list as it was sent: a self-signed or unreadable certificate makes no chain.</summary>
    public static Verdict IfThereIsAChain(this ChainAssessment chain, Func<Verdict> judge) =>
        chain.ServerCertificate is not { ParseError: null } || chain.Fault(ChainFaultKind.SelfSignedLeaf) is not null
            ? Verdict.NotReached(WhyNot(chain))
            : judge();

    private static string WhyNot(ChainAssessment chain) =>
        chain.Diagnosis switch
        {
            ChainFaultKind.SelfSignedLeaf => "not tested: the certificate is self-signed, so that there is no chain",
            ChainFaultKind.NoCertificate => "not tested: the server sent no certificate",
            ChainFaultKind.Unparseable => "not tested: a certificate cannot be read",
            ChainFaultKind.MissingIntermediate => "not tested: an intermediate certificate is missing",
            _ => "not tested: no path to a root was found",
        };
}
