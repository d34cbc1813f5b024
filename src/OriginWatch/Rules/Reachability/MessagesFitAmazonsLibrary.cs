using OriginWatch.Probing;

namespace OriginWatch.Rules.Reachability;

internal sealed class MessagesFitAmazonsLibrary : ConnectionRule
{
    /// <summary>s2n-tls verifies no more certificates than these (<c>DEFAULT_MAX_CHAIN_DEPTH</c>).</summary>
    private const int MostCertificates = 7;

    public override RuleMetadata Metadata { get; } =
        new()
        {
            Id = "OW210",
            Severity = Severity.High,
            Title = "Handshake messages should fit the limits of Amazon's TLS library",
            Fault = "Handshake message is too long",
            Rationale =
                "s2n-tls, Amazon's TLS library, which defines policies for CloudFront towards origins, "
                + "ends the handshake at a message of more than 64 KiB; viewers then get HTTP 502.",
            Remediation =
                "Send only the server's certificate and its intermediates, and shorten the list of names or of client authorities.",
            Reference = new("https://github.com/aws/s2n-tls/blob/main/tls/s2n_tls_parameters.h"),
            RejectsTraffic = true,
        };

    protected override Verdict Evaluate(ProbeResult result, TargetObservation target, Observation observation)
    {
        var longest = result.Seen.LongestHandshakeMessage;
        return Obstacles.Of(result, target) switch
        {
            // Read in full it would be the chain rules' to report; what was cut off, nobody has seen.
            Obstacle.Size when result is ProbeFailure { Reason: FailureReason.ChainTooLong } failure => new Verdict.Fail(
                $"{failure.Detail}; the first {ProbeLimits.CertificatesPerChain} were read, and the handshake was not completed"
            ),
            _ when longest > ProbeLimits.S2nHandshakeMessage && result.Seen.Chain.Count > MostCertificates => Verdict.NotReached(
                "the chain alone is too long"
            ),
            Obstacle.Size => new Verdict.Fail(((ProbeFailure)result).Detail),
            _ when longest > ProbeLimits.S2nHandshakeMessage => new Verdict.Fail(
                $"a handshake message of {longest:N0} bytes, more than the {ProbeLimits.S2nHandshakeMessage:N0} that the library would read"
            ),
            Obstacle.ClientCertificate or Obstacle.None => new Verdict.Pass(),
            _ => Obstacles.Consequence(result),
        };
    }
}
