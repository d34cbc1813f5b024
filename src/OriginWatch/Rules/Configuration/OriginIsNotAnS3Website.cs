using OriginWatch.Inventory;
using OriginWatch.Targets;

namespace OriginWatch.Rules.Configuration;

internal sealed class OriginIsNotAnS3Website : OriginRule
{
    private const string Remedy =
        "Use the bucket's REST endpoint (BUCKET.s3.REGION.amazonaws.com) as an S3 origin with an origin access "
        + "control, which CloudFront reaches over HTTPS; "
        + "what the website endpoint did besides (index documents in folders, redirects) a CloudFront function can do. "
        + "CloudFormation: Origins[].S3OriginConfig and OriginAccessControlId in place of CustomOriginConfig. "
        + "Terraform: origin.origin_access_control_id without custom_origin_config.";

    public override RuleMetadata Metadata { get; } =
        new()
        {
            Id = "OW105",
            Severity = Severity.High,
            Title = "Origins should not be S3 website endpoints",
            Fault = "Origin is an S3 website endpoint",
            Rationale =
                "S3 website endpoints support HTTP only: "
                + "CloudFront fetches everything over HTTP (unencrypted), "
                + "and with any other protocol policy its HTTPS requests fail.",
            Remediation = Remedy,
            Reference = new("https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/DownloadDistS3AndCustomOrigins.html"),
            Topic = RuleTopic.ClearText,
            SecurityHubControl = "CloudFront.9",
        };

    protected override Verdict Evaluate(Observation observation)
    {
        var use = observation.Planned;
        return use switch
        {
            { Kind: not OriginKind.S3Website } => new Verdict.Pass(),
            { OriginProtocolPolicy: { } policy } when policy == OriginProtocolPolicy.HttpOnly => new Verdict.Fail(
                $"{use.Origin.DomainName} cannot do HTTPS; CloudFront fetches everything over HTTP (unencrypted)"
            ),
            _ => new Verdict.Fail(
                $"{use.Origin.DomainName} cannot do HTTPS, and OriginProtocolPolicy is {use.OriginProtocolPolicy}: "
                    + "CloudFront's HTTPS requests to it fail",
                Severity.Critical
            ),
        };
    }
}
