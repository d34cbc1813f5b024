using OriginWatch.Trust;

namespace OriginWatch.Rules.Chains;

internal sealed class CertificateIsNotSelfSigned : CertificateRule
{
    public override RuleMetadata Metadata { get; } =
        new()
        {
            Id = "OW401",
            Severity = Severity.Critical,
            Title = "Origin certificates should be issued by a CA",
            Fault = "Certificate is self-signed",
            Rationale = "CloudFront does not accept self-signed certificates from origins and returns HTTP 502.",
            Remediation = Remedies.PublicCertificate,
            Reference = new(
                "https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/using-https-cloudfront-to-custom-origin.html"
            ),
            RejectsTraffic = true,
        };

    protected override Verdict Evaluate(ChainAssessment chain, TargetObservation target, Observation observation) =>
        chain.PassUnless(ChainFaultKind.SelfSignedLeaf);
}
