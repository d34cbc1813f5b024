using System.Globalization;

namespace OriginWatch.Inventory.Terraform;

/// <summary>Policies and VPC origins of the same plan, by their ids where those are known, and by their addresses.</summary>
internal sealed class TerraformLookUps
{
    private readonly IReadOnlyList<TerraformResource> _resources;
    private readonly Dictionary<string, HeaderPolicy> _policies = new(StringComparer.Ordinal);
    private readonly Dictionary<string, VpcOriginEndpoint> _vpcOrigins = new(StringComparer.Ordinal);

    public TerraformLookUps(IReadOnlyList<TerraformResource> resources)
    {
        _resources = resources;
        foreach (var resource in resources)
        {
            Add(resource);
        }
    }

    public IReadOnlyDictionary<string, HeaderPolicy> Policies => _policies;

    public IReadOnlyDictionary<string, VpcOriginEndpoint> VpcOrigins => _vpcOrigins;

    /// <summary>An id that is known, or the address of the resource of this plan that will have it, or the expression where neither can be
    /// told.</summary>
    public string? Id(TerraformBlock block, string member)
    {
        if (block.WhyPending(member) is null || block.Follow(member) is not { } target)
        {
            return block.Text(member);
        }

        var candidates = _resources.Where(candidate => Is(candidate, target)).Select(candidate => candidate.Address).ToList();
        return candidates.Count > 0 && candidates.TrueForAll(candidate => IsAlike(candidates[0], candidate))
            ? candidates[0]
            : block.Text(member);
    }

    public static int Code(string text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var code) ? code : 0;

    private static bool Is(TerraformResource resource, TerraformTarget target) =>
        resource.Type == target.Type
        && resource.Name == target.Name
        && resource.Modules.SequenceEqual(target.Modules, StringComparer.Ordinal)
        && (target.Indexed is null || resource.Address.EndsWith(target.Indexed, StringComparison.Ordinal));

    /// <summary>Which of several instances it will be is not known, and does not matter where all say the same.</summary>
    private bool IsAlike(string first, string other) =>
        first == other
        || (
            _policies.GetValueOrDefault(first) is { } one
            && _policies.GetValueOrDefault(other) is { } two
            && one.HeaderBehavior == two.HeaderBehavior
            && one.Headers.SequenceEqual(two.Headers, StringComparer.OrdinalIgnoreCase)
        );

    private void Add(TerraformResource resource)
    {
        var block = resource.Block;
        switch (resource.Type)
        {
            case "aws_cloudfront_cache_policy":
                AddPolicy(resource, block.Block("parameters_in_cache_key_and_forwarded_to_origin")?.Block("headers_config"));
                break;
            case "aws_cloudfront_origin_request_policy":
                AddPolicy(resource, block.Block("headers_config"));
                break;
            case "aws_cloudfront_vpc_origin"
                when block.Block("vpc_origin_endpoint_config") is { } endpoint
                    && PendingText.Reason(
                        (endpoint, "origin_protocol_policy", ""),
                        (endpoint, "http_port", ""),
                        (endpoint, "https_port", "")
                    )
                        is null:
                Under(resource, _vpcOrigins, id => Endpoint(id, endpoint));
                break;
        }
    }

    /// <summary>A policy whose headers are not known yet is left out, so that what it forwards counts as unknown.</summary>
    private void AddPolicy(TerraformResource resource, TerraformBlock? headers)
    {
        var names = headers?.Block("headers")?.Texts("items") ?? [];
        if (headers?.KnownText("header_behavior") is { } behavior && !names.Any(PendingText.Is))
        {
            Under(resource, _policies, id => new(id, resource.Block.KnownText("name") ?? resource.Address, behavior, names));
        }
    }

    private static VpcOriginEndpoint Endpoint(string id, TerraformBlock endpoint)
    {
        var built = OriginBuilder.Build(
            new CustomOriginDraft(endpoint)
            {
                HttpPort = endpoint.Number("http_port"),
                HttpsPort = endpoint.Number("https_port"),
                OriginProtocolPolicy = endpoint.Text("origin_protocol_policy"),
                OriginSslProtocols = endpoint.Block("origin_ssl_protocols")?.Texts("items") ?? [],
            }
        );
        return new(
            id,
            endpoint.KnownText("arn") ?? "",
            built.OriginProtocolPolicy,
            built.OriginSslProtocols,
            built.HttpPort,
            built.HttpsPort
        );
    }

    private static void Under<T>(TerraformResource resource, Dictionary<string, T> found, Func<string, T> make)
    {
        found[resource.Address] = make(resource.Address);
        if (resource.Block.KnownText("id") is { Length: > 0 } id)
        {
            found[id] = make(id);
        }
    }
}
