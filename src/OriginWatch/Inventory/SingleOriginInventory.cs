using OriginWatch.Tls;

namespace OriginWatch.Inventory;

/// <summary>One host as if it were the only origin of a distribution, HTTPS only: what CloudFront would make of it.</summary>
/// <param name="host">A domain name or an IP address.</param>
/// <param name="port">CloudFront's <c>HTTPSPort</c>.</param>
/// <param name="serverName">The viewer's Host, as if it were forwarded; null for the host's own name.</param>
/// <param name="protocols"><c>OriginSslProtocols</c>.</param>
/// <param name="addressType"><c>IpAddressType</c>; CloudFront's own default is ipv4.</param>
public sealed class SingleOriginInventory(
    string host,
    int port,
    string? serverName,
    IReadOnlyList<TlsProtocol> protocols,
    IpAddressType addressType
) : IInventorySource
{
    /// <summary>AWS's managed origin request policy HostHeaderOnly (AWS developer guide, "Use managed origin request policies").</summary>
    private const string HostHeaderOnly = "bf0718e1-ba1e-49d1-88b1-f726733018ae";

    /// <summary>AWS's managed cache policy CachingDisabled; an origin request policy needs a cache policy beside it.</summary>
    private const string CachingDisabled = "4135ea2d-6df8-44a3-9df3-4b5a84be39ad";

    public Task<Listing> ReadAsync(CancellationToken cancellationToken)
    {
        var origin = new Origin
        {
            Id = host,
            DomainName = host,
            CustomOriginConfig = new()
            {
                HttpsPort = port,
                OriginProtocolPolicy = OriginProtocolPolicy.HttpsOnly,
                OriginSslProtocols = protocols,
                IpAddressType = addressType,
            },
        };
        var distribution = new Distribution
        {
            Id = "probe",
            DomainName = "",
            Aliases = serverName is null ? [] : [serverName],
            Origins = [origin],
            DefaultCacheBehavior = new()
            {
                TargetOriginId = origin.Id,
                ViewerProtocolPolicy = ViewerProtocolPolicy.HttpsOnly,
                CachePolicyId = CachingDisabled,
                OriginRequestPolicyId = serverName is null ? null : HostHeaderOnly,
            },
        };
        return Task.FromResult(new Listing { Distributions = [distribution] });
    }
}
