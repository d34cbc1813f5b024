using OriginWatch.Rules.Chains;
using OriginWatch.Trust;

namespace OriginWatch.Rules.Certificates;

internal sealed class CertificateAllowsServerAuthentication : CertificateRule
{
    public override RuleMetadata Metadata { get; } =
        new()
        {
            Id = "OW309",
            Severity = Severity.Critical,
            Title = "Origin certificates should allow server authentication",
            Fault = "Certificate does not allow server authentication",
            Rationale =
                "TLS clients reject a certificate whose extended key usage lacks server authentication; CloudFront returns HTTP 502.",
            Remediation = "Have a certificate issued for server authentication (TLS web server).",
            Reference = new("https://www.rfc-editor.org/rfc/rfc5280#section-4.2.1.12"),
            RejectsTraffic = true,
        };

    protected override Verdict Evaluate(ChainAssessment chain, TargetObservation target, Observation observation) =>
        chain.IfReadable(_ => chain.IfThereIsAChain(() => chain.PassUnless(ChainFaultKind.NoServerAuth)));
}
