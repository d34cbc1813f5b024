namespace Amazon.CloudFront.Model;

public class CacheBehaviors
{
    public List<CacheBehavior>? Items { get; set; }
    public int? Quantity { get; set; }
}

public class CacheBehavior
{
    public string? CachePolicyId { get; set; }

    [Obsolete("Use CachePolicyId instead.")]
    public ForwardedValues? ForwardedValues { get; set; }

    public FunctionAssociations? FunctionAssociations { get; set; }
    public GrpcConfig? GrpcConfig { get; set; }
    public LambdaFunctionAssociations? LambdaFunctionAssociations { get; set; }
    public string? OriginRequestPolicyId { get; set; }
    public string? PathPattern { get; set; }
    public string? TargetOriginId { get; set; }
    public TrustedKeyGroups? TrustedKeyGroups { get; set; }
    public TrustedSigners? TrustedSigners { get; set; }
    public ViewerProtocolPolicy? ViewerProtocolPolicy { get; set; }
}

public class DefaultCacheBehavior
{
    public string? CachePolicyId { get; set; }

    [Obsolete("Use CachePolicyId instead.")]
    public ForwardedValues? ForwardedValues { get; set; }

    public FunctionAssociations? FunctionAssociations { get; set; }
    public GrpcConfig? GrpcConfig { get; set; }
    public LambdaFunctionAssociations? LambdaFunctionAssociations { get; set; }
    public string? OriginRequestPolicyId { get; set; }
    public string? TargetOriginId { get; set; }
    public TrustedKeyGroups? TrustedKeyGroups { get; set; }
    public TrustedSigners? TrustedSigners { get; set; }
    public ViewerProtocolPolicy? ViewerProtocolPolicy { get; set; }
}

public class ForwardedValues
{
    public Headers? Headers { get; set; }
}

public class Headers
{
    public List<string>? Items { get; set; }
    public int? Quantity { get; set; }
}

public class FunctionAssociations
{
    public List<FunctionAssociation>? Items { get; set; }
    public int? Quantity { get; set; }
}

public class FunctionAssociation
{
    public EventType? EventType { get; set; }
    public string? FunctionARN { get; set; }
}

public class LambdaFunctionAssociations
{
    public List<LambdaFunctionAssociation>? Items { get; set; }
    public int? Quantity { get; set; }
}

public class LambdaFunctionAssociation
{
    public EventType? EventType { get; set; }
    public string? LambdaFunctionARN { get; set; }
}

public class TrustedKeyGroups
{
    public bool? Enabled { get; set; }
}

public class TrustedSigners
{
    public bool? Enabled { get; set; }
}

public class GrpcConfig
{
    public bool? Enabled { get; set; }
}

public class CachePolicy
{
    public CachePolicyConfig? CachePolicyConfig { get; set; }
    public string? Id { get; set; }
}

public class CachePolicyConfig
{
    public string? Name { get; set; }
    public ParametersInCacheKeyAndForwardedToOrigin? ParametersInCacheKeyAndForwardedToOrigin { get; set; }
}

public class ParametersInCacheKeyAndForwardedToOrigin
{
    public CachePolicyHeadersConfig? HeadersConfig { get; set; }
}

public class CachePolicyHeadersConfig
{
    public CachePolicyHeaderBehavior? HeaderBehavior { get; set; }
    public Headers? Headers { get; set; }
}

public class OriginRequestPolicy
{
    public string? Id { get; set; }
    public OriginRequestPolicyConfig? OriginRequestPolicyConfig { get; set; }
}

public class OriginRequestPolicyConfig
{
    public OriginRequestPolicyHeadersConfig? HeadersConfig { get; set; }
    public string? Name { get; set; }
}

public class OriginRequestPolicyHeadersConfig
{
    public OriginRequestPolicyHeaderBehavior? HeaderBehavior { get; set; }
    public Headers? Headers { get; set; }
}
