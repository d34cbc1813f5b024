using OriginWatch.Rules.Chains;
using OriginWatch.Trust;

namespace OriginWatch.Rules.Certificates;

internal sealed class NamesAreInSubjectAltName : CertificateRule
{
    public override RuleMetadata Metadata { get; } = new()
    {
        Id = "OW305",
        Severity = Severity.Low,
        Title = "The certificate names its server in subjectAltName, not in the common name alone",
        Rationale = "CloudFront still reads the common name where there is no subjectAltName; browsers and RFC 9525 no longer do.",
        Remediation = "Have the certificate issued again with the server's names in subjectAltName.",
        Reference = new("https://www.rfc-editor.org/rfc/rfc9525#section-2"),
    };

    protected override Verdict Evaluate(ChainAssessment chain, TargetObservation target, Observation observation)
        => chain.IfReadable(leaf => HostName.Match(leaf, target.Name.Target.ServerName).ByCommonName
            ? new Verdict.Fail($"{leaf.Description} has no subjectAltName; only its common name matches")
            : new Verdict.Pass());
}
