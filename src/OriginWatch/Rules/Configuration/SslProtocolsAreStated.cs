using OriginWatch.Inventory;
using OriginWatch.Text;

namespace OriginWatch.Rules.Configuration;

internal sealed class SslProtocolsAreStated : OriginRule
{
    public override RuleMetadata Metadata { get; } =
        new()
        {
            Id = "OW117",
            Severity = Severity.Low,
            Title = "Origin SSL protocols should be stated and known",
            Fault = "Origin SSL protocols are not stated",
            Rationale =
                "AWS does not document what CloudFront offers without OriginSslProtocols, "
                + "so the origin was probed with TLS 1.2 and 1.3, which any default includes.",
            Remediation = "Set OriginSslProtocols to TLSv1.2.",
            Reference = new("https://docs.aws.amazon.com/cloudfront/latest/APIReference/API_CustomOriginConfig.html"),
        };

    protected override Verdict Evaluate(Observation observation) =>
        OriginConnection.JudgeTls(
            observation.Planned,
            connection =>
                connection.UnknownSslProtocols.Count > 0
                    ? new Verdict.Fail(
                        $"OriginSslProtocols lists {Evidence.Names(connection.UnknownSslProtocols.Select(Quoted.Text))}, which this version does not know and did not offer"
                    )
                : connection.SslProtocols.Count == 0
                    ? new Verdict.Fail(
                        "OriginSslProtocols is absent; probed with TLSv1.2 and TLSv1.3",
                        Remediation: Remedy.Set(observation.Planned, "Set OriginSslProtocols.", Setting.SslProtocols("TLSv1.2"))
                    )
                : new Verdict.Pass()
        );
}
