using OriginWatch.Inventory;

namespace OriginWatch.Targets;

/// <summary>Tells kinds of origins apart, by configuration first, then by AWS's own domain names, those of the China partition
/// included.</summary>
internal static class OriginKinds
{
    private static readonly string[] AwsSuffixes =
    [
        ".amazonaws.com",
        ".amazonaws.com.cn",
        ".amazonaws.eu",
        ".api.aws",
        ".api.amazonwebservices.com.cn",
        ".api.amazonwebservices.eu",
    ];
    private static readonly string[] FunctionUrlSuffixes = [".on.aws", ".on.amazonwebservices.com.cn", ".on.amazonwebservices.eu"];

    /// <summary>True for the endpoint of an API's custom domain name (<c>d-….execute-api…</c>), which answers to that domain name and not
    /// to its own.</summary>
    public static bool IsCustomDomainOfApi(string domainName) => domainName.StartsWith("d-", StringComparison.OrdinalIgnoreCase);

    /// <summary>The bucket of an S3 endpoint's name; empty where the path would name it.</summary>
    public static string BucketOf(string domainName)
    {
        var labels = domainName.TrimEnd('.').ToLowerInvariant().Split('.');
        var service = Array.FindLastIndex(labels, label => IsS3(label) || IsS3Website(label));
        return service < 0 ? "" : string.Join('.', labels[..service]);
    }

    public static OriginKind Of(Origin origin, string domainName) =>
        origin.CustomOriginConfig is null && origin.IsS3 ? OriginKind.S3
        : origin.CustomOriginConfig is null && origin.VpcOriginId is not null ? OriginKind.Vpc
        : OfDomainName(domainName);

    /// <param name="domainName">In lower case, without a trailing dot.</param>
    private static OriginKind OfDomainName(string domainName)
    {
        if (
            domainName.Contains(".lambda-url.", StringComparison.Ordinal)
            && FunctionUrlSuffixes.Any(end => domainName.EndsWith(end, StringComparison.Ordinal))
        )
        {
            return OriginKind.LambdaUrl;
        }

        if (domainName.EndsWith(".awsapprunner.com", StringComparison.Ordinal))
        {
            return OriginKind.AppRunner;
        }

        if (
            domainName.EndsWith(".cloudfront.net", StringComparison.Ordinal)
            || domainName.EndsWith(".cloudfront.cn", StringComparison.Ordinal)
        )
        {
            return OriginKind.CloudFront;
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
            : labels.Any(IsS3) ? OriginKind.S3Endpoint
            : OriginKind.Custom;
    }

    /// <summary>The REST endpoints of S3, dual-stack, accelerated and of access points among them.</summary>
    private static bool IsS3(string label) => label == "s3" || (label.StartsWith("s3-", StringComparison.Ordinal) && !IsS3Website(label));

    /// <summary><c>s3-website-REGION</c> and <c>s3-website.REGION</c>; which form a Region has is historical.</summary>
    private static bool IsS3Website(string label) => label == "s3-website" || label.StartsWith("s3-website-", StringComparison.Ordinal);
}
