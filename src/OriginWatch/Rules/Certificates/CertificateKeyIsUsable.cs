using OriginWatch.Rules.Chains;
using OriginWatch.Trust;

namespace OriginWatch.Rules.Certificates;

internal sealed class CertificateKeyIsUsable : CertificateRule
{
    public override RuleMetadata Metadata { get; } =
        new()
        {
            Id = "OW306",
            Severity = Severity.Critical,
            Title = "Keys of origin certificates should be of a kind that CloudFront supports",
            Fault = "Key is not supported by CloudFront",
            Rationale =
                "CloudFront supports RSA keys of 1024 to 4096 bits and ECDSA keys on P-256 and P-384; "
                + "with any other key the handshake fails and viewers get HTTP 502.",
            Remediation = "Create a new key, RSA of 2048 to 4096 bits or ECDSA on P-256 or P-384, and have a certificate issued for it.",
            Reference = new("https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/cnames-and-https-requirements.html"),
            RejectsTraffic = true,
        };

    protected override Verdict Evaluate(ChainAssessment chain, TargetObservation target, Observation observation) =>
        chain.IfReadable(_ => chain.PassUnless(ChainFaultKind.KeyNotUsable));
}
