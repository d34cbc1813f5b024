using OriginWatch.Targets;

namespace OriginWatch.Rules.Configuration;

internal sealed class HostForwardingIsKnown : OriginRule
{
    public override RuleMetadata Metadata { get; } = new()
    {
        Id = "OW114",
        Severity = Severity.Low,
        Title = "It is known whether the viewer's Host header reaches the origin",
        Rationale = "The Host header decides which name CloudFront asks the origin for; without the policy both names are probed, and what differs between them cannot be judged.",
        Remediation = "Allow cloudfront:GetCachePolicy and cloudfront:GetOriginRequestPolicy, or read the account instead of a saved listing, which holds no policies.",
        Reference = new("https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/controlling-origin-requests.html"),
    };

    protected override Verdict Evaluate(Observation observation) => observation.Planned switch
    {
        { NotProbedBecause: not null } => new Verdict.NotApplicable("it is not probed"),
        { HostForwarding: HostForwarding.Unknown } use => new Verdict.Fail($"Host forwarding unknown: {use.HostForwardingReason}"),
        _ => new Verdict.Pass(),
    };
}
