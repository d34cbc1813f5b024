namespace OriginWatch.Inventory;

/// <summary>A CloudFront distribution, in the words of CloudFront's <c>DistributionSummary</c>.</summary>
public sealed record Distribution
{
    public required string Id { get; init; }

    /// <summary>The distribution's own name, <c>d….cloudfront.net</c>.</summary>
    public required string DomainName { get; init; }

    public string? Arn { get; init; }

    /// <summary>The account that it belongs to, in a scan of several; null in a scan of one.</summary>
    public string? AccountId { get; init; }

    public string? Comment { get; init; }
    public IReadOnlyList<string> Aliases { get; init; } = [];
    public bool Enabled { get; init; } = true;
    public bool Staging { get; init; }
    public ConnectionMode ConnectionMode { get; init; } = ConnectionMode.Direct;
    public required IReadOnlyList<Origin> Origins { get; init; }
    public IReadOnlyList<OriginGroup> OriginGroups { get; init; } = [];
    public required CacheBehavior DefaultCacheBehavior { get; init; }

    /// <summary>The ordered behaviors; the default one comes after them and is not in this list.</summary>
    public IReadOnlyList<CacheBehavior> CacheBehaviors { get; init; } = [];

    public IReadOnlyList<CustomErrorResponse> CustomErrorResponses { get; init; } = [];

    /// <summary>The web ACL that may answer in the origin's place; null where there is none.</summary>
    public string? WebAclId { get; init; }

    /// <summary>True where viewers of some countries are refused (<c>GeoRestriction</c>).</summary>
    public bool HasGeoRestriction { get; init; }

    /// <summary>True where every viewer must show a client certificate (<c>ViewerMtlsConfig</c>).</summary>
    public bool RequiresViewerCertificate { get; init; }

    /// <summary>Sends a share of the viewers to a staging distribution; a listing does not tell, a configuration does.</summary>
    public string? ContinuousDeploymentPolicyId { get; init; }

    /// <summary>False where it is planned so and CloudFront does not have it, or has it otherwise: its own answers say nothing about
    /// this.</summary>
    public bool IsDeployed { get; init; } = true;

    /// <summary>Default values of the parameters of a multi-tenant distribution, by parameter name; null where the listing does not
    /// say.</summary>
    public IReadOnlyDictionary<string, string>? TenantParameterDefaults { get; init; }

    /// <summary>Of its tags those that routes ask for, as KEY=VALUE, where an earlier step has read them; null where none did.</summary>
    public IReadOnlyList<string>? RouteTags { get; init; }

    /// <summary>What CloudFront counted for it, where an earlier step has asked; null where none did or there were no requests.</summary>
    public DistributionTraffic? Traffic { get; init; }
}

/// <summary>How a distribution masks an error of the origin. <see cref="ResponseCode"/> is null where the code is passed on as it
/// is.</summary>
public sealed record CustomErrorResponse(int ErrorCode, int? ResponseCode, string? ResponsePagePath);

/// <summary>An origin group: the first member is the primary. <see cref="StatusCodes"/> are the failover criteria.</summary>
public sealed record OriginGroup(string Id, IReadOnlyList<string> MemberOriginIds, IReadOnlyList<int> StatusCodes);
