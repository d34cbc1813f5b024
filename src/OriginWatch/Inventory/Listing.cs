using OriginWatch.Inventory.Organization;
using OriginWatch.Tls;

namespace OriginWatch.Inventory;

/// <summary>The whole inventory of an account. A partial one is never built: reading it throws <see cref="InventoryException"/>.</summary>
public sealed record Listing
{
    /// <summary>Twelve digits, or null where the source does not tell.</summary>
    public string? AccountId { get; init; }

    /// <summary>The accounts of a scan of several, read or not; empty in a scan of one.</summary>
    public IReadOnlyList<AccountReading> Accounts { get; init; } = [];

    public required IReadOnlyList<Distribution> Distributions { get; init; }

    /// <summary>Custom cache and origin request policies by id. An id that is neither here nor managed is unknown.</summary>
    public IReadOnlyDictionary<string, HeaderPolicy> Policies { get; init; } = new Dictionary<string, HeaderPolicy>(StringComparer.Ordinal);

    /// <summary>VPC origins by id, as far as they could be read.</summary>
    public IReadOnlyDictionary<string, VpcOriginEndpoint> VpcOrigins { get; init; } =
        new Dictionary<string, VpcOriginEndpoint>(StringComparer.Ordinal);

    /// <summary>Tenants of multi-tenant distributions, as far as they could be read.</summary>
    public IReadOnlyList<DistributionTenant> Tenants { get; init; } = [];

    /// <summary>What the reader did not understand or could not read, one sentence each, without repetition.</summary>
    public IReadOnlyList<string> Remarks { get; init; } = [];

    /// <summary>Why tags that routes ask for are missing from <see cref="Distribution.RouteTags"/>; null where none are.</summary>
    public string? TagsUnreadBecause { get; init; }

    /// <summary>Why <see cref="Distribution.Traffic"/> is missing; null where it was read, and where nobody asked.</summary>
    public string? TrafficUnreadBecause { get; init; }
}

/// <summary>
/// Which headers a cache policy or an origin request policy sends to the origin.
/// <see cref="HeaderBehavior"/> is the API's word: none, whitelist, allViewer, allViewerAndWhitelistCloudFront, allExcept.
/// </summary>
public sealed record HeaderPolicy(string Id, string Name, string HeaderBehavior, IReadOnlyList<string> Headers);

/// <summary>CloudFront's <c>VpcOriginEndpointConfig</c>.</summary>
public sealed record VpcOriginEndpoint(
    string Id,
    string Arn,
    OriginProtocolPolicy OriginProtocolPolicy,
    IReadOnlyList<TlsProtocol> OriginSslProtocols,
    int HttpPort,
    int HttpsPort
);

/// <summary>A tenant of a multi-tenant distribution.</summary>
public sealed record DistributionTenant(
    string Id,
    string DistributionId,
    bool Enabled,
    IReadOnlyList<string> Domains,
    IReadOnlyDictionary<string, string> Parameters
)
{
    /// <summary>At most so many tenants of a distribution are read and looked at; a cut is reported.</summary>
    public const int MostPerDistribution = 1000;
}

/// <summary>Where a <see cref="Listing"/> comes from: a saved file or CloudFront's API.</summary>
public interface IInventorySource
{
    /// <exception cref="InventoryException">The inventory could not be read in full; the message says what to do.</exception>
    Task<Listing> ReadAsync(CancellationToken cancellationToken);
}
