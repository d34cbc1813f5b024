using OriginWatch.Probing;

namespace OriginWatch.Rules.Reachability;

internal sealed class SharesParameters : ConnectionRule
{
    public override RuleMetadata Metadata { get; } =
        new()
        {
            Id = "OW206",
            Severity = Severity.Critical,
            Title = "Origins should support a cipher suite, group and signature scheme that CloudFront offers",
            Fault = "No common TLS parameters",
            Rationale =
                "CloudFront offers no finite-field Diffie-Hellman, no ChaCha20 below TLS 1.3, no P-521 and no Ed25519, "
                + "and returns HTTP 502 when nothing is common.",
            Remediation = "Enable ECDHE with AES-GCM, the groups P-256 or X25519, and an RSA or P-256 certificate on the origin.",
            Reference = new(
                "https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/secure-connections-supported-ciphers-cloudfront-to-origin.html"
            ),
            RejectsTraffic = true,
        };

    protected override Verdict Evaluate(ProbeResult result, TargetObservation target, Observation observation) =>
        Obstacles.Judge(
            result,
            target,
            Obstacle.Parameters,
            failure => new Verdict.Fail(failure.Detail, Remediation: Remedy(failure, target.Name.Target.ServerName))
        );

    /// <summary>The alert of a server without a certificate that it can use (none for the name, or one that the key does not belong to) is
    /// the same.</summary>
    private string? Remedy(ProbeFailure failure, string name) =>
        failure.Reason == FailureReason.AlertReceived
            ? $"{Metadata.Remediation} If that is done, "
                + $"check that the server has a certificate for {name} and that its key belongs to it: "
                + "a server that can use none sends the same alert."
            : null;
}
