using System.Net;
using OriginWatch.Names;
using OriginWatch.Probing.Engine;
using OriginWatch.Targets;
using OriginWatch.Tls;

namespace OriginWatch.Probing;

/// <summary>
/// Makes the handshakes that CloudFront would make: every address of a name, every hello. Lookups and connections are limited in all,
/// connections per address too; from its turn on, each step of a target has its limit (<see cref="ProbeLimits"/>), whatever the peer does.
/// </summary>
public sealed class TlsProber : IProber, IDisposable
{
    private readonly ProberOptions _options;
    private readonly INameResolver _resolver;
    private readonly ConnectionSlots _slots;
    private readonly SemaphoreSlim _lookups;
    private readonly ConnectionProbe _connection;

    public TlsProber(ProberOptions options, INameResolver resolver, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(options);
        _options = options;
        _resolver = resolver;
        _slots = new(options.Concurrency, ProbeLimits.InSilence(options.Concurrency));
        _lookups = new(ProbeLimits.LookupsPerConnection * options.Concurrency);
        _connection = new(options, new ProbeCrypto(), time);
    }

    public Task<TargetOutcome> ProbeAsync(ProbeTarget target, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(target);
        return LookEverywhereAsync(
            target,
            _options.Profile.Hellos(target.Protocols),
            (address, hello) => HandshakeAsync(address, hello, target, cancellationToken),
            cancellationToken
        );
    }

    public Task<TargetOutcome> ConnectAsync(HttpTarget target, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(target);
        return LookEverywhereAsync(
            target,
            [new()],
            (address, _) =>
                InSlotAsync(
                    address,
                    target,
                    (endpoint, turn) => _connection.ConnectAsync(endpoint, target, turn, cancellationToken),
                    cancellationToken
                ),
            cancellationToken
        );
    }

    /// <summary>
    /// Offers each version alone to the first address that may be connected to, one connection per version. A version whose
    /// connection met neither a handshake nor a refusal is in neither set.
    /// </summary>
    public async Task<AcceptedVersions> ScanVersionsAsync(
        ProbeTarget target,
        IReadOnlyList<TlsProtocol> versions,
        CancellationToken cancellationToken
    )
    {
        ArgumentNullException.ThrowIfNull(target);
        var addresses = (await ResolveAsync(target, cancellationToken).ConfigureAwait(false)).Addresses;
        if (addresses.FirstOrDefault(address => IsAllowed(address, target)) is not { } address)
        {
            return new(new(), new());
        }

        var results = await Task.WhenAll(versions.Select(version => HandshakeAsync(address, new(version), target, cancellationToken)))
            .ConfigureAwait(false);
        return new(
            new(versions.Where((_, i) => results[i] is Handshake)),
            new(
                versions.Where(
                    (_, i) =>
                        results[i]
                            is ProbeFailure
                            {
                                Reason: FailureReason.AlertReceived
                                    or FailureReason.NoCommonProtocol
                                    or FailureReason.NoCommonCipherSuite
                                    or FailureReason.ClosedBeforeServerHello
                                    or FailureReason.ResetBeforeServerHello
                            }
                )
            )
        );
    }

    public void Dispose()
    {
        _slots.Dispose();
        _lookups.Dispose();
    }

    private async Task<TargetOutcome> LookEverywhereAsync(
        ConnectTarget target,
        IReadOnlyList<ProtocolSet> hellos,
        Func<IPAddress, ProtocolSet, Task<ProbeResult>> look,
        CancellationToken cancellationToken
    )
    {
        var resolution = await ResolveAsync(target, cancellationToken).ConfigureAwait(false);
        if (resolution.Failure is { } reason)
        {
            return new(target, [new(null, hellos[^1], IsConfirmation: false, ConnectFailures.OfLookUp(reason, resolution.Detail))]);
        }

        var looks = resolution
            .Addresses.Take(_options.MaxAddressesPerName)
            .SelectMany(address => hellos.Select(hello => AttemptAsync(address, hello, target, look)));
        return new(target, await Task.WhenAll(looks).ConfigureAwait(false)) { AddressesFound = resolution.Addresses.Count };
    }

    private async Task<NameResolution> ResolveAsync(ConnectTarget target, CancellationToken cancellationToken)
    {
        if (DomainNames.Literal(target.DomainName) is { } address)
        {
            return NameResolution.Of([address]);
        }

        await _lookups.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            return await _resolver
                .ResolveAsync(target.DomainName, target.Port, target.IpAddressType, cancellationToken)
                .ConfigureAwait(false);
        }
        finally
        {
            _lookups.Release();
        }
    }

    private async Task<ProbeAttempt> AttemptAsync(
        IPAddress address,
        ProtocolSet hello,
        ConnectTarget target,
        Func<IPAddress, ProtocolSet, Task<ProbeResult>> look
    ) =>
        new(
            address,
            hello,
            IsConfirmation: false,
            IsAllowed(address, target) ? await look(address, hello).ConfigureAwait(false) : ConnectFailures.NotAllowed(address)
        );

    private Task<ProbeResult> HandshakeAsync(IPAddress address, ProtocolSet hello, ProbeTarget target, CancellationToken cancellationToken)
    {
        var offer = new ClientOffer(hello, _options.Profile, SniOf(target.ServerName));
        return InSlotAsync(
            address,
            target,
            (endpoint, turn) => _connection.ProbeAsync(endpoint, offer, target, turn, cancellationToken),
            cancellationToken
        );
    }

    private Task<ProbeResult> InSlotAsync(
        IPAddress address,
        ConnectTarget target,
        Func<IPEndPoint, ConnectionTurn, Task<ProbeResult>> look,
        CancellationToken cancellationToken
    )
    {
        var plain = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        return _slots.RunAsync(plain, turn => look(new(plain, target.Port), turn), cancellationToken);
    }

    private bool IsAllowed(IPAddress address, ConnectTarget target) =>
        _options.AllowPrivateAddresses
        || PublicAddresses.IsPublic(address)
        || new IPEndPoint(address, target.Port).Equals(target.AllowedEndpoint);

    /// <summary>RFC 6066, section 3: no address literals, no trailing dot.</summary>
    private static string? SniOf(string serverName) => DomainNames.Literal(serverName) is null ? DomainNames.Canonical(serverName) : null;
}
