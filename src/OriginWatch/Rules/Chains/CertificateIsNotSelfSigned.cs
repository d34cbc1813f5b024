using OriginWatch.Trust;

namespace OriginWatch.Rules.Chains;

internal sealed class CertificateIsNotSelfSigned : CertificateRule
{
    public override RuleMetadata Metadata { get; } = new()
    {
        Id = "OW401",
        Severity = Severity.Critical,
        Title = "The origin's certificate is issued by a CA",
        Rationale = "CloudFront never accepts a self-signed certificate from an origin and answers 502.",
        Remediation = Remedies.PublicCertificate,
        Reference = new("https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/using-https-cloudfront-to-custom-origin.html"),
        RejectsTraffic = true,
    };

    protected override Verdict Evaluate(ChainAssessment chain, TargetObservation target, Observation observation)
        => chain.PassUnless(ChainFaultKind.SelfSignedLeaf);
}
