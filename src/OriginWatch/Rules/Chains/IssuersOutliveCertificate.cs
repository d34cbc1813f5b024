using OriginWatch.Trust;

namespace OriginWatch.Rules.Chains;

internal sealed class IssuersOutliveCertificate : CertificateRule
{
    public override RuleMetadata Metadata { get; } =
        new()
        {
            Id = "OW408",
            Severity = Severity.Medium,
            Title = "Intermediates should not expire before the origin's certificate",
            Fault = "An issuer expires before the certificate",
            Rationale = "When an intermediate expires, CloudFront returns HTTP 502 although the server's own certificate is still valid.",
            Remediation = "Get the CA's current chain and install it.",
            Reference = new("https://www.rfc-editor.org/rfc/rfc5280#section-6.1.3"),
            Topic = RuleTopic.Expiry,
        };

    protected override Verdict Evaluate(ChainAssessment chain, TargetObservation target, Observation observation) =>
        chain.IfPathWasFound(() => chain.PassUnless(ChainFaultKind.IntermediateExpiresFirst));
}
