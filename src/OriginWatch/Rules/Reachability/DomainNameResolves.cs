using OriginWatch.Probing;

namespace OriginWatch.Rules.Reachability;

internal sealed class DomainNameResolves : ConnectionRule
{
    public override RuleMetadata Metadata { get; } =
        new()
        {
            Id = "OW201",
            Severity = Severity.Critical,
            Title = "Origin domains should resolve to addresses of the family that CloudFront uses",
            Fault = "Origin domain does not resolve",
            Rationale = "CloudFront resolves origin domains in public DNS and returns HTTP 502 when there is no address.",
            Remediation = Obstacles.CreateRecord,
            Reference = new("https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/http-502-bad-gateway.html"),
            RejectsTraffic = true,
            JudgesConnecting = true,
        };

    protected override bool NeedsTls => false;

    protected override Verdict Evaluate(ProbeResult result, TargetObservation target, Observation observation) =>
        Obstacles.Judge(result, target, Obstacle.Name, failure => Obstacles.OfName(failure, target.Name.Target));
}
