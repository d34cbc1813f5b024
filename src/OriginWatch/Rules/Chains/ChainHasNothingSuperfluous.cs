using OriginWatch.Trust;

namespace OriginWatch.Rules.Chains;

internal sealed class ChainHasNothingSuperfluous : CertificateRule
{
    public override RuleMetadata Metadata { get; } =
        new()
        {
            Id = "OW407",
            Severity = Severity.Low,
            Title = "Certificate chains should hold only the certificates they need",
            Fault = "Chain holds certificates it does not need",
            Rationale =
                "AWS asks for the chain without the root and without certificates off the path; "
                + "they make every handshake longer, and strict clients may fail on them.",
            Remediation = "Remove the certificates that are not needed from the chain.",
            Reference = new("https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/cnames-and-https-requirements.html"),
            RejectsTraffic = true,
        };

    protected override Verdict Evaluate(ChainAssessment chain, TargetObservation target, Observation observation) =>
        chain.PassUnless(ChainFaultKind.WrongTwinFirst) is Verdict.Fail twin ? twin with { Severity = twin.Severity ?? Severity.Critical }
        : chain.PassUnless(ChainFaultKind.Duplicate, ChainFaultKind.OffPath) is Verdict.Fail superfluous ? superfluous
        : new Verdict.Pass(chain.Fault(ChainFaultKind.RootSent)?.Detail);
}
