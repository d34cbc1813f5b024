using OriginWatch.Rules.Chains;
using OriginWatch.Trust;

namespace OriginWatch.Rules.Certificates;

internal sealed class CertificateIsNotExpired : CertificateRule
{
    public override RuleMetadata Metadata { get; } =
        new()
        {
            Id = "OW301",
            Severity = Severity.Critical,
            Title = "Origin certificates should not be expired",
            Fault = "Certificate expired",
            Rationale = "CloudFront returns HTTP 502 when a certificate in the chain has expired.",
            Remediation =
                $"Renew the certificate on the origin, install it with its intermediates and reload the server. {Remedies.Renewal}",
            Reference = new("https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/http-502-bad-gateway.html"),
            RejectsTraffic = true,
        };

    protected override Verdict Evaluate(ChainAssessment chain, TargetObservation target, Observation observation) =>
        chain.IfReadable(_ =>
            chain.PassUnless(ChainFaultKind.Expired) is Verdict.Fail fail
                ? fail with
                {
                    Since = chain.FirstToExpire?.NotAfter,
                }
                : new Verdict.Pass()
        );
}
