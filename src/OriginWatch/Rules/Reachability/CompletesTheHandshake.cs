using OriginWatch.Probing;
using OriginWatch.Tls;

namespace OriginWatch.Rules.Reachability;

internal sealed class CompletesTheHandshake : ConnectionRule
{
    public override RuleMetadata Metadata { get; } =
        new()
        {
            Id = "OW207",
            Severity = Severity.Critical,
            Title = "Origins should complete the TLS handshake",
            Fault = "TLS handshake fails",
            Rationale = "CloudFront drops the connection and returns HTTP 502 when the handshake fails.",
            Remediation = "Check the server's error log for the moment of the probe: it says why the server ended the handshake.",
            Reference = new("https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/http-502-bad-gateway.html"),
            RejectsTraffic = true,
        };

    protected override Verdict Evaluate(ProbeResult result, TargetObservation target, Observation observation)
    {
        if (Obstacles.Of(result, target) == Obstacle.ClientCertificate)
        {
            return ClientCertificates.IsShownByCloudFront(observation)
                ? new Verdict.Pass("evaluated up to the client certificate, which only CloudFront has") { WithoutHandshake = true }
                : Obstacles.Consequence(result);
        }

        return Obstacles.Judge(result, target, Obstacle.Handshake, Failed) switch
        {
            Verdict.Pass when AmazonAlone.Warning(result) is { Number: not TlsAlerts.UnrecognizedName } warning => new Verdict.Fail(
                $"the server sends alert {warning.Number} ({warning.Name}) as a warning and continues ({AmazonAlone.EndsAtAlerts})",
                Severity.High,
                HandshakeRemedy.SendNoWarnings
            ),
            Verdict.Pass when ClientProfile.NewerOnly(result.Seen) is { } newer && result is Probing.Handshake => new Verdict.Pass(
                $"negotiated {newer}, which AWS's page of ciphers towards origins does not list but newer CloudFront offers"
            ),
            var verdict => verdict,
        };
    }

    private static Verdict.Fail Failed(ProbeFailure failure) =>
        failure.Reason switch
        {
            FailureReason.HandshakeTimeout => new(failure.Detail, Severity.High), // CloudFront answers 504 after waiting
            FailureReason.UnsupportedRetry => new(
                $"{failure.Detail} ({AmazonAlone.EndsAtCookies})",
                Severity.High,
                HandshakeRemedy.Of(failure.Reason)
            ),
            _ => new(failure.Detail, Remediation: HandshakeRemedy.Of(failure.Reason)),
        };
}
