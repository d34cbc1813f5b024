using OriginWatch.Probing;

namespace OriginWatch.Rules.Reachability;

internal sealed class SpeaksTls : ConnectionRule
{
    private const int UsualTlsPort = 443;

    public override RuleMetadata Metadata { get; } =
        new()
        {
            Id = "OW204",
            Severity = Severity.Critical,
            Title = "Origins should serve TLS on their HTTPS port",
            Fault = "Origin does not serve TLS on its HTTPS port",
            Rationale = "CloudFront returns HTTP 502 when the port that it connects to over HTTPS serves anything else.",
            Remediation = "Set the origin's HTTPSPort to the port on which the server serves TLS, or turn TLS on for this port.",
            Reference = new(
                "https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/using-https-cloudfront-to-custom-origin.html"
            ),
            RejectsTraffic = true,
        };

    protected override Verdict Evaluate(ProbeResult result, TargetObservation target, Observation observation) =>
        Obstacles.Judge(
            result,
            target,
            Obstacle.Language,
            failure => new Verdict.Fail(failure.Detail, Remediation: Remedy(failure, target.Name.Target.Port))
        );

    private static string? Remedy(ProbeFailure failure, int port) =>
        failure.Seen.SpokeInstead?.StartsWith("plain HTTP", StringComparison.Ordinal) == true
            ? port == UsualTlsPort
                ? $"Turn TLS on for port {port}: the server has it as a plain HTTP port."
                : $"Set the origin's HTTPSPort to the server's TLS port (usually {UsualTlsPort}), or turn TLS on for port {port}, "
                    + "which is an HTTP port of the server."
            : null;
}
