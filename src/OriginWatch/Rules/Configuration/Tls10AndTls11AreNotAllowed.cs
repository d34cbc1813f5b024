using OriginWatch.Probing;
using OriginWatch.Tls;

namespace OriginWatch.Rules.Configuration;

internal sealed class Tls10AndTls11AreNotAllowed : OriginRule
{
    public override RuleMetadata Metadata { get; } =
        new()
        {
            Id = "OW104",
            Severity = Severity.Medium,
            Title = "Origins should not allow TLS 1.0 and TLS 1.1",
            Fault = "TLS 1.0 or TLS 1.1 is allowed",
            Rationale = "Both versions are deprecated (RFC 8996): an on-path attacker can force a downgrade.",
            Remediation = "Set OriginSslProtocols to TLSv1.2 once the origin is seen to accept it; CloudFront then offers TLS 1.3 as well.",
            Reference = new("https://www.rfc-editor.org/rfc/rfc8996"),
        };

    protected override Verdict Evaluate(Observation observation) =>
        OriginConnection.JudgeTls(
            observation.Planned,
            connection =>
                connection.SslProtocols.Where(protocol => protocol is TlsProtocol.Tls10 or TlsProtocol.Tls11).ToList() is { Count: > 0 } old
                    ? new Verdict.Fail(
                        $"OriginSslProtocols lists {new ProtocolSet(old)}{(connection.SslProtocols.Contains(TlsProtocol.Tls12) ? "" : " and not TLSv1.2")}",
                        Remediation: Remedy.Set(
                            observation.Planned,
                            "Set OriginSslProtocols to TLSv1.2 once the origin is seen to accept it.",
                            Setting.SslProtocols("TLSv1.2")
                        )
                    )
                    : new Verdict.Pass()
        );
}
