using System.Net;
using OriginWatch.Inventory;
using OriginWatch.Probing;
using OriginWatch.Targets;

namespace OriginWatch.Fixtures.Demo;

/// <summary>Sends each known name to its one endpoint without a look-up, and allows exactly that endpoint although it is not public.</summary>
internal sealed class PinnedProber(IProber prober, IReadOnlyDictionary<string, IPEndPoint> endpoints) : IProber
{
    public async Task<TargetOutcome> ProbeAsync(ProbeTarget target, CancellationToken cancellationToken)
    {
        var endpoint = endpoints.GetValueOrDefault(target.DomainName);
        var pinned = endpoint is null ? target : target with { DomainName = endpoint.Address.ToString(), Port = endpoint.Port, AllowedEndpoint = endpoint };
        return await prober.ProbeAsync(pinned, cancellationToken) with { Target = target };
    }
}

/// <summary>Knows the pinned names and no other.</summary>
internal sealed class PinnedResolver(IReadOnlyDictionary<string, IPEndPoint> endpoints) : INameResolver
{
    public Task<NameResolution> ResolveAsync(string name, int port, IpAddressType addressType, CancellationToken cancellationToken)
        => Task.FromResult(endpoints.TryGetValue(name, out var endpoint)
            ? NameResolution.Of([endpoint.Address])
            : NameResolution.Failed(FailureReason.NameNotFound, "this name is not pinned to an endpoint"));
}
