using OriginWatch.Rules.Chains;
using OriginWatch.Trust;

namespace OriginWatch.Rules.Certificates;

internal sealed class CertificateIsYetValid : CertificateRule
{
    public override RuleMetadata Metadata { get; } =
        new()
        {
            Id = "OW302",
            Severity = Severity.Critical,
            Title = "Origin certificates should already be valid",
            Fault = "Certificate is not yet valid",
            Rationale = "CloudFront returns HTTP 502 until a certificate's validity period begins.",
            Remediation =
                "Install a certificate that is valid now, or wait until this one is; check the clock of the machine that issued it.",
            Reference = new("https://www.rfc-editor.org/rfc/rfc5280#section-4.1.2.5"),
            RejectsTraffic = true,
        };

    protected override Verdict Evaluate(ChainAssessment chain, TargetObservation target, Observation observation) =>
        chain.IfReadable(_ => chain.PassUnless(ChainFaultKind.NotYetValid));
}
