using System.Xml.Linq;
using static OriginWatch.Tests.Aws.CloudFrontXml;

namespace OriginWatch.Tests.Aws;

/// <summary>What distributions refer to, as CloudFront's API writes it, with every member that its service model requires.</summary>
internal static class CloudFrontResources
{
    private const string Time = "2026-10-01T12:00:00Z";

    public static XElement CachePolicy(string id, string behavior, params string[] headers) =>
        new(
            "CachePolicy",
            new XElement("Id", id),
            new XElement("LastModifiedTime", Time),
            new XElement(
                "CachePolicyConfig",
                new XElement("Name", $"name of {id}"),
                new XElement("MinTTL", 0),
                new XElement(
                    "ParametersInCacheKeyAndForwardedToOrigin",
                    new XElement("EnableAcceptEncodingGzip", "true"),
                    HeadersConfig(behavior, headers),
                    Cookies(),
                    QueryStrings()
                )
            )
        );

    public static XElement RequestPolicy(string id, string behavior, params string[] headers) =>
        new(
            "OriginRequestPolicy",
            new XElement("Id", id),
            new XElement("LastModifiedTime", Time),
            new XElement(
                "OriginRequestPolicyConfig",
                new XElement("Name", $"name of {id}"),
                HeadersConfig(behavior, headers),
                Cookies(),
                QueryStrings()
            )
        );

    public static XElement VpcOrigin(string id) =>
        new(
            "VpcOrigin",
            new XElement("Id", id),
            new XElement("Arn", $"arn:aws:cloudfront::{FakeCloudFront.AccountId}:vpcorigin/{id}"),
            new XElement("Status", "Deployed"),
            new XElement("CreatedTime", Time),
            new XElement("LastModifiedTime", Time),
            new XElement(
                "VpcOriginEndpointConfig",
                new XElement("Name", id),
                new XElement("Arn", "arn:lb"),
                new XElement("HTTPPort", 80),
                new XElement("HTTPSPort", 8443),
                new XElement("OriginProtocolPolicy", "https-only"),
                List("OriginSslProtocols", "SslProtocol", "TLSv1.2")
            )
        );

    /// <summary>As the list of tenants shows it.</summary>
    public static XElement TenantSummary(string id, string distributionId, string domain) =>
        new(
            "DistributionTenantSummary",
            new XElement("Id", id),
            new XElement("DistributionId", distributionId),
            new XElement("Name", id),
            new XElement("Arn", $"arn:aws:cloudfront::{FakeCloudFront.AccountId}:distribution-tenant/{id}"),
            new XElement("Domains", new XElement("member", new XElement("Domain", domain), new XElement("Status", "active"))),
            new XElement("CreatedTime", Time),
            new XElement("LastModifiedTime", Time),
            new XElement("ETag", "E1"),
            new XElement("Enabled", "true")
        );

    /// <param name="id">The tenant's.</param>
    /// <param name="value">Of the parameter <c>name</c>; null where the tenant does not set it.</param>
    public static XElement Tenant(string id, string? value) =>
        new(
            "DistributionTenant",
            new XElement("Id", id),
            value is null
                ? null
                : new XElement("Parameters", new XElement("member", new XElement("Name", "name"), new XElement("Value", value)))
        );

    /// <summary>The configuration of a multi-tenant distribution whose parameter <c>name</c> has a default value.</summary>
    public static XElement Config(string defaultValue) =>
        new(
            "DistributionConfig",
            new XElement("CallerReference", "1"),
            new XElement("Comment", ""),
            new XElement("Enabled", "true"),
            List("Origins", "Origin", Origin("origin", "{{name}}.example")),
            Behavior("DefaultCacheBehavior"),
            new XElement(
                "TenantConfig",
                new XElement(
                    "ParameterDefinitions",
                    new XElement(
                        "member",
                        new XElement("Name", "name"),
                        new XElement(
                            "Definition",
                            new XElement("StringSchema", new XElement("Required", "false"), new XElement("DefaultValue", defaultValue))
                        )
                    )
                )
            )
        );

    private static XElement HeadersConfig(string behavior, string[] headers) =>
        new("HeadersConfig", new XElement("HeaderBehavior", behavior), headers.Length > 0 ? List("Headers", "Name", headers) : null);

    private static XElement Cookies() => new("CookiesConfig", new XElement("CookieBehavior", "none"));

    private static XElement QueryStrings() => new("QueryStringsConfig", new XElement("QueryStringBehavior", "none"));
}
