namespace OriginWatch.Inventory;

/// <summary>Reads what <c>get-cache-policy</c>, <c>get-origin-request-policy</c> and their lists print: which headers reach the
/// origin.</summary>
internal static class PolicyReader
{
    private static readonly string[] Lists = ["CachePolicyList", "OriginRequestPolicyList"];

    /// <returns>False where the document is none of these.</returns>
    public static bool TryRead(WireObject document, Dictionary<string, HeaderPolicy> policies)
    {
        var lists = Lists.Where(document.Has).ToList();
        var found = lists.SelectMany(list => document.Objects(list)).Append(document).SelectMany(Read).ToList();
        found.ForEach(policy => policies[policy.Id] = policy);
        return lists.Count > 0 || found.Count > 0;
    }

    private static IEnumerable<HeaderPolicy> Read(WireObject document)
    {
        if (document.Has("CachePolicy"))
        {
            var policy = document.Object("CachePolicy");
            var config = policy.Object("CachePolicyConfig");
            yield return Read(
                policy,
                config,
                config.OptionalObject("ParametersInCacheKeyAndForwardedToOrigin")?.OptionalObject("HeadersConfig")
            );
        }

        if (document.Has("OriginRequestPolicy"))
        {
            var policy = document.Object("OriginRequestPolicy");
            var config = policy.Object("OriginRequestPolicyConfig");
            yield return Read(policy, config, config.Object("HeadersConfig"));
        }
    }

    private static HeaderPolicy Read(WireObject policy, WireObject config, WireObject? headers) =>
        new(
            policy.Text("Id"),
            config.OptionalText("Name") ?? policy.Text("Id"),
            headers?.Text("HeaderBehavior") ?? "none",
            headers?.Texts("Headers") ?? []
        );
}
