namespace OriginWatch.Inventory;

/// <summary>A cache behavior, default or ordered.</summary>
public sealed record CacheBehavior
{
    /// <summary>The default behavior's pattern, last in evaluation order.</summary>
    public const string DefaultPathPattern = "*";

    public string PathPattern { get; init; } = DefaultPathPattern;

    /// <summary>An origin's id or an origin group's id.</summary>
    public required string TargetOriginId { get; init; }

    public required ViewerProtocolPolicy ViewerProtocolPolicy { get; init; }
    public string? CachePolicyId { get; init; }
    public string? OriginRequestPolicyId { get; init; }

    /// <summary>Names in the legacy <c>ForwardedValues.Headers</c>; null where the behavior has no <c>ForwardedValues</c>.</summary>
    public IReadOnlyList<string>? ForwardedHeaders { get; init; }

    public bool GrpcEnabled { get; init; }

    /// <summary>True where viewers need a signed URL or cookie (<c>TrustedSigners</c> or <c>TrustedKeyGroups</c>).</summary>
    public bool IsSigned { get; init; }

    /// <summary>Edge functions on viewer-request or origin-request, by ARN: they may rewrite the origin.</summary>
    public IReadOnlyList<string> RequestFunctionArns { get; init; } = [];

    /// <summary>Of those, the ones on origin-request: they run after the cache, may choose any origin and may answer themselves.</summary>
    public IReadOnlyList<string> OriginRequestFunctionArns { get; init; } = [];
}
