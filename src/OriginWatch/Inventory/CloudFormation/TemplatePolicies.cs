namespace OriginWatch.Inventory.CloudFormation;

/// <summary>Policies and VPC origins of the same template, by their logical ids.</summary>
internal static class TemplatePolicies
{
    /// <summary>The logical id out of <c>${Policy}</c> or <c>${Policy.Id}</c>, under which the template's own resources are found; any
    /// other text as it is.</summary>
    public static string? LogicalId(string? text) =>
        text is ['$', '{', .. var inner, '}'] && inner.Length > 0
            ? (inner.EndsWith(".Id", StringComparison.Ordinal) ? inner[..^3] : inner) is var name && name.All(char.IsAsciiLetterOrDigit)
                ? name
                : text
            : text;

    /// <summary>What is not given is <c>["TLSv1", "SSLv3"]</c>: the default in the schemas that AWS publishes of its resource
    /// types.</summary>
    public static IReadOnlyList<string> Protocols(TemplateBlock config)
    {
        if (config.Has("OriginSSLProtocols"))
        {
            return config.Texts("OriginSSLProtocols");
        }

        if (config.Text("OriginProtocolPolicy") != OriginProtocolPolicy.HttpOnly.Value)
        {
            config.Remarks.Add(
                "Where a template gives no OriginSSLProtocols, CloudFormation sets TLSv1 and SSLv3, and so it is evaluated. "
                    + "Set OriginSSLProtocols to [TLSv1.2]."
            );
        }

        return ["TLSv1", "SSLv3"];
    }

    public static IReadOnlyDictionary<string, HeaderPolicy> Read(IReadOnlyList<TemplateResource> resources)
    {
        var policies = new Dictionary<string, HeaderPolicy>(StringComparer.Ordinal);
        foreach (var resource in resources)
        {
            if (ReadPolicy(resource) is { } policy)
            {
                policies[resource.LogicalId] = policy;
            }
        }

        return policies;
    }

    public static IReadOnlyDictionary<string, VpcOriginEndpoint> ReadVpcOrigins(IReadOnlyList<TemplateResource> resources)
    {
        var endpoints = new Dictionary<string, VpcOriginEndpoint>(StringComparer.Ordinal);
        foreach (var resource in resources.Where(resource => resource.Type == "AWS::CloudFront::VpcOrigin"))
        {
            if (
                resource.Properties.Block("VpcOriginEndpointConfig") is { } config
                && PendingText.Reason((config, "OriginProtocolPolicy", ""), (config, "HTTPPort", ""), (config, "HTTPSPort", "")) is null
            )
            {
                endpoints[resource.LogicalId] = ReadEndpoint(resource.LogicalId, config);
            }
        }

        return endpoints;
    }

    /// <summary>Null for what is no policy, and for one whose headers are not known yet, so that what it forwards counts as
    /// unknown.</summary>
    private static HeaderPolicy? ReadPolicy(TemplateResource resource)
    {
        var config = resource.Type switch
        {
            "AWS::CloudFront::CachePolicy" => resource.Properties.Block("CachePolicyConfig"),
            "AWS::CloudFront::OriginRequestPolicy" => resource.Properties.Block("OriginRequestPolicyConfig"),
            _ => null,
        };
        var headers = (config?.Block("ParametersInCacheKeyAndForwardedToOrigin") ?? config)?.Block("HeadersConfig");
        var names = headers?.Texts("Headers") ?? [];
        return headers?.KnownText("HeaderBehavior") is { } behavior && !names.Any(PendingText.Is)
            ? new(resource.LogicalId, config!.KnownText("Name") ?? resource.LogicalId, behavior, names)
            : null;
    }

    /// <summary>CloudFormation's own default is to match the viewer.</summary>
    private static VpcOriginEndpoint ReadEndpoint(string logicalId, TemplateBlock config)
    {
        var built = OriginBuilder.Build(
            new CustomOriginDraft(config)
            {
                HttpPort = config.Number("HTTPPort"),
                HttpsPort = config.Number("HTTPSPort"),
                OriginProtocolPolicy = config.Text("OriginProtocolPolicy") ?? OriginProtocolPolicy.MatchViewer.Value,
                OriginSslProtocols = Protocols(config),
            }
        );
        return new(
            logicalId,
            config.KnownText("Arn") ?? "",
            built.OriginProtocolPolicy,
            built.OriginSslProtocols,
            built.HttpPort,
            built.HttpsPort
        );
    }
}
