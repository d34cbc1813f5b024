using OriginWatch.Trust;

namespace OriginWatch.Rules.Chains;

internal sealed class ChainIsInOrder : CertificateRule
{
    public override RuleMetadata Metadata { get; } =
        new()
        {
            Id = "OW405",
            Severity = Severity.Critical,
            Title = "Certificate chains should be in order, the server's certificate first",
            Fault = "Chain order is wrong",
            Rationale = "CloudFront returns HTTP 502 when the certificates of the chain are in the wrong order.",
            Remediation = "Put the server's certificate first and after each certificate the one that issued it, then reload the server.",
            Reference = new("https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/http-502-bad-gateway.html"),
            RejectsTraffic = true,
        };

    protected override Verdict Evaluate(ChainAssessment chain, TargetObservation target, Observation observation) =>
        chain.IfThereIsAChain(() => chain.PassUnless(ChainFaultKind.LeafNotFirst, ChainFaultKind.OutOfOrder));
}
