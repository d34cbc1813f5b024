using System.Net;
using System.Security.Cryptography.X509Certificates;
using OriginWatch.Inventory;
using OriginWatch.Loopback;
using OriginWatch.Probing;
using OriginWatch.Targets;
using OriginWatch.Tls;

namespace OriginWatch.Tests.Probing;

/// <summary>A prober that may reach loopback, and certificates that cost nothing to make again.</summary>
internal static class Prober
{
    public const string Name = "origin.example.test";

    public static readonly ProtocolSet Tls = new(TlsProtocol.Tls10, TlsProtocol.Tls11, TlsProtocol.Tls12, TlsProtocol.Tls13);

    /// <summary>For what is sure to come, however busy the machine is.</summary>
    private static readonly TimeSpan Ample = TimeSpan.FromMinutes(2);
    private static readonly DateTimeOffset Now = DateTimeOffset.UtcNow;
    private static readonly CertificateAuthority Root = CertificateAuthority.CreateRoot("CN=Probing Test Root", Now);

    public static X509Certificate2 Ecdsa { get; } = Root.IssueLeaf(Name);

    public static X509Certificate2 Rsa { get; } = Root.IssueLeaf(Name, new() { Rsa = true });

    public static TlsServerShape EcdsaShape { get; } = TlsServerShape.For(Ecdsa, Root.Certificate);

    public static TlsServerShape RsaShape { get; } = TlsServerShape.For(Rsa, Root.Certificate);

    public static ProbeTarget Target(IPEndPoint endPoint, ProtocolSet? protocols = null) =>
        new()
        {
            DomainName = endPoint.Address.ToString(),
            Port = endPoint.Port,
            ServerName = Name,
            Protocols = protocols ?? Tls,
            ConnectionAttempts = 1,
            ConnectionTimeout = Ample,
            AllowedEndpoint = endPoint,
        };

    public static TlsProber New(ClientProfile? profile = null, TimeSpan? handshakeTimeout = null, TimeProvider? time = null) =>
        new(
            new() { Profile = profile ?? ClientProfile.Newer, HandshakeTimeout = handshakeTimeout ?? Ample },
            new NoResolver(),
            time ?? TimeProvider.System
        );

    /// <summary>What one address answers to one hello.</summary>
    public static async Task<ProbeResult> LookAsync(
        TlsServerShape shape,
        ProtocolSet? protocols = null,
        ClientProfile? profile = null,
        TimeSpan? handshakeTimeout = null,
        TimeProvider? time = null
    )
    {
        await using var server = TlsServer.Start(shape);
        return await LookAsync(server.EndPoint, protocols, profile, handshakeTimeout, time);
    }

    public static async Task<ProbeResult> LookAsync(
        IPEndPoint endPoint,
        ProtocolSet? protocols = null,
        ClientProfile? profile = null,
        TimeSpan? handshakeTimeout = null,
        TimeProvider? time = null
    )
    {
        using var prober = New(profile, handshakeTimeout, time);
        var outcome = await prober.ProbeAsync(Target(endPoint, protocols), TestContext.Current.CancellationToken);
        return outcome.Attempts.ShouldHaveSingleItem().Result;
    }

    public static async Task<ProbeFailure> FailAsync(
        TlsServerShape shape,
        ProtocolSet? protocols = null,
        ClientProfile? profile = null,
        TimeSpan? handshakeTimeout = null,
        TimeProvider? time = null
    ) => (await LookAsync(shape, protocols, profile, handshakeTimeout, time)).ShouldBeOfType<ProbeFailure>();

    public static Task<ProbeFailure> FailAsync(ServerScript script) => FailAsync(new TlsServerShape { Script = script });

    /// <summary>The time-out of a server that falls silent, with the shortest patience that lets so much of its flight be read: a busy
    /// machine
    /// takes longer, and says the same.</summary>
    public static async Task<ProbeFailure> OutwaitAsync(
        TlsServerShape shape,
        Func<ServerFlight, bool> isRead,
        ProtocolSet? protocols = null
    )
    {
        for (var patience = TimeSpan.FromMilliseconds(100); ; patience *= 2)
        {
            var failure = await FailAsync(shape, protocols, handshakeTimeout: patience);
            if (failure.Reason != FailureReason.HandshakeTimeout || patience > Ample || isRead(failure.Seen))
            {
                return failure;
            }
        }
    }

    internal sealed class NoResolver : INameResolver
    {
        public Task<NameResolution> ResolveAsync(string name, int port, IpAddressType addressType, CancellationToken cancellationToken) =>
            throw new InvalidOperationException("an address literal is not looked up");
    }
}
