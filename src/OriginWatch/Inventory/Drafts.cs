namespace OriginWatch.Inventory;

/// <summary>A distribution as a reader found it: null where the source is silent. <see cref="DistributionBuilder"/> makes a distribution of
/// it.</summary>
public sealed record DistributionDraft(IDraftSource Source)
{
    public string? Id { get; init; }

    /// <summary>Empty where a distribution has no own name yet.</summary>
    public string? DomainName { get; init; }

    public string? Arn { get; init; }
    public string? Comment { get; init; }
    public IReadOnlyList<string> Aliases { get; init; } = [];
    public bool? Enabled { get; init; }
    public bool? Staging { get; init; }
    public string? ConnectionMode { get; init; }
    public IReadOnlyList<OriginDraft> Origins { get; init; } = [];
    public IReadOnlyList<OriginGroupDraft> OriginGroups { get; init; } = [];
    public BehaviorDraft? DefaultCacheBehavior { get; init; }
    public IReadOnlyList<BehaviorDraft> CacheBehaviors { get; init; } = [];
    public IReadOnlyList<ErrorResponseDraft> CustomErrorResponses { get; init; } = [];
    public string? WebAclId { get; init; }

    /// <summary>The API's word: none, blacklist, whitelist.</summary>
    public string? GeoRestrictionType { get; init; }

    /// <summary>True where there is a <c>ViewerMtlsConfig</c>.</summary>
    public bool HasViewerMtls { get; init; }

    public string? ViewerMtlsMode { get; init; }
    public string? ContinuousDeploymentPolicyId { get; init; }
    public IReadOnlyDictionary<string, string>? TenantParameterDefaults { get; init; }
    public bool IsDeployed { get; init; } = true;
}

/// <summary>An origin as a reader found it.</summary>
public sealed record OriginDraft(IDraftSource Source)
{
    public string? Id { get; init; }
    public string? DomainName { get; init; }
    public string? OriginPath { get; init; }
    public int? ConnectionAttempts { get; init; }
    public int? ConnectionTimeout { get; init; }

    /// <summary><c>OriginReadTimeout</c>, which stands in the configuration of the origin's kind.</summary>
    public int? ReadTimeout { get; init; }

    public CustomOriginDraft? Custom { get; init; }
    public bool IsS3 { get; init; }

    /// <summary>True where there is a <c>VpcOriginConfig</c>.</summary>
    public bool IsVpc { get; init; }

    public string? VpcOriginId { get; init; }
    public string? VpcOriginOwnerId { get; init; }
    public string? OriginAccessControlId { get; init; }
    public string? NotKnownYet { get; init; }
}

/// <summary>A <c>CustomOriginConfig</c>, or a VPC origin's endpoint, as a reader found it.</summary>
public sealed record CustomOriginDraft(IDraftSource Source)
{
    public int? HttpPort { get; init; }
    public int? HttpsPort { get; init; }
    public string? OriginProtocolPolicy { get; init; }
    public IReadOnlyList<string> OriginSslProtocols { get; init; } = [];
    public string? IpAddressType { get; init; }
    public bool HasOriginMtls { get; init; }
    public string? ClientCertificateArn { get; init; }
}

/// <summary>A cache behavior as a reader found it.</summary>
public sealed record BehaviorDraft(IDraftSource Source)
{
    public string? PathPattern { get; init; }
    public string? TargetOriginId { get; init; }
    public string? ViewerProtocolPolicy { get; init; }
    public string? CachePolicyId { get; init; }
    public string? OriginRequestPolicyId { get; init; }
    public IReadOnlyList<string>? ForwardedHeaders { get; init; }
    public bool? GrpcEnabled { get; init; }

    /// <summary>True where trusted signers or key groups are enabled.</summary>
    public bool IsSigned { get; init; }

    public IReadOnlyList<FunctionDraft> Functions { get; init; } = [];
}

/// <summary>A function on a cache behavior as a reader found it.</summary>
public sealed record FunctionDraft(IDraftSource Source, string? EventType, string? Arn);

/// <summary>An origin group as a reader found it.</summary>
public sealed record OriginGroupDraft(
    IDraftSource Source,
    string? Id,
    IReadOnlyList<string?> MemberOriginIds,
    IReadOnlyList<int> StatusCodes
);

/// <summary>A custom error response as a reader found it.</summary>
public sealed record ErrorResponseDraft(IDraftSource Source, int? ErrorCode, string? ResponseCode, string? ResponsePagePath);
