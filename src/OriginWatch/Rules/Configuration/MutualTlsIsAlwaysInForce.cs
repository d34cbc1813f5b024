using OriginWatch.Inventory;

namespace OriginWatch.Rules.Configuration;

internal sealed class MutualTlsIsAlwaysInForce : OriginRule
{
    public override RuleMetadata Metadata { get; } =
        new()
        {
            Id = "OW116",
            Severity = Severity.Medium,
            Title = "Every request to an origin with mutual TLS should use TLS",
            Fault = "Mutual TLS is not always used",
            Rationale =
                "CloudFront presents its client certificate in the TLS handshake; "
                + "over HTTP there is none, and the origin cannot tell CloudFront from anybody else.",
            Remediation = "Set the origin's OriginProtocolPolicy to https-only.",
            Reference = new("https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/origin-enable-mtls-distributions.html"),
            Topic = RuleTopic.ClearText,
        };

    protected override Verdict Evaluate(Observation observation)
    {
        var use = observation.Planned;
        if (use.Origin.CustomOriginConfig is not { HasOriginMtls: true } config)
        {
            return new Verdict.NotApplicable("it has no OriginMtlsConfig");
        }

        var inTheClear =
            config.OriginProtocolPolicy == OriginProtocolPolicy.HttpOnly
            || (config.OriginProtocolPolicy == OriginProtocolPolicy.MatchViewer && use.AllowingHttp.Count > 0);
        return inTheClear
            ? new Verdict.Fail(
                $"OriginMtlsConfig is set, but OriginProtocolPolicy {config.OriginProtocolPolicy} allows requests without TLS",
                Remediation: Remedy.Set(use, "Set OriginProtocolPolicy to https-only.", Setting.HttpsOnly, invalidate: true)
            )
            : new Verdict.Pass();
    }
}
