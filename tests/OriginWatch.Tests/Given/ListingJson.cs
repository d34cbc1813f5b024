using System.Text.Json.Nodes;
using OriginWatch.Inventory;
using OriginWatch.Tests.Inventory;

namespace OriginWatch.Tests;

/// <summary>JSON as the AWS CLI prints it, small enough to read and open to changes.</summary>
internal static class ListingJson
{
    public static JsonObject Paginated(params JsonNode[] distributions) =>
        new() { ["DistributionList"] = new JsonObject { ["Items"] = new JsonArray(distributions) } };

    public static JsonObject Page(params JsonNode[] distributions)
    {
        var list = Items(distributions);
        list["Marker"] = "";
        list["MaxItems"] = 100;
        list["IsTruncated"] = false;
        return new() { ["DistributionList"] = list };
    }

    public static string Of(params JsonNode[] distributions) => Page(distributions).ToJsonString();

    /// <summary>The sample shop; with origins given, a bare distribution in which the first is the default one and each other has a
    /// behavior of its own.</summary>
    public static JsonObject Distribution(string id = "E1EXAMPLE12345", params JsonNode[] origins)
    {
        var config = origins.Length == 0 ? Config() : Reaching(origins);
        config["Id"] = id;
        config["ARN"] = $"arn:aws:cloudfront::123456789012:distribution/{id}";
        config["DomainName"] = origins.Length == 0 ? "d111111abcdef8.cloudfront.net" : $"{id.ToLowerInvariant()}.cloudfront.net";
        config["Status"] = "Deployed";
        return config;
    }

    public static JsonObject Config(params JsonNode[] origins) =>
        new()
        {
            ["Comment"] = "shop",
            ["Enabled"] = true,
            ["Aliases"] = Items("www.example.com"),
            ["Origins"] = Items(origins.Length > 0 ? origins : [CustomOrigin()]),
            ["OriginGroups"] = Items(),
            ["DefaultCacheBehavior"] = Behavior(),
            ["CacheBehaviors"] = Items(),
            ["CustomErrorResponses"] = Items(),
        };

    public static JsonObject CustomOrigin(string id = "app", string domainName = "app.example.com") =>
        new()
        {
            ["Id"] = id,
            ["DomainName"] = domainName,
            ["OriginPath"] = "",
            ["CustomHeaders"] = Items(new JsonObject { ["HeaderName"] = "X-Origin-Key", ["HeaderValue"] = "the-secret-value" }),
            ["CustomOriginConfig"] = new JsonObject
            {
                ["HTTPPort"] = 80,
                ["HTTPSPort"] = 443,
                ["OriginProtocolPolicy"] = "https-only",
                ["OriginSslProtocols"] = Items("TLSv1.2"),
                ["OriginReadTimeout"] = 30,
                ["OriginKeepaliveTimeout"] = 5,
            },
            ["ConnectionAttempts"] = 2,
            ["ConnectionTimeout"] = 4,
        };

    /// <summary>One that is connected to once and not waited for long.</summary>
    public static JsonObject Origin(string id, string domainName, int port, string policy = "https-only")
    {
        var origin = CustomOrigin(id, domainName);
        origin["CustomHeaders"] = Items();
        (origin["ConnectionAttempts"], origin["ConnectionTimeout"]) = (1, 2);
        (origin["CustomOriginConfig"]!["HTTPSPort"], origin["CustomOriginConfig"]!["OriginProtocolPolicy"]) = (port, policy);
        return origin;
    }

    public static JsonObject Behavior(string target = "app", string? pathPattern = null)
    {
        var behavior = new JsonObject
        {
            ["TargetOriginId"] = target,
            ["ViewerProtocolPolicy"] = "redirect-to-https",
            ["CachePolicyId"] = "658327ea-f89d-4fab-a63d-7e88639e58f6",
        };
        if (pathPattern is not null)
        {
            behavior["PathPattern"] = pathPattern;
        }

        return behavior;
    }

    private static JsonObject Reaching(JsonNode[] origins)
    {
        var config = Config(origins);
        config["Aliases"] = Items();
        config["Comment"] = "";
        config["DefaultCacheBehavior"] = Uncached(origins[0]);
        config["CacheBehaviors"] = Items([.. origins.Skip(1).Select(origin => Uncached(origin, $"/{origin["Id"]}/*"))]);
        return config;
    }

    private static JsonObject Uncached(JsonNode origin, string? pathPattern = null)
    {
        var behavior = Behavior((string)origin["Id"]!, pathPattern);
        behavior.Remove("CachePolicyId");
        return behavior;
    }

    /// <summary>A list as CloudFront writes it; without Items where there are none.</summary>
    public static JsonObject Items(params JsonNode[] items)
    {
        var list = new JsonObject { ["Quantity"] = items.Length };
        if (items.Length > 0)
        {
            list["Items"] = new JsonArray(items);
        }

        return list;
    }
}
