using Amazon.CloudFront;
using OriginWatch.Inventory;
using OriginWatch.Targets;
using Sdk = Amazon.CloudFront.Model;

namespace OriginWatch.Aws.CloudFront;

/// <summary>Which headers the policies send to origins; each is read once, however many behaviors name it, and AWS's own are
/// known.</summary>
internal static class PolicyReader
{
    public static async Task<LookUps<HeaderPolicy>> ReadAsync(
        AmazonCloudFrontClient client,
        IReadOnlyList<Distribution> distributions,
        CancellationToken cancellationToken
    )
    {
        var behaviors = distributions
            .SelectMany(distribution => distribution.CacheBehaviors.Prepend(distribution.DefaultCacheBehavior))
            .ToList();
        var cache = await LookUps.ReadAsync(
            behaviors.Select(behavior => behavior.CachePolicyId).OfType<string>().Where(id => ManagedPolicies.Find(id) is null),
            IamActions.GetCachePolicy,
            "Cache policy",
            async (id, token) => Read(id, (await client.GetCachePolicyAsync(new Sdk.GetCachePolicyRequest { Id = id }, token)).CachePolicy),
            cancellationToken
        );
        var request = await LookUps.ReadAsync(
            behaviors.Select(behavior => behavior.OriginRequestPolicyId).OfType<string>().Where(id => ManagedPolicies.Find(id) is null),
            IamActions.GetOriginRequestPolicy,
            "Origin request policy",
            async (id, token) =>
                Read(
                    id,
                    (await client.GetOriginRequestPolicyAsync(new Sdk.GetOriginRequestPolicyRequest { Id = id }, token)).OriginRequestPolicy
                ),
            cancellationToken
        );
        return new(
            new Dictionary<string, HeaderPolicy>(cache.Found.Concat(request.Found), StringComparer.Ordinal),
            [.. cache.Remarks, .. request.Remarks]
        );
    }

    private static HeaderPolicy Read(string id, Sdk.CachePolicy? policy)
    {
        var where = $"cache policy {id}";
        var config = Required.Shape(policy?.CachePolicyConfig, where, "CachePolicyConfig");
        var headers = config.ParametersInCacheKeyAndForwardedToOrigin?.HeadersConfig;
        return new(
            id,
            config.Name ?? id,
            headers?.HeaderBehavior?.Value ?? "none",
            CountedList.Items(headers?.Headers?.Items, headers?.Headers?.Quantity, $"headers of {where}")
        );
    }

    private static HeaderPolicy Read(string id, Sdk.OriginRequestPolicy? policy)
    {
        var where = $"origin request policy {id}";
        var config = Required.Shape(policy?.OriginRequestPolicyConfig, where, "OriginRequestPolicyConfig");
        var headers = Required.Shape(config.HeadersConfig, where, "HeadersConfig");
        return new(
            id,
            config.Name ?? id,
            Required.Text(headers.HeaderBehavior?.Value, where, "HeaderBehavior"),
            CountedList.Items(headers.Headers?.Items, headers.Headers?.Quantity, $"headers of {where}")
        );
    }
}
