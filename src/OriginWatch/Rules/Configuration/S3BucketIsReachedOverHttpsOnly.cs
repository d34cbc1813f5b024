using OriginWatch.Targets;

namespace OriginWatch.Rules.Configuration;

internal sealed class S3BucketIsReachedOverHttpsOnly : OriginRule
{
    public override RuleMetadata Metadata { get; } =
        new()
        {
            Id = "OW106",
            Severity = Severity.Medium,
            Title = "CloudFront should fetch from S3 buckets over HTTPS only",
            Fault = "Viewers can make CloudFront connect over HTTP",
            Rationale = "CloudFront repeats the viewer's scheme towards S3, unless an origin access control signs every request.",
            Remediation = "Set the behaviors' ViewerProtocolPolicy to redirect-to-https, then invalidate.",
            Reference = new("https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/using-https-cloudfront-to-s3-origin.html"),
            Topic = RuleTopic.ClearText,
            SecurityHubControl = "CloudFront.3",
        };

    protected override Verdict Evaluate(Observation observation)
    {
        var use = observation.Planned;
        if (use.Kind != OriginKind.S3)
        {
            return new Verdict.NotApplicable("it is not an S3 bucket");
        }

        var allowAll = use.AllowingHttp;
        if (allowAll.Count == 0)
        {
            return new Verdict.Pass();
        }

        var signed = use.Origin.OriginAccessControlId is not null;
        return new Verdict.Fail(
            $"{Evidence.Behaviors(use, allowAll)} {(allowAll.Count == 1 ? "allows" : "allow")} HTTP "
                + $"(allow-all){(signed ? "; harmless if the bucket's origin access control signs every request (signing behavior \"always\"): CloudFront then uses HTTPS" : "")}",
            signed ? Severity.Low : null,
            Remedy.RedirectViewers(
                use,
                $"Set ViewerProtocolPolicy of {Evidence.Behaviors(use, allowAll)} to redirect-to-https, "
                    + "and invalidate what was fetched over HTTP."
            )
        );
    }
}
