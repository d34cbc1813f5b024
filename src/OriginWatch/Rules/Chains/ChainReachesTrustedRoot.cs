using OriginWatch.Trust;

namespace OriginWatch.Rules.Chains;

internal sealed class ChainReachesTrustedRoot : CertificateRule
{
    public override RuleMetadata Metadata { get; } =
        new()
        {
            Id = "OW403",
            Severity = Severity.Critical,
            Title = "Certificate chains should end in a root that Mozilla trusts",
            Fault = "Root is not in Mozilla's list",
            Rationale = "CloudFront trusts the CAs in Mozilla's list and no others: private CAs cannot be added, and viewers get HTTP 502.",
            Remediation = "Have the certificate issued by a CA in Mozilla's list.",
            Reference = new(
                "https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/using-https-cloudfront-to-custom-origin.html"
            ),
            RejectsTraffic = true,
        };

    protected override Verdict Evaluate(ChainAssessment chain, TargetObservation target, Observation observation) =>
        chain.IfPathWasFound(() => chain.PassUnless(ChainFaultKind.UntrustedRoot));
}
