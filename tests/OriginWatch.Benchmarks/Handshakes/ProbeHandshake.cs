using System.Net;
using OriginWatch.Probing;
using OriginWatch.Probing.Engine;
using OriginWatch.Targets;
using OriginWatch.Tls;

namespace OriginWatch.Benchmarks.Handshakes;

/// <summary>OriginWatch's bare handshake: connect, handshake as CloudFront makes it, record, close. Nothing is judged.</summary>
internal sealed class ProbeHandshake(TimeProvider time, ProberOptions? options = null)
{
    private readonly ConnectionProbe _connection = new(options ?? new(), new ProbeCrypto(), time);

    public async Task RunAsync(IPEndPoint endpoint, string serverName, CancellationToken cancellationToken)
    {
        if (await ProbeAsync(endpoint, serverName, cancellationToken) is ProbeFailure failure)
        {
            throw new InvalidOperationException($"the handshake with {endpoint} failed: {failure.Detail}");
        }
    }

    /// <summary>However it ends.</summary>
    public async Task TryAsync(IPEndPoint endpoint, string serverName, CancellationToken cancellationToken)
    {
        try
        {
            await ProbeAsync(endpoint, serverName, cancellationToken);
        }
        catch (OperationCanceledException)
        {
            // The caller has seen enough.
        }
    }

    private async Task<ProbeResult> ProbeAsync(IPEndPoint endpoint, string serverName, CancellationToken cancellationToken)
    {
        var target = new ProbeTarget
        {
            DomainName = serverName,
            Port = endpoint.Port,
            ServerName = serverName,
            Protocols = new(TlsProtocol.Tls12, TlsProtocol.Tls13),
        };
        var offer = new ClientOffer(target.Protocols, new ProberOptions().Profile, serverName);
        using var places = new SemaphoreSlim(0); // nobody waits for one: the caller bounds the connections
        using var turn = new ConnectionTurn(places, places);
        return await _connection.ProbeAsync(endpoint, offer, target, turn, cancellationToken);
    }
}
