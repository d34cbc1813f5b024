using OriginWatch.Rules.Chains;
using OriginWatch.Trust;

namespace OriginWatch.Rules.Certificates;

internal sealed class CertificateAllowsServerAuthentication : CertificateRule
{
    public override RuleMetadata Metadata { get; } = new()
    {
        Id = "OW309",
        Severity = Severity.Critical,
        Title = "The certificates may be used for TLS servers",
        Rationale = "A certificate whose extended key usage lacks server authentication is refused by TLS clients; CloudFront answers 502.",
        Remediation = "Have a certificate issued for server authentication (TLS web server).",
        Reference = new("https://www.rfc-editor.org/rfc/rfc5280#section-4.2.1.12"),
        RejectsTraffic = true,
    };

    protected override Verdict Evaluate(ChainAssessment chain, TargetObservation target, Observation observation)
        => chain.IfReadable(_ => chain.IfThereIsAChain(() => chain.PassUnless(ChainFaultKind.NoServerAuth)));
}
