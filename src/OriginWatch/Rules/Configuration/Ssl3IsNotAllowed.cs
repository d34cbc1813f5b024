using OriginWatch.Probing;
using OriginWatch.Tls;

namespace OriginWatch.Rules.Configuration;

internal sealed class Ssl3IsNotAllowed : OriginRule
{
    public override RuleMetadata Metadata { get; } =
        new()
        {
            Id = "OW103",
            Severity = Severity.Medium,
            Title = "Origins should not allow SSLv3",
            Fault = "SSLv3 is allowed",
            Rationale =
                "SSLv3 is broken (RFC 7568), and AWS documents that with it in the list CloudFront offers only SSLv3 to the origin.",
            Remediation = "Remove SSLv3 from OriginSslProtocols; TLSv1.2 is enough for any maintained server.",
            Reference = new(
                "https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/using-https-cloudfront-to-custom-origin.html"
            ),
            SecurityHubControl = "CloudFront.10",
        };

    protected override Verdict Evaluate(Observation observation) =>
        OriginConnection.JudgeTls(
            observation.Planned,
            connection =>
            {
                if (!connection.SslProtocols.Contains(TlsProtocol.Ssl3))
                {
                    return new Verdict.Pass();
                }

                var rest = connection
                    .SslProtocols.Where(protocol => protocol is not TlsProtocol.Ssl3)
                    .Select(protocol => protocol.CloudFrontName())
                    .DefaultIfEmpty("TLSv1.2")
                    .ToList();
                return new Verdict.Fail(
                    $"OriginSslProtocols lists {new ProtocolSet(connection.SslProtocols)}; "
                        + "with SSLv3 in it, AWS documents, CloudFront offers only SSLv3",
                    Remediation: Remedy.Set(observation.Planned, "Remove SSLv3 from OriginSslProtocols.", Setting.SslProtocols(rest))
                );
            }
        );
}
