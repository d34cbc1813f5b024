using OriginWatch.Rules.Chains;
using OriginWatch.Trust;

namespace OriginWatch.Rules.Certificates;

internal sealed class SignaturesAreStrong : CertificateRule
{
    public override RuleMetadata Metadata { get; } = new()
    {
        Id = "OW308",
        Severity = Severity.Medium,
        Title = "The certificates are signed with SHA-256 or better",
        Rationale = "SHA-1 and MD5 can be forged: Mozilla trusts no certificate signed with either, and a TLS library that CloudFront moves to may refuse it too.",
        Remediation = "Have the certificate issued again by a CA that signs with SHA-256.",
        Reference = new("https://cabforum.org/working-groups/server/baseline-requirements/requirements/"),
    };

    protected override Verdict Evaluate(ChainAssessment chain, TargetObservation target, Observation observation)
        => chain.IfReadable(_ => chain.IfThereIsAChain(() => chain.PassUnless(ChainFaultKind.WeakSignature)));
}
