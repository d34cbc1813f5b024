using OriginWatch.Probing;

namespace OriginWatch.Rules.Reachability;

internal sealed class AnswersTheHello : ConnectionRule
{
    public override RuleMetadata Metadata { get; } =
        new()
        {
            Id = "OW203",
            Severity = Severity.High,
            Title = "Origins should respond to a ClientHello",
            Fault = "Origin does not respond to the ClientHello",
            Rationale = "CloudFront waits for an origin that accepts the connection and stays silent, and then returns HTTP 504.",
            Remediation = "Check the process behind the port: it accepts connections and does not serve them.",
            Reference = new("https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/http-504-gateway-timeout.html"),
            RejectsTraffic = true,
        };

    protected override Verdict Evaluate(ProbeResult result, TargetObservation target, Observation observation) =>
        Obstacles.Judge(
            result,
            target,
            Obstacle.Answer,
            failure =>
                failure.Reason == FailureReason.HandshakeTimeout
                    ? new Verdict.Fail(failure.Detail)
                    : new Verdict.Undetermined(
                        $"{failure.Detail}: it admits only CloudFront's addresses, expects the PROXY protocol or "
                            + "something else than TLS, or is broken",
                        Remediation: ToJudge.Handshake
                    )
        );
}
