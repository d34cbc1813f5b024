using OriginWatch.Trust;

namespace OriginWatch.Rules.Chains;

internal sealed class ChainIsShort : CertificateRule
{
    public override RuleMetadata Metadata { get; } =
        new()
        {
            Id = "OW406",
            Severity = Severity.High,
            Title = "Certificate chains should have at most seven certificates",
            Fault = "Chain is too long",
            Rationale =
                "By default s2n-tls, the TLS library that AWS publishes for its services, reads no chain of more than seven certificates.",
            Remediation = "Send the server's certificate and its intermediates, nothing else.",
            Reference = new("https://github.com/aws/s2n-tls/blob/main/tls/s2n_x509_validator.c"),
            RejectsTraffic = true,
        };

    protected override Verdict Evaluate(ChainAssessment chain, TargetObservation target, Observation observation) =>
        chain.PassUnless(ChainFaultKind.TooManyCertificates);
}
