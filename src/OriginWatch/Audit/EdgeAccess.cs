using System.Net;
using OriginWatch.Edge;
using OriginWatch.Inventory;
using OriginWatch.Probing;

namespace OriginWatch.Audit;

/// <summary>The way to CloudFront's edges, with the resolver and the guards that probes have.</summary>
public static class EdgeAccess
{
    /// <param name="resolver">Distributions always have IPv4 addresses, and not every network has a route for others.</param>
    /// <param name="allowPrivateAddresses">Never in the Lambda.</param>
    /// <param name="time">The clock.</param>
    public static EdgeClientFactory Over(INameResolver resolver, bool allowPrivateAddresses, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(resolver);
        return check => new EdgeClient(
            new()
            {
                Resolve = (name, port, cancellationToken) => ResolveAsync(resolver, name, port, cancellationToken),
                CheckCertificate = check,
                AllowPrivateAddresses = allowPrivateAddresses,
            },
            time
        );
    }

    private static async Task<EdgeEndpoints> ResolveAsync(
        INameResolver resolver,
        string name,
        int port,
        CancellationToken cancellationToken
    )
    {
        var resolved = await resolver.ResolveAsync(name, port, IpAddressType.Ipv4, cancellationToken).ConfigureAwait(false);
        return new(
            [.. resolved.Addresses.Select(address => new IPEndPoint(address, port))],
            resolved.Failure is null ? null : resolved.Detail
        );
    }
}
