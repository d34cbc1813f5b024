using OriginWatch.Inventory;
using OriginWatch.Text;

namespace OriginWatch.Targets;

/// <summary>Whether a behavior sends the viewer's Host header to the origin; null where nobody could read it.</summary>
internal sealed record HostDecision(bool? IsForwarded, string Reason);

/// <summary>
/// Decides Host forwarding for a behavior. What a cache policy lists is always sent, so it beats an origin request policy that leaves Host
/// out
/// (https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/understanding-how-origin-request-policies-and-cache-policies-work-together.html).
/// </summary>
internal sealed class HostHeader(IReadOnlyDictionary<string, HeaderPolicy> policies)
{
    private const string Host = "Host";

    public HostDecision Decide(CacheBehavior behavior)
    {
        var sources = new[]
        {
            OfLegacy(behavior),
            OfPolicy("cache policy", behavior.CachePolicyId),
            OfPolicy("origin request policy", behavior.OriginRequestPolicyId),
        }
            .OfType<HostDecision>()
            .ToList();
        var decision =
            sources.Find(source => source.IsForwarded is true)
            ?? sources.Find(source => source.IsForwarded is null)
            ?? sources.LastOrDefault()
            ?? new HostDecision(false, "it has neither policies nor ForwardedValues");
        return decision with { Reason = $"path pattern {Quoted.Text(behavior.PathPattern)}: {decision.Reason}" };
    }

    private static HostDecision? OfLegacy(CacheBehavior behavior) =>
        behavior.ForwardedHeaders switch
        {
            null => null,
            var headers when headers.Contains("*", StringComparer.Ordinal) => new(true, "ForwardedValues forwards all headers"),
            var headers when Names(headers) => new(true, "ForwardedValues forwards Host"),
            var headers when headers.Any(PendingText.Is) => new(null, "which headers ForwardedValues forwards is not known yet"),
            _ => new(false, "ForwardedValues leaves Host out"),
        };

    private HostDecision? OfPolicy(string kind, string? id)
    {
        if (id is null)
        {
            return null;
        }

        if ((policies.GetValueOrDefault(id) ?? ManagedPolicies.Find(id)) is not { } policy)
        {
            return new(
                null,
                PendingText.Is(id)
                    ? $"which {kind} it has is not known yet ({Quoted.Text(id)})"
                    : $"{kind} {Quoted.Text(id)} could not be read"
            );
        }

        var name = $"{kind} {Quoted.Text(policy.Name)}";
        return IsForwarded(policy) switch
        {
            true => new(true, $"{name} forwards Host"),
            false => new(false, $"{name} leaves Host out"),
            null => new(null, $"{name} has the unknown HeaderBehavior {Quoted.Text(policy.HeaderBehavior)}"),
        };
    }

    private static bool? IsForwarded(HeaderPolicy policy) =>
        policy.HeaderBehavior switch
        {
            "none" => false,
            "whitelist" => Names(policy.Headers),
            "allViewer" or "allViewerAndWhitelistCloudFront" => true,
            "allExcept" => !Names(policy.Headers),
            _ => null,
        };

    private static bool Names(IReadOnlyList<string> headers) => headers.Contains(Host, StringComparer.OrdinalIgnoreCase);
}
