using System.Text.Json.Nodes;
using OriginWatch.Inventory;

namespace OriginWatch.Tests.Cli;

/// <summary>A listing as <c>aws cloudfront list-distributions</c> prints it, with as little in it as the AWS CLI would.</summary>
internal static class ListingJson
{
    public static string Of(params JsonObject[] distributions) => new JsonObject
    {
        ["DistributionList"] = new JsonObject
        {
            ["Marker"] = "",
            ["MaxItems"] = 100,
            ["IsTruncated"] = false,
            ["Quantity"] = distributions.Length,
            ["Items"] = new JsonArray([.. distributions]),
        },
    }.ToJsonString();

    public static JsonObject Distribution(string id, params JsonObject[] origins) => new()
    {
        ["Id"] = id,
        ["ARN"] = $"arn:aws:cloudfront::123456789012:distribution/{id}",
        ["Status"] = "Deployed",
        ["DomainName"] = $"{id.ToLowerInvariant()}.cloudfront.net",
        ["Aliases"] = new JsonObject { ["Quantity"] = 0 },
        ["Origins"] = new JsonObject { ["Quantity"] = origins.Length, ["Items"] = new JsonArray([.. origins]) },
        ["DefaultCacheBehavior"] = Behavior((string)origins[0]["Id"]!),
        ["CacheBehaviors"] = new JsonObject
        {
            ["Quantity"] = origins.Length - 1,
            ["Items"] = new JsonArray([.. origins.Skip(1).Select(origin => Behavior((string)origin["Id"]!, $"/{origin["Id"]}/*"))]),
        },
        ["CustomErrorResponses"] = new JsonObject { ["Quantity"] = 0 },
        ["Comment"] = "",
        ["Enabled"] = true,
        ["Staging"] = false,
    };

    public static JsonObject Origin(string id, string domainName, int port, string policy = "https-only") => new()
    {
        ["Id"] = id,
        ["DomainName"] = domainName,
        ["OriginPath"] = "",
        ["CustomHeaders"] = new JsonObject { ["Quantity"] = 0 },
        ["ConnectionAttempts"] = 1,
        ["ConnectionTimeout"] = 2,
        ["CustomOriginConfig"] = new JsonObject
        {
            ["HTTPPort"] = 80,
            ["HTTPSPort"] = port,
            ["OriginProtocolPolicy"] = policy,
            ["OriginSslProtocols"] = new JsonObject { ["Quantity"] = 1, ["Items"] = new JsonArray("TLSv1.2") },
            ["OriginReadTimeout"] = 30,
            ["OriginKeepaliveTimeout"] = 5,
        },
    };

    private static JsonObject Behavior(string originId, string? pathPattern = null)
    {
        var behavior = new JsonObject { ["TargetOriginId"] = originId, ["ViewerProtocolPolicy"] = "redirect-to-https" };
        if (pathPattern is not null)
        {
            behavior["PathPattern"] = pathPattern;
        }

        return behavior;
    }
}
