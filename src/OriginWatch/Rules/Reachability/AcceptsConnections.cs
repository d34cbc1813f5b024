using OriginWatch.Probing;

namespace OriginWatch.Rules.Reachability;

internal sealed class AcceptsConnections : ConnectionRule
{
    public override RuleMetadata Metadata { get; } = new()
    {
        Id = "OW202",
        Severity = Severity.Critical,
        Title = "The origin accepts TCP connections on its port",
        Rationale = "CloudFront answers 502 when the origin refuses the connection, and 504 when nobody answers.",
        Remediation = "Start the server, let it listen on the origin's HTTPSPort, and open the port to CloudFront's addresses (prefix list com.amazonaws.global.cloudfront.origin-facing).",
        Reference = new("https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/http-502-bad-gateway.html"),
        RejectsTraffic = true,
    };

    protected override Verdict Evaluate(ProbeResult result, TargetObservation target, Observation observation)
        => Obstacles.Judge(result, Obstacle.Connection, failure => failure.Reason switch
        {
            FailureReason.ConnectionRefused => new Verdict.Fail(failure.Detail),
            FailureReason.ConnectTimeout or FailureReason.ConnectionReset
                => new Verdict.Undetermined($"{failure.Detail}: the server is down, or it admits only CloudFront's addresses, which cannot be told from here"),
            _ => new Verdict.Undetermined(failure.Detail),
        }) switch
        {
            Verdict.Pass when target.Addresses.Count(AddressVote.HasNoRoute) is > 0 and var unseen => new Verdict.Pass($"{unseen} of {target.Addresses.Count} addresses not judged from here: no route for IPv6"),
            Verdict.Pass when target.AddressesFound > target.Addresses.Count => new Verdict.Pass($"{target.Addresses.Count} of the name's {target.AddressesFound} addresses were looked at"),
            var verdict => verdict,
        };
}
