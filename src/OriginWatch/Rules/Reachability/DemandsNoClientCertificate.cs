using OriginWatch.Probing;

namespace OriginWatch.Rules.Reachability;

internal sealed class DemandsNoClientCertificate : ConnectionRule
{
    public override RuleMetadata Metadata { get; } =
        new()
        {
            Id = "OW209",
            Severity = Severity.Critical,
            Title = "Origins should request a client certificate only where CloudFront presents one",
            Fault = "Origin requests a client certificate",
            Rationale =
                "CloudFront drops the request when the origin requires a client certificate and origin mutual TLS is not configured.",
            Remediation =
                "Stop requiring a client certificate on this port, "
                + "or configure origin mutual TLS (OriginMtlsConfig) with a certificate that the origin trusts.",
            Reference = new(
                "https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/RequestAndResponseBehaviorCustomOrigin.html"
            ),
            RejectsTraffic = true,
        };

    protected override Verdict Evaluate(ProbeResult result, TargetObservation target, Observation observation)
    {
        if (Obstacles.Of(result, target) < Obstacle.ClientCertificate)
        {
            return Obstacles.Consequence(result);
        }

        var isDemanded = Obstacles.Of(result, target) == Obstacle.ClientCertificate;
        return (isDemanded || result.Seen.ClientCertificateRequested) switch
        {
            false => new Verdict.Pass(),
            true when ClientCertificates.IsShownByCloudFront(observation) => new Verdict.Pass(
                "requests the client certificate of origin mutual TLS"
            ),
            true when isDemanded => new Verdict.Fail($"the server requires a client certificate: {((ProbeFailure)result).Detail}"),
            true => new Verdict.Fail(
                "the server requests a client certificate and continues without one, at least through the handshake",
                Severity.Medium
            ),
        };
    }
}
