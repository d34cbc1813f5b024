using System.Net;
using OriginWatch.Probing.Tls;
using OriginWatch.Rules;
using OriginWatch.Targets;

namespace OriginWatch.Probing;

/// <summary>
/// Makes the handshakes that CloudFront would make: every address of a name, every hello. Connections are limited in all and per
/// address; a target ends within <see cref="ProbeLimits.TargetDeadline"/> of its turn, whatever the peer does.
/// </summary>
public sealed class TlsProber : IProber, IDisposable
{
    private readonly ProberOptions _options;
    private readonly INameResolver _resolver;
    private readonly ConnectionSlots _slots;
    private readonly ConnectionProbe _connection;

    public TlsProber(ProberOptions options, INameResolver resolver, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(options);
        _options = options;
        _resolver = resolver;
        _slots = new(options.Concurrency);
        _connection = new(options, new ProbeCrypto(), time);
    }

    public async Task<TargetOutcome> ProbeAsync(ProbeTarget target, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(target);
        var hellos = _options.Profile.Hellos(target.Protocols);
        var resolution = await ResolveAsync(target, cancellationToken).ConfigureAwait(false);
        if (resolution.Failure is { } reason)
        {
            return new(target, [new(null, hellos[^1], IsConfirmation: false, ConnectFailures.OfLookUp(reason, resolution.Detail))]);
        }

        var looks = resolution.Addresses.Take(_options.MaxAddressesPerName)
            .SelectMany(address => hellos.Select(hello => AttemptAsync(address, hello, target, cancellationToken)));
        return new(target, await Task.WhenAll(looks).ConfigureAwait(false)) { AddressesFound = resolution.Addresses.Count };
    }

    /// <summary>
    /// Offers each version alone to the first address that may be connected to, one connection per version. A version whose
    /// connection met neither a handshake nor a refusal is in neither set.
    /// </summary>
    public async Task<AcceptedVersions> ScanVersionsAsync(ProbeTarget target, IReadOnlyList<TlsProtocol> versions, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(target);
        var addresses = (await ResolveAsync(target, cancellationToken).ConfigureAwait(false)).Addresses;
        if (addresses.FirstOrDefault(address => IsAllowed(address, target)) is not { } address)
        {
            return new(new(), new());
        }

        var results = await Task.WhenAll(versions.Select(version => LookAsync(address, new(version), target, cancellationToken))).ConfigureAwait(false);
        return new(
            new(versions.Where((_, i) => results[i] is Handshake)),
            new(versions.Where((_, i) => results[i] is ProbeFailure { Reason: FailureReason.AlertReceived or FailureReason.NoCommonProtocol or FailureReason.NoCommonCipherSuite or FailureReason.ClosedBeforeServerHello or FailureReason.ResetBeforeServerHello })));
    }

    public void Dispose() => _slots.Dispose();

    private Task<NameResolution> ResolveAsync(ProbeTarget target, CancellationToken cancellationToken)
        => DomainNames.Literal(target.DomainName) is { } address
            ? Task.FromResult(NameResolution.Of([address]))
            : _resolver.ResolveAsync(target.DomainName, target.Port, target.IpAddressType, cancellationToken);

    private async Task<ProbeAttempt> AttemptAsync(IPAddress address, ProtocolSet hello, ProbeTarget target, CancellationToken cancellationToken)
        => new(address, hello, IsConfirmation: false, IsAllowed(address, target)
            ? await LookAsync(address, hello, target, cancellationToken).ConfigureAwait(false)
            : ConnectFailures.NotAllowed(address));

    private Task<ProbeResult> LookAsync(IPAddress address, ProtocolSet hello, ProbeTarget target, CancellationToken cancellationToken)
    {
        var plain = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        var offer = new ClientOffer(hello, _options.Profile, SniOf(target.ServerName));
        return _slots.RunAsync(plain, () => _connection.ProbeAsync(new(plain, target.Port), offer, target, cancellationToken), cancellationToken);
    }

    private bool IsAllowed(IPAddress address, ProbeTarget target)
        => _options.AllowPrivateAddresses || PublicAddresses.IsPublic(address) || new IPEndPoint(address, target.Port).Equals(target.AllowedEndpoint);

    /// <summary>RFC 6066, section 3: no address literals, no trailing dot.</summary>
    private static string? SniOf(string serverName)
        => DomainNames.Literal(serverName) is null ? DomainNames.Canonical(serverName) : null;
}
