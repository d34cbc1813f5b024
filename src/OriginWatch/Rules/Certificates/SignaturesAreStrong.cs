using OriginWatch.Rules.Chains;
using OriginWatch.Trust;

namespace OriginWatch.Rules.Certificates;

internal sealed class SignaturesAreStrong : CertificateRule
{
    public override RuleMetadata Metadata { get; } =
        new()
        {
            Id = "OW308",
            Severity = Severity.Medium,
            Title = "Certificates should be signed with SHA-256 or better",
            Fault = "Certificate has a weak signature",
            Rationale =
                "SHA-1 and MD5 signatures can be forged: "
                + "Mozilla trusts neither, and a newer TLS library in CloudFront may reject them too.",
            Remediation = "Have the certificate reissued by a CA that signs with SHA-256.",
            Reference = new("https://cabforum.org/working-groups/server/baseline-requirements/requirements/"),
        };

    protected override Verdict Evaluate(ChainAssessment chain, TargetObservation target, Observation observation) =>
        chain.IfReadable(_ => chain.IfThereIsAChain(() => chain.PassUnless(ChainFaultKind.WeakSignature)));
}
