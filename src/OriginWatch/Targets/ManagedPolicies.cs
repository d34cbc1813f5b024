using System.Collections.Frozen;
using OriginWatch.Inventory;

namespace OriginWatch.Targets;

/// <summary>
/// AWS's managed policies, which are the same in every account, with the headers that they send to the origin; of listed headers only Host
/// is kept.
/// As of April 2026, from
/// https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/using-managed-origin-request-policies.html and
/// https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/using-managed-cache-policies.html.
/// Amplify's own four policies are not there with their ids; they are read through the API like custom ones.
/// </summary>
public static class ManagedPolicies
{
    private const string None = "none";
    private const string Whitelist = "whitelist";

    private static readonly FrozenDictionary<string, HeaderPolicy> ById = new HeaderPolicy[]
    {
        // Origin request policies.
        new("216adef6-5c7f-47e4-b989-5492eafa07d3", "AllViewer", "allViewer", []),
        new("33f36d7e-f396-46d9-90e0-52428a34d9dc", "AllViewerAndCloudFrontHeaders-2022-06", "allViewerAndWhitelistCloudFront", []),
        new("bf0718e1-ba1e-49d1-88b1-f726733018ae", "HostHeaderOnly", Whitelist, ["Host"]),
        new("b689b0a8-53d0-40ab-baf2-68738e2966ac", "AllViewerExceptHostHeader", "allExcept", ["Host"]),
        new("59781a5b-3903-41f3-afcb-af62929ccde1", "CORS-CustomOrigin", Whitelist, []),
        new("88a5eaf4-2fd4-4709-b370-b4c650ea3fcf", "CORS-S3Origin", Whitelist, []),
        new("775133bc-15f2-49f9-abea-afb2e0bf67d2", "Elemental-MediaTailor-PersonalizedManifests", Whitelist, []),
        new("acba4595-bd28-49b8-b9fe-13317c0390fa", "UserAgentRefererHeaders", Whitelist, []),
        // Cache policies.
        new("2e54312d-136d-493c-8eb9-b001f22f67d2", "Amplify", Whitelist, ["Host"]),
        new("83da9c7e-98b4-4e11-a168-04f0df8e2c65", "UseOriginCacheControlHeaders", Whitelist, ["Host"]),
        new("4cc15a8a-d715-48a4-82b8-cc0b614638fe", "UseOriginCacheControlHeaders-QueryStrings", Whitelist, ["Host"]),
        new("4135ea2d-6df8-44a3-9df3-4b5a84be39ad", "CachingDisabled", None, []),
        new("658327ea-f89d-4fab-a63d-7e88639e58f6", "CachingOptimized", None, []),
        new("b2884449-e4de-46a7-ac36-70bc7f1ddd6d", "CachingOptimizedForUncompressedObjects", None, []),
        new("08627262-05a9-4f76-9ded-b50ca2e3a84f", "Elemental-MediaPackage", Whitelist, []),
    }.ToFrozenDictionary(policy => policy.Id, StringComparer.OrdinalIgnoreCase);

    public static HeaderPolicy? Find(string id) => ById.GetValueOrDefault(id);
}
