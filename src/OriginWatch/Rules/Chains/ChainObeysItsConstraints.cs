using OriginWatch.Trust;

namespace OriginWatch.Rules.Chains;

internal sealed class ChainObeysItsConstraints : CertificateRule
{
    public override RuleMetadata Metadata { get; } =
        new()
        {
            Id = "OW409",
            Severity = Severity.Critical,
            Title = "Certificates should be allowed to issue the one below them",
            Fault = "Chain breaks its own constraints",
            Rationale =
                "A signature that does not verify, an issuer that is no CA or may not issue these names, "
                + "or an unknown critical extension breaks the path; CloudFront returns HTTP 502.",
            Remediation = "Install the chain that the CA provides for exactly this certificate.",
            Reference = new("https://www.rfc-editor.org/rfc/rfc5280#section-6"),
            RejectsTraffic = true,
        };

    protected override Verdict Evaluate(ChainAssessment chain, TargetObservation target, Observation observation) =>
        chain.IfPathWasFound(() => chain.PassUnless(ChainFaultKind.InvalidPath));
}
