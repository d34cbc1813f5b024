using OriginWatch.Probing;

namespace OriginWatch.Rules.Reachability;

internal sealed class DomainNameResolves : ConnectionRule
{
    public override RuleMetadata Metadata { get; } = new()
    {
        Id = "OW201",
        Severity = Severity.Critical,
        Title = "The origin's domain name resolves to an address of the family that CloudFront wants",
        Rationale = "CloudFront looks origins up in public DNS and answers 502 when it finds no address.",
        Remediation = "Create the DNS record, or set the origin's DomainName to a name that exists.",
        Reference = new("https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/http-502-bad-gateway.html"),
        RejectsTraffic = true,
    };

    protected override bool NeedsTls => false;

    protected override Verdict Evaluate(ProbeResult result, TargetObservation target, Observation observation)
        => Obstacles.Judge(result, Obstacle.Name, failure => failure.Reason switch
        {
            FailureReason.NoAddressOfFamily => new Verdict.Fail(failure.Detail, Remediation: $"Create the missing record, or change the origin's IpAddressType from {target.Name.Target.IpAddressType} to a family that the name has."),
            FailureReason.InvalidName or FailureReason.NameNotFound => new Verdict.Fail(failure.Detail),
            _ => new Verdict.Undetermined(failure.Detail),
        });
}
