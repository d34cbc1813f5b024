using OriginWatch.Inventory;

namespace OriginWatch.Targets;

/// <summary>Tells kinds of origins apart, by configuration first, then by AWS's own domain names, those of the China partition included.</summary>
internal static class OriginKinds
{
    private static readonly string[] AwsSuffixes = [".amazonaws.com", ".amazonaws.com.cn", ".api.aws"];

    public static OriginKind Of(Origin origin, string domainName)
        => origin.CustomOriginConfig is null && origin.IsS3 ? OriginKind.S3
            : origin.CustomOriginConfig is null && origin.VpcOriginId is not null ? OriginKind.Vpc
            : OfDomainName(domainName);

    /// <param name="domainName">In lower case, without a trailing dot.</param>
    private static OriginKind OfDomainName(string domainName)
    {
        if (domainName.EndsWith(".on.aws", StringComparison.Ordinal) && domainName.Contains(".lambda-url.", StringComparison.Ordinal))
        {
            return OriginKind.LambdaUrl;
        }

        if (AwsSuffixes.FirstOrDefault(suffix => domainName.EndsWith(suffix, StringComparison.Ordinal)) is not { } suffix)
        {
            return OriginKind.Custom;
        }

        var labels = domainName[..^suffix.Length].Split('.');
        return labels.Any(IsS3Website) ? OriginKind.S3Website
            : labels.Contains("elb") ? OriginKind.LoadBalancer
            : labels.Contains("execute-api") ? OriginKind.ApiGateway
            : labels.Any(label => label is "mediapackage" or "mediapackagev2" or "mediastore" or "mediatailor") ? OriginKind.Media
            : OriginKind.Custom;
    }

    /// <summary><c>s3-website-REGION</c> and <c>s3-website.REGION</c>; which form a Region has is historical.</summary>
    private static bool IsS3Website(string label)
        => label == "s3-website" || label.StartsWith("s3-website-", StringComparison.Ordinal);
}
