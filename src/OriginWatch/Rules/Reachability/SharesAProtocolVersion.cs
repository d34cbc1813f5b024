using OriginWatch.Probing;

namespace OriginWatch.Rules.Reachability;

internal sealed class SharesAProtocolVersion : ConnectionRule
{
    public override RuleMetadata Metadata { get; } =
        new()
        {
            Id = "OW205",
            Severity = Severity.Critical,
            Title = "Origins should support a TLS version that CloudFront offers",
            Fault = "No common TLS version",
            Rationale = "CloudFront offers the versions in OriginSslProtocols and returns HTTP 502 when the origin supports none of them.",
            Remediation =
                "Enable TLS 1.2 on the origin; where that is not possible, list the version that it supports in OriginSslProtocols.",
            Reference = new("https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/http-502-bad-gateway.html"),
            RejectsTraffic = true,
        };

    protected override Verdict Evaluate(ProbeResult result, TargetObservation target, Observation observation) =>
        Obstacles.Judge(
            result,
            target,
            Obstacle.Protocol,
            failure => new Verdict.Fail($"{failure.Detail} (offered: {target.Name.Target.Protocols})")
        );
}
