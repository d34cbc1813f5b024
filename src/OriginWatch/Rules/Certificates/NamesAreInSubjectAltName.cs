using OriginWatch.Rules.Chains;
using OriginWatch.Trust;

namespace OriginWatch.Rules.Certificates;

internal sealed class NamesAreInSubjectAltName : CertificateRule
{
    public override RuleMetadata Metadata { get; } =
        new()
        {
            Id = "OW305",
            Severity = Severity.Low,
            Title = "Origin certificates should list their names in subjectAltName",
            Fault = "Certificate has names only in its common name",
            Rationale = "CloudFront still reads the common name where there is no subjectAltName; browsers and RFC 9525 no longer do.",
            Remediation = "Have the certificate reissued with the server's names in subjectAltName.",
            Reference = new("https://www.rfc-editor.org/rfc/rfc9525#section-2"),
        };

    protected override Verdict Evaluate(ChainAssessment chain, TargetObservation target, Observation observation) =>
        chain.IfReadable(leaf =>
            HostName.Match(leaf, target.Name.Target.ServerName).ByCommonName
                ? new Verdict.Fail($"{leaf.Description} has no subjectAltName; only its common name matches")
                : new Verdict.Pass()
        );
}
