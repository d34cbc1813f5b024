using OriginWatch.Inventory;
using OriginWatch.Probing;
using OriginWatch.Targets;
using OriginWatch.Tests.Targets;
using OriginWatch.Tls;

namespace OriginWatch.Tests;

/// <summary>Distributions and their parts with everything that a test does not speak of set to what is usual.</summary>
internal static class Sample
{
    public const string AllViewer = "216adef6-5c7f-47e4-b989-5492eafa07d3";
    public const string AllViewerExceptHostHeader = "b689b0a8-53d0-40ab-baf2-68738e2966ac";
    public const string CachingOptimized = "658327ea-f89d-4fab-a63d-7e88639e58f6";
    public const string OwnName = "d111111abcdef8.cloudfront.net";

    public static Distribution Distribution(params IReadOnlyList<Origin> origins) =>
        new()
        {
            Id = "E1EXAMPLE12345",
            DomainName = OwnName,
            Aliases = ["www.example.com"],
            Origins = origins,
            DefaultCacheBehavior = Behavior(origins[0].Id),
        };

    public static Origin Origin(
        string id = "app",
        string domainName = "origin.example.com",
        OriginProtocolPolicy? policy = null,
        params IReadOnlyList<TlsProtocol> protocols
    ) =>
        new()
        {
            Id = id,
            DomainName = domainName,
            CustomOriginConfig = new()
            {
                OriginProtocolPolicy = policy ?? OriginProtocolPolicy.HttpsOnly,
                OriginSslProtocols = protocols.Count > 0 ? protocols : [TlsProtocol.Tls12],
            },
        };

    public static Origin S3(string id = "bucket") =>
        new()
        {
            Id = id,
            DomainName = "bucket.s3.eu-west-1.amazonaws.com",
            IsS3 = true,
        };

    public static Origin Vpc(string id = "private") =>
        new()
        {
            Id = id,
            DomainName = "internal.example.com",
            VpcOriginId = "vo_1",
        };

    public static CacheBehavior Behavior(
        string target = "app",
        string pathPattern = CacheBehavior.DefaultPathPattern,
        ViewerProtocolPolicy? viewer = null
    ) =>
        new()
        {
            TargetOriginId = target,
            PathPattern = pathPattern,
            ViewerProtocolPolicy = viewer ?? ViewerProtocolPolicy.RedirectToHttps,
            CachePolicyId = CachingOptimized,
        };

    public static PlannedOrigin Use(Distribution distribution, string originId = "app") => Use(Listing(distribution), originId);

    public static PlannedOrigin Use(Listing listing, string originId = "app") =>
        TargetPlanner.Plan(listing).Origins.Single(use => use.Origin.Id == originId);

    public static Listing Listing(params IReadOnlyList<Distribution> distributions) => new() { Distributions = distributions };

    public static DistributionTenant Tenant(string id, string[] domains, params (string Name, string Value)[] parameters) =>
        new(id, "E1EXAMPLE12345", true, domains, parameters.ToDictionary(parameter => parameter.Name, parameter => parameter.Value));
}
