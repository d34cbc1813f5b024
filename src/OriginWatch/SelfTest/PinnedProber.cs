using System.Net;
using OriginWatch.Inventory;
using OriginWatch.Probing;
using OriginWatch.Rules;
using OriginWatch.Targets;
using OriginWatch.Tls;

namespace OriginWatch.SelfTest;

/// <summary>Sends each known name to its one endpoint without a lookup, and allows exactly that endpoint although it is not
/// public.</summary>
internal sealed class PinnedProber(IProber prober, IReadOnlyDictionary<string, IPEndPoint> endpoints) : IProber
{
    public async Task<TargetOutcome> ProbeAsync(ProbeTarget target, CancellationToken cancellationToken) =>
        await prober.ProbeAsync(Pinned(target), cancellationToken) with
        {
            Target = target,
        };

    public async Task<TargetOutcome> ConnectAsync(HttpTarget target, CancellationToken cancellationToken) =>
        await prober.ConnectAsync(Pinned(target), cancellationToken) with
        {
            Target = target,
        };

    public Task<AcceptedVersions> ScanVersionsAsync(
        ProbeTarget target,
        IReadOnlyList<TlsProtocol> versions,
        CancellationToken cancellationToken
    ) => prober.ScanVersionsAsync(Pinned(target), versions, cancellationToken);

    private T Pinned<T>(T target)
        where T : ConnectTarget =>
        endpoints.TryGetValue(target.DomainName, out var endpoint)
            ? target with
            {
                DomainName = endpoint.Address.ToString(),
                Port = endpoint.Port,
                AllowedEndpoint = endpoint,
            }
            : target;
}

/// <summary>Knows the pinned names and no other.</summary>
internal sealed class PinnedResolver(IReadOnlyDictionary<string, IPEndPoint> endpoints) : INameResolver
{
    public Task<NameResolution> ResolveAsync(string name, int port, IpAddressType addressType, CancellationToken cancellationToken) =>
        Task.FromResult(
            endpoints.TryGetValue(name, out var endpoint)
                ? NameResolution.Of([endpoint.Address])
                : NameResolution.Failed(FailureReason.NameNotFound, "this name is not pinned to an endpoint")
        );
}
