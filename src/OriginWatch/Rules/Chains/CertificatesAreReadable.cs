using OriginWatch.Trust;

namespace OriginWatch.Rules.Chains;

internal sealed class CertificatesAreReadable : CertificateRule
{
    public override RuleMetadata Metadata { get; } =
        new()
        {
            Id = "OW410",
            Severity = Severity.Critical,
            Title = "Certificates should be readable",
            Fault = "Certificate cannot be parsed",
            Rationale = "Without a certificate that can be parsed the handshake fails; CloudFront returns HTTP 502.",
            Remediation = "Install the certificate and its chain as complete PEM or DER files and reload the server.",
            Reference = new("https://www.rfc-editor.org/rfc/rfc5280#section-4.1"),
            RejectsTraffic = true,
        };

    protected override Verdict Evaluate(ChainAssessment chain, TargetObservation target, Observation observation) =>
        chain.PassUnless(ChainFaultKind.NoCertificate, ChainFaultKind.Unparseable);
}
