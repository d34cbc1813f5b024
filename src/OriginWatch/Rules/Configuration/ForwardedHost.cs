using OriginWatch.Targets;
using OriginWatch.Trust;

namespace OriginWatch.Rules.Configuration;

/// <summary>
/// What viewers get from an AWS endpoint that is sent the viewer's Host in place of its own.
/// Sources: the AllViewerExceptHostHeader section of
/// https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/using-managed-origin-request-policies.html,
/// and for S3 https://docs.aws.amazon.com/AmazonS3/latest/userguide/VirtualHosting.html.
/// </summary>
internal static class ForwardedHost
{
    private const string BucketRemedy =
        "Stop forwarding Host to this origin: "
        + "use the managed origin request policy CORS-S3Origin (88a5eaf4-2fd4-4709-b370-b4c650ea3fcf) or none, "
        + "and leave Host out of the cache policy or of ForwardedValues.";

    public static Verdict Judge(Observation observation)
    {
        var use = observation.Planned;
        return use.Kind switch
        {
            OriginKind.S3 or OriginKind.S3Endpoint when use.Origin.OriginAccessControlId is not null => Fail(
                use,
                "S3 returns HTTP 403 (SignatureDoesNotMatch): the origin access control signs the request for the bucket's own Host",
                BucketRemedy
            ),
            OriginKind.S3 or OriginKind.S3Endpoint or OriginKind.S3Website => OfBucketName(use),
            OriginKind.LambdaUrl => Fail(use, "a function URL returns HTTP 403 for any Host but its own"),
            OriginKind.ApiGateway when OriginKinds.IsCustomDomainOfApi(use.Origin.DomainName) => new Verdict.Pass(
                "the endpoint is that of an API's custom domain name, which needs the viewer's Host"
            ),
            OriginKind.ApiGateway or OriginKind.AppRunner or OriginKind.Media when HasCertificateForViewers(observation) =>
                new Verdict.Pass("the endpoint has a certificate for the viewers' names, so they are set up there"),
            OriginKind.ApiGateway => Fail(
                use,
                "API Gateway returns HTTP 403 for any Host but its own or a custom domain name set up there"
            ),
            OriginKind.AppRunner => Fail(use, "App Runner returns HTTP 404 for any Host but its own or a custom domain linked there"),
            OriginKind.CloudFront => Fail(
                use,
                $"CloudFront treats the request as one for {Shown(ViewersNames(use))} again: "
                    + "it comes back to this distribution or gets HTTP 403"
            ),
            _ => new Verdict.Fail(
                "Host is forwarded, and the endpoint refuses a Host that is not its own or a custom domain set up "
                    + $"there ({use.HostForwardingReason})",
                Severity.Medium,
                HostRemedy.ForwardAllButHost
            ),
        };
    }

    /// <summary>S3 finds the bucket by the Host: a bucket that has the viewers' name works.</summary>
    private static Verdict OfBucketName(PlannedOrigin use)
    {
        var bucket = OriginKinds.BucketOf(use.Origin.DomainName);
        var strangers = ViewersNames(use)
            .Where(name => !string.Equals(ServerNames.Normalize(name), bucket, StringComparison.Ordinal))
            .ToList();
        return strangers.Count == 0
            ? new Verdict.Pass($"Host is forwarded, and the bucket {bucket} has the viewers' name")
            : Fail(
                use,
                $"S3 reads the bucket name from it, but the bucket is {bucket}: "
                    + $"requests for {Shown(strangers)} get HTTP 404 (NoSuchBucket) or 403",
                BucketRemedy
            );
    }

    private static bool HasCertificateForViewers(Observation observation)
    {
        var viewers = observation.Targets.Where(target => target.Name is { Decides: true, Role: not ServerNameRole.OriginDomain }).ToList();
        return viewers.Count > 0
            && viewers.TrueForAll(target =>
                target.Addresses.Any(address =>
                    address.Decisive.Last.Chain is { } chain
                    && chain.ServerCertificate is { ParseError: null } leaf
                    && HostName.Match(leaf, target.Name.Target.ServerName).IsMatch
                )
            );
    }

    private static IReadOnlyList<string> ViewersNames(PlannedOrigin use) =>
        use.Distribution.Aliases.Count > 0 ? use.Distribution.Aliases : [use.Distribution.DomainName];

    private static string Shown(IReadOnlyList<string> names) => Evidence.Names(names);

    private static Verdict.Fail Fail(PlannedOrigin use, string what, string? remedy = null) =>
        new($"Host is forwarded, and {what} ({use.HostForwardingReason})", Remediation: remedy ?? HostRemedy.ForwardAllButHost);
}
