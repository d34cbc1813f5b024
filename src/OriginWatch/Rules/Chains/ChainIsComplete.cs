using OriginWatch.Trust;

namespace OriginWatch.Rules.Chains;

internal sealed class ChainIsComplete : CertificateRule
{
    public override RuleMetadata Metadata { get; } =
        new()
        {
            Id = "OW402",
            Severity = Severity.Critical,
            Title = "Certificate chains should include every intermediate certificate",
            Fault = "Intermediate certificate is missing",
            Rationale = "CloudFront does not download missing intermediates, as browsers do, and returns HTTP 502.",
            Remediation =
                "Append the missing intermediate to the chain after the certificate that it issued; "
                + "'originwatch check-chain FILE --fix-chain' downloads it and writes the bundle.",
            Reference = new("https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/http-502-bad-gateway.html"),
            RejectsTraffic = true,
        };

    protected override bool ReportsUnfinished => true;

    protected override Verdict Evaluate(ChainAssessment chain, TargetObservation target, Observation observation) =>
        chain is { Path: null, Missing: null } && chain.Fault(ChainFaultKind.UntrustedRoot) is not null
            ? new Verdict.Pass("up to a root that is not trusted")
            : chain.IfPathWasFound(() => chain.PassUnless(ChainFaultKind.MissingIntermediate));
}
