using OriginWatch.Rules.Chains;
using OriginWatch.Trust;

namespace OriginWatch.Rules.Certificates;

internal sealed class CertificateIsYetValid : CertificateRule
{
    public override RuleMetadata Metadata { get; } = new()
    {
        Id = "OW302",
        Severity = Severity.Critical,
        Title = "The certificates that the origin sends are already valid",
        Rationale = "CloudFront answers 502 while the validity of a certificate has not begun.",
        Remediation = "Serve the certificate that is valid now until then; check the clock of the machine that issued it.",
        Reference = new("https://www.rfc-editor.org/rfc/rfc5280#section-4.1.2.5"),
        RejectsTraffic = true,
    };

    protected override Verdict Evaluate(ChainAssessment chain, TargetObservation target, Observation observation)
        => chain.IfReadable(_ => chain.PassUnless(ChainFaultKind.NotYetValid));
}
