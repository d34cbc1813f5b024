using System.Net;
using OriginWatch.Aws;
using OriginWatch.Aws.Organization.Steps;
using OriginWatch.Loopback;
using OriginWatch.Probing;
using OriginWatch.Trust;

namespace OriginWatch.Tests.Aws.Organization.Steps;

/// <summary>
/// An organization whose origins are servers on loopback: a load balancer that many accounts share and whose certificate ends soon, one
/// healthy server and one that has expired.
/// </summary>
internal sealed class StepsRig : IAsyncDisposable
{
    public const string RoleName = "OriginWatchMember";
    public const string Shared = "lb.shared.test";
    private readonly CertificateAuthority _root;
    private readonly StepsHost _host = new();
    private MotoSteps? _moto;

    public StepsRig(DateTimeOffset start)
    {
        Time = new(start);
        _root = CertificateAuthority.CreateRoot("CN=Test Root", start);
        using var soon = _root.IssueLeaf(Shared, new() { NotBefore = start.AddDays(-80), NotAfter = start.AddDays(3.5) });
        using var good = _root.IssueLeaf(
            "*.healthy.test",
            new()
            {
                DnsNames = ["*.healthy.test"],
                NotBefore = start.AddDays(-10),
                NotAfter = start.AddDays(80),
            }
        );
        using var expired = _root.IssueLeaf(
            "*.expired.test",
            new()
            {
                DnsNames = ["*.expired.test"],
                NotBefore = start.AddDays(-90),
                NotAfter = start.AddDays(-2),
            }
        );
        LoadBalancer = TlsServer.Start(TlsServerShape.For(soon));
        Healthy = TlsServer.Start(TlsServerShape.For(good));
        Expired = TlsServer.Start(TlsServerShape.For(expired));
        Install();
    }

    public Night Time { get; }

    public TlsServer LoadBalancer { get; private set; }

    public TlsServer Healthy { get; }

    public TlsServer Expired { get; }

    public StepsHost Host => _host;

    public MotoSteps Moto => _moto!;

    /// <summary>Of the last conclude step.</summary>
    public KeptStream Output { get; private set; } = new();

    /// <summary>Fewer than in production, so that there are several shards.</summary>
    public int TargetsPerShard { get; set; } = 25_000;

    public PlannedOrigin LoadBalancerOrigin => new("lb", Shared, LoadBalancer.EndPoint.Port, Protocols: "TLSv1.2");

    public PlannedOrigin HealthyOrigin(string label) => new("app", $"{label}.healthy.test", Healthy.EndPoint.Port, Protocols: "TLSv1.2");

    public PlannedOrigin ExpiredOrigin(string label) => new("old", $"{label}.expired.test", Expired.EndPoint.Port, Protocols: "TLSv1.2");

    /// <summary>Another certificate at the same port.</summary>
    public async Task RenewLoadBalancerAsync()
    {
        var port = LoadBalancer.EndPoint.Port;
        await LoadBalancer.DisposeAsync();
        using var renewed = _root.IssueLeaf(Shared, new() { NotBefore = Time.Now.AddHours(-1), NotAfter = Time.Now.AddDays(90) });
        LoadBalancer = TlsServer.Start(TlsServerShape.For(renewed) with { Port = port });
    }

    public async Task StartAsync(
        IReadOnlyList<PlannedAccount> plan,
        IReadOnlyDictionary<string, int>? pageSizes,
        CancellationToken cancellationToken
    ) =>
        _moto = await MotoSteps.StartAsync(
            plan,
            pageSizes ?? new Dictionary<string, int>(StringComparer.Ordinal),
            _host.Url,
            Topics,
            Time.Now.AddHours(-1),
            cancellationToken
        );

    public bool ReadsMetrics { get; init; }

    /// <summary>Topics beside the default one, by name.</summary>
    public IReadOnlyList<string> Topics { get; init; } = [];

    public static FakeLambdaContext Context() => new(TimeSpan.FromMinutes(15));

    /// <summary>Where the functions find AWS.</summary>
    public string? Endpoint { get; set; }

