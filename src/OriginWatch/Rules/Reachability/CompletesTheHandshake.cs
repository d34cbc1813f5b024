using OriginWatch.Probing;

namespace OriginWatch.Rules.Reachability;

internal sealed class CompletesTheHandshake : ConnectionRule
{
    public override RuleMetadata Metadata { get; } = new()
    {
        Id = "OW207",
        Severity = Severity.Critical,
        Title = "The origin completes the TLS handshake",
        Rationale = "CloudFront drops the connection and answers 502 when the handshake fails.",
        Remediation = "Look into the server's error log for the moment of the probe: it says why the server ended the handshake.",
        Reference = new("https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/http-502-bad-gateway.html"),
        RejectsTraffic = true,
    };

    protected override Verdict Evaluate(ProbeResult result, TargetObservation target, Observation observation)
    {
        if (Obstacles.Of(result, target) == Obstacle.ClientCertificate)
        {
            return ClientCertificates.IsShownByCloudFront(observation)
                ? new Verdict.Pass("judged up to the client certificate, which only CloudFront holds") { WithoutHandshake = true }
                : Obstacles.Consequence(result);
        }

        return Obstacles.Judge(result, target, Obstacle.Handshake, failure => failure.Reason == FailureReason.HandshakeTimeout
            ? new Verdict.Fail(failure.Detail, Severity.High) // CloudFront answers 504 after waiting
            : new Verdict.Fail(failure.Detail)) switch
        {
            Verdict.Pass when ClientProfile.NewerOnly(result.Seen) is { } newer && result is Probing.Handshake => new Verdict.Pass($"negotiated {newer}, which AWS's page of ciphers towards origins does not list but newer CloudFront offers"),
            var verdict => verdict,
        };
    }
}
