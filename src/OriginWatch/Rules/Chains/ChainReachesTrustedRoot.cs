using OriginWatch.Trust;

namespace OriginWatch.Rules.Chains;

internal sealed class ChainReachesTrustedRoot : CertificateRule
{
    public override RuleMetadata Metadata { get; } = new()
    {
        Id = "OW403",
        Severity = Severity.Critical,
        Title = "The chain ends in a root that Mozilla trusts",
        Rationale = "CloudFront trusts the CAs on Mozilla's list and no others; a private CA cannot be added, and viewers get 502.",
        Remediation = "Have the certificate issued by a CA on Mozilla's list.",
        Reference = new("https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/using-https-cloudfront-to-custom-origin.html"),
        RejectsTraffic = true,
    };

    protected override Verdict Evaluate(ChainAssessment chain, TargetObservation target, Observation observation)
        => chain.IfPathWasFound(() => chain.PassUnless(ChainFaultKind.UntrustedRoot));
}
