using OriginWatch.Probing;

namespace OriginWatch.Rules.Reachability;

internal sealed class AcceptsConnections : ConnectionRule
{
    public override RuleMetadata Metadata { get; } =
        new()
        {
            Id = "OW202",
            Severity = Severity.Critical,
            Title = "Origins should accept TCP connections",
            Fault = "Origin does not accept connections",
            Rationale = "CloudFront returns HTTP 502 when the origin refuses the connection, and 504 when nothing answers.",
            Remediation =
                "Start the server, let it listen on the origin's HTTPSPort, "
                + "and open the port to CloudFront's addresses (prefix list com.amazonaws.global.cloudfront.origin-facing).",
            Reference = new("https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/http-502-bad-gateway.html"),
            RejectsTraffic = true,
            JudgesConnecting = true,
        };

    protected override Verdict Evaluate(ProbeResult result, TargetObservation target, Observation observation) =>
        Obstacles.Judge(result, target, Obstacle.Connection, Obstacles.OfConnection) switch
        {
            Verdict.Pass => Obstacles.Connected(target.Addresses, target.AddressesFound),
            var verdict => verdict,
        };
}
