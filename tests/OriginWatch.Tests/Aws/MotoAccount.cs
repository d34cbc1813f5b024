using System.Globalization;
using System.Net;
using System.Security.Cryptography.X509Certificates;
using OriginWatch.Loopback;
using OriginWatch.Probing;
using OriginWatch.Targets;
using OriginWatch.Trust;

namespace OriginWatch.Tests.Aws;

[CollectionDefinition(nameof(MotoAccount))]
public sealed class SharedMotoAccount : ICollectionFixture<MotoAccount>;

/// <summary>An account in moto with 250 distributions. One for all tests of the collection, since it takes seconds.</summary>
public sealed class MotoAccount : IAsyncLifetime
{
    public const int Distributions = 250;
    private const string Expired = "expired.origins.test";
    private const string SelfSigned = "self-signed.origins.test";
    private readonly List<TlsServer> _servers = [];
    private readonly CertificateAuthority _root = CertificateAuthority.CreateRoot("CN=Test Root", DateTimeOffset.UtcNow);
    private MotoServer? _server;

    /// <summary>Why there is no account; null when there is one.</summary>
    public string? Missing { get; private set; }

    internal MotoServer Server => _server!;

    /// <summary>Where each origin's name really is.</summary>
    internal IReadOnlyList<(string Name, IPEndPoint EndPoint)> Origins { get; private set; } = [];

    internal DeployedFunction Function =>
        new(Server, () => TrustStore.FromPem(_root.Certificate.ExportCertificatePem(), "test root"), Resolve());

    public async ValueTask InitializeAsync()
    {
        Missing = await MotoServer.MissingAsync();
        if (Missing is null)
        {
            Origins = StartOrigins();
            _server = await MotoServer.StartAsync(
                new([
                    .. Origins
                        .Index()
                        .Select(item => new PlannedDistribution(
                            $"E{item.Index}",
                            [],
                            new PlannedOrigin("origin", item.Item.Name, item.Item.EndPoint.Port, Protocols: "TLSv1.2")
                        )),
                ])
            );
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_server is not null)
        {
            await _server.DisposeAsync();
        }

        foreach (var server in _servers)
        {
            await server.DisposeAsync();
        }

        _root.Dispose();
    }

    /// <summary>Every origin's name leads to its server, but for those that are moved.</summary>
    internal INameResolver Resolve(params IReadOnlyList<(string Name, IPAddress Address)> moved) =>
        new OverridingResolver(
            [
                .. Origins.Select(origin => new ResolveOverride(
                    origin.Name,
                    origin.EndPoint.Port,
                    [moved.FirstOrDefault(move => move.Name == origin.Name).Address ?? origin.EndPoint.Address]
                )),
            ],
            new DnsResolver()
        );

    /// <summary>One healthy server for most names, one with an expired certificate, one whose certificate is self-signed.</summary>
    private List<(string Name, IPEndPoint EndPoint)> StartOrigins()
    {
        var now = DateTimeOffset.UtcNow;
        var healthy = Serve(_root.IssueLeaf("*.origins.test"), _root.Certificate);
        var expired = Serve(_root.IssueLeaf(Expired, new CertificateShape { NotAfter = now.AddDays(-2).AddHours(-1) }));
        var selfSigned = Serve(CertificateAuthority.SelfSigned(SelfSigned, now));
        return
        [
            (Expired, expired),
            (SelfSigned, selfSigned),
            .. Enumerable
                .Range(1, Distributions - 2)
                .Select(number => (string.Create(CultureInfo.InvariantCulture, $"o{number}.origins.test"), healthy)),
        ];
    }

    private IPEndPoint Serve(X509Certificate2 certificate, params X509Certificate2[] issuers)
    {
        using (certificate)
        {
            var server = TlsServer.Start(TlsServerShape.For(certificate, issuers));
            _servers.Add(server);
            return server.EndPoint;
        }
    }
}