    public string Bucket { get; set; } = MotoSteps.Bucket;

    private string Url => Endpoint ?? Moto.Url;

    public StepDependencies Steps() =>
        new()
        {
            Variable = name =>
                name switch
                {
                    "BUCKET" => Bucket,
                    "ROLE_NAME" => RoleName,
                    "CONNECTIONS" => "64",
                    "CLOUDFRONT_METRICS" => ReadsMetrics ? "yes" : "no",
                    _ => null,
                },
            Clients = () => Patient(Moto.Function),
            Prober = connections =>
                new(new ProberOptions { Concurrency = connections, AllowPrivateAddresses = true }, new Everywhere(), TimeProvider.System),
            TrustStore = Roots,
            Canaries = (_, catalog, token) => StrictCanaries.CheckAsync(catalog, token),
            ConfirmationDelay = TimeSpan.Zero,
            AnswerLimit = TimeSpan.FromMinutes(10),
            Time = Time,
        };

    public LambdaDependencies Conclude() =>
        new()
        {
            Variable = name =>
                name switch
                {
                    "BUCKET" => Bucket,
                    "TOPIC_ARN" => Moto.Topic,
                    "ENVIRONMENT" => "prod",
                    _ => null,
                },
            Clients = _ => Patient(Moto.Function),
            Edge = NoEdge.Factory,
            TrustStore = Roots,
            Output = () => Output = new(),
            StorageLimit = TimeSpan.FromMinutes(2),
            Time = Time,
        };

    public async ValueTask DisposeAsync()
    {
        await _host.DisposeAsync();
        if (_moto is not null)
        {
            await _moto.DisposeAsync();
        }

        await LoadBalancer.DisposeAsync();
        await Healthy.DisposeAsync();
        await Expired.DisposeAsync();
        await Output.DisposeAsync();
        _root.Dispose();
    }

    /// <summary>The real handlers, with the night's time as the start of the execution.</summary>
    private void Install()
    {
        _host.Steps["originwatch-list"] = StepsHost.Of<ListRequest, ListAnswer>(
            (request, _) => new ListHandler(Steps()).HandleAsync(request with { StartedAt = Time.Now }, Context())
        );
        _host.Steps["originwatch-gather"] = StepsHost.Of<GatherRequest, GatherAnswer>(
            (request, _) => new GatherHandler(Steps()).HandleAsync(request, Context())
        );
        _host.Steps["originwatch-plan"] = StepsHost.Of<PlanRequest, PlanAnswer>(
            (request, _) => new PlanHandler(Steps()) { MostTargets = TargetsPerShard }.HandleAsync(request, Context())
        );
        _host.Steps["originwatch-probe"] = StepsHost.Of<ProbeRequest, ProbeAnswer>(
            (request, _) => new ProbeHandler(Steps()).HandleAsync(request, Context())
        );
        _host.Steps["originwatch-conclude"] = StepsHost.Of<ConcludeRequest, ConcludeAnswer>(
            (request, _) => new ConcludeHandler(Conclude()).HandleAsync(request, Context())
        );
    }

    /// <summary>moto answers forty functions at once on one core.</summary>
    private AwsClients Patient(Amazon.Runtime.AWSCredentials credentials) =>
        LoopbackClients.On(Url, credentials) with
        {
            Patience = new AwsTimeouts
            {
                ListingRetries = 2,
                PublishingRetries = 0,
                ListingTimeout = TimeSpan.FromMinutes(2),
                PublishingTimeout = TimeSpan.FromMinutes(2),
            },
        };

    private TrustStore Roots() =>
        TrustStore.FromPem(_root.Certificate.ExportCertificatePem(), "test root", DateOnly.FromDateTime(Time.Now.UtcDateTime));

    /// <summary>Every name leads to loopback.</summary>
    private sealed class Everywhere : INameResolver
    {
        public Task<NameResolution> ResolveAsync(
            string name,
            int port,
            OriginWatch.Inventory.IpAddressType addressType,
            CancellationToken cancellationToken
        ) => Task.FromResult(NameResolution.Of([IPAddress.Loopback]));
    }
}
