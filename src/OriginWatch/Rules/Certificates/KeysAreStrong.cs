using OriginWatch.Rules.Chains;
using OriginWatch.Trust;

namespace OriginWatch.Rules.Certificates;

internal sealed class KeysAreStrong : CertificateRule
{
    public override RuleMetadata Metadata { get; } =
        new()
        {
            Id = "OW307",
            Severity = Severity.Medium,
            Title = "Certificate keys should be as strong as public CAs require",
            Fault = "Certificate key is weak",
            Rationale =
                "CloudFront accepts RSA keys from 1024 bits; "
                + "public CAs have certified none below 2048 bits since 2014, because such keys can be broken.",
            Remediation = "Create a new key, RSA of 2048 bits or ECDSA on P-256, and have a certificate issued for it.",
            Reference = new("https://cabforum.org/working-groups/server/baseline-requirements/requirements/"),
        };

    protected override Verdict Evaluate(ChainAssessment chain, TargetObservation target, Observation observation) =>
        chain.IfReadable(_ => chain.IfThereIsAChain(() => chain.PassUnless(ChainFaultKind.WeakKey)));
}
