using System.Net;
using System.Security.Cryptography.X509Certificates;
using OriginWatch.Loopback;
using OriginWatch.Probing;
using OriginWatch.Tls;
using OriginWatch.Trust;

namespace OriginWatch.SelfTest;

/// <summary>A loopback server for each origin of the demo's listing, most of them with one fault, and certificates made on the
/// spot.</summary>
public sealed class DemoOrigins : IAsyncDisposable
{
    private const string Domain = ".origins.example";
    private readonly List<IAsyncDisposable> _servers = [];
    private readonly List<IDisposable> _certificates = [];
    private readonly Dictionary<string, IPEndPoint> _endpoints = new(StringComparer.Ordinal);
    private readonly CertificateAuthority _root;
    private readonly CertificateAuthority _intermediate;

    private DemoOrigins(DateTimeOffset now)
    {
        _root = CertificateAuthority.CreateRoot("CN=OriginWatch Demo Root,O=OriginWatch Demo", now);
        _intermediate = _root.CreateIntermediate("CN=OriginWatch Demo Issuing CA,O=OriginWatch Demo");
        Trusted = TrustStore.FromPem(_root.Certificate.ExportCertificatePem(), "the demo's own root");
    }

    /// <summary>Where each origin's domain name leads.</summary>
    public IReadOnlyDictionary<string, IPEndPoint> Endpoints => _endpoints;

    /// <summary>Where it leads for CloudFront: behind an allow-list, elsewhere.</summary>
    public IReadOnlyDictionary<string, IPEndPoint> EdgeEndpoints { get; private set; } =
        new Dictionary<string, IPEndPoint>(StringComparer.Ordinal);

    /// <summary>Issues the certificate of the demo's edge.</summary>
    public CertificateAuthority Issuer => _intermediate;

    /// <summary>What the demo's edge trusts.</summary>
    public IReadOnlyList<X509Certificate2> Roots => [_root.Certificate];

    /// <summary>The root that the demo's healthy origins chain to.</summary>
    public TrustStore Trusted { get; }

    public static DemoOrigins Start(DateTimeOffset now)
    {
        var origins = new DemoOrigins(now);
        origins.StartHealthy(now);
        origins.StartWithFaultyCertificates(now);
        origins.StartWithFaultyChains(now);
        origins.StartWithFaultyServers();
        origins.StartBehindAllowLists(now);
        return origins;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var server in _servers)
        {
            await server.DisposeAsync();
        }

        _certificates.ForEach(certificate => certificate.Dispose());
        _intermediate.Dispose();
        _root.Dispose();
    }

    private void StartHealthy(DateTimeOffset now)
    {
        Serve("healthy", TlsServerShape.For(Leaf("healthy"), _intermediate.Certificate));
        Serve("http-only", TlsServerShape.For(Leaf("http-only"), _intermediate.Certificate));
        Serve(
            "expiring",
            TlsServerShape.For(
                Leaf("expiring", new() { NotBefore = now.AddDays(-86), NotAfter = now.AddDays(4) }),
                _intermediate.Certificate
            )
        );
    }

    private void StartWithFaultyCertificates(DateTimeOffset now)
    {
        Serve(
            "expired",
            TlsServerShape.For(
                Leaf("expired", new() { NotBefore = now.AddDays(-93), NotAfter = now.AddDays(-3) }),
                _intermediate.Certificate
            )
        );
        Serve("self-signed", TlsServerShape.For(Keep(CertificateAuthority.SelfSigned($"self-signed{Domain}", now))));
        Serve(
            "wrong-name",
            TlsServerShape.For(
                Leaf("wrong-name", new() { DnsNames = [$"old-name{Domain}"], Subject = $"CN=old-name{Domain}" }),
                _intermediate.Certificate
            )
        );
    }

    private void StartWithFaultyChains(DateTimeOffset now)
    {
        var privateRoot = Keep(CertificateAuthority.CreateRoot("CN=Internal Root CA,O=Demo Private PKI", now));
        var privateIssuer = Keep(privateRoot.CreateIntermediate("CN=Internal Issuing CA,O=Demo Private PKI"));
        Serve(
            "unknown-ca",
            TlsServerShape.For(Keep(privateIssuer.IssueLeaf($"unknown-ca{Domain}")), privateIssuer.Certificate, privateRoot.Certificate)
        );
        Serve("missing-intermediate", TlsServerShape.For(Leaf("missing-intermediate")));
        var upper = Keep(_root.CreateIntermediate("CN=OriginWatch Demo Upper CA,O=OriginWatch Demo"));
        var lower = Keep(upper.CreateIntermediate("CN=OriginWatch Demo Lower CA,O=OriginWatch Demo"));
        Serve("wrong-order", TlsServerShape.For(Keep(lower.IssueLeaf($"wrong-order{Domain}")), upper.Certificate, lower.Certificate));
    }

    private void StartWithFaultyServers()
    {
        Serve("tls10-only", TlsServerShape.For(Leaf("tls10-only"), _intermediate.Certificate) with { Protocols = new(TlsProtocol.Tls10) });
        Serve("plain-http", new() { Script = ServerScript.PlainHttp });
        Serve("silent", new() { Script = ServerScript.Silence });
        var closed = Keep(new ClosedPort());
        _endpoints[$"closed-port{Domain}"] = closed.EndPoint;
    }

    /// <summary>Two servers that a stranger finds closed: the allow-list admits CloudFront alone.</summary>
    private void StartBehindAllowLists(DateTimeOffset now)
    {
        Serve("allow-listed", TlsServerShape.For(Leaf("allow-listed"), _intermediate.Certificate));
        Serve(
            "allow-listed-expired",
            TlsServerShape.For(
                Leaf("allow-listed-expired", new() { NotBefore = now.AddDays(-92), NotAfter = now.AddDays(-2) }),
                _intermediate.Certificate
            )
        );
        EdgeEndpoints = new Dictionary<string, IPEndPoint>(_endpoints, StringComparer.Ordinal);
        Serve("allow-listed", new() { Script = ServerScript.ClosesAtOnce });
        Serve("allow-listed-expired", new() { Script = ServerScript.ClosesAtOnce });
    }

    private X509Certificate2 Leaf(string origin, CertificateShape? shape = null) =>
        Keep(_intermediate.IssueLeaf($"{origin}{Domain}", shape));

    private void Serve(string origin, TlsServerShape shape)
    {
        var server = TlsServer.Start(shape);
        _servers.Add(server);
        _endpoints[$"{origin}{Domain}"] = server.EndPoint;
    }

    private T Keep<T>(T item)
        where T : IDisposable
    {
        _certificates.Add(item);
        return item;
    }
}
