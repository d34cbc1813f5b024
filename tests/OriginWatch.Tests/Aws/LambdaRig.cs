using System.Text.Json;
using OriginWatch.Aws;
using OriginWatch.Loopback;
using OriginWatch.Probing;
using OriginWatch.SelfTest;
using OriginWatch.Trust;
using static OriginWatch.Tests.Aws.CloudFrontXml;

namespace OriginWatch.Tests.Aws;

/// <summary>The function between a fake account and one real server, whose certificate is as the test wants it.</summary>
internal sealed class LambdaRig : IAsyncDisposable
{
    private readonly CertificateAuthority _root = CertificateAuthority.CreateRoot("CN=Test Root", DateTimeOffset.UtcNow);
    private readonly Dictionary<string, string> _variables = new(StringComparer.Ordinal) { ["TOPIC_ARN"] = FakeTopic.Arn };
    private KeptStream _output = new();

    public LambdaRig(CertificateShape? shape = null)
    {
        using var leaf = _root.IssueLeaf("origin.example", shape);
        Server = TlsServer.Start(TlsServerShape.For(leaf));
    }

    public TlsServer Server { get; }

    /// <summary>The root of the server's certificate, which is the one that the function brings along.</summary>
    public string RootPem => _root.Certificate.ExportCertificatePem();

    /// <summary>Sets an environment variable of the function.</summary>
    public LambdaRig With(string name, string value)
    {
        _variables[name] = value;
        return this;
    }

    public FakeCloudFront Account(FakeTopic? topic = null, int pageSize = 100, int distributions = 1) =>
        new()
        {
            PageSize = pageSize,
            Topic = topic ?? new(),
            Distributions =
            [
                .. Enumerable
                    .Range(1, distributions)
                    .Select(number =>
                        Distribution(
                            $"E{number}",
                            List("Origins", "Origin", Origin("origin", "origin.example", Custom(httpsPort: Server.EndPoint.Port)))
                        )
                    ),
            ],
        };

    public LambdaDependencies Parts(FakeCloudFront fake) =>
        new()
        {
            Variable = name => _variables.GetValueOrDefault(name),
            Clients = _ => LoopbackClients.On(fake.Http.Url),
            Prober = settings => new TlsProber(
                new ProberOptions { Concurrency = settings.Connections, AllowPrivateAddresses = true },
                Resolver(),
                TimeProvider.System
            ),
            Edge = NoEdge.Factory,
            TrustStore = () => TrustStore.FromPem(RootPem, "test root"),
            Canaries = (_, catalog, token) => StrictCanaries.CheckAsync(catalog, token),
            ConfirmationDelay = TimeSpan.Zero,
            Output = () => _output = new(),
        };

    public OverridingResolver Resolver() =>
        new([new ResolveOverride("origin.example", Server.EndPoint.Port, [Server.EndPoint.Address])], new DnsResolver());

    public Task<RunSummary> InvokeAsync(FakeCloudFront fake) => InvokeAsync(Parts(fake), TimeSpan.FromSeconds(900));

    public static Task<RunSummary> InvokeAsync(LambdaDependencies parts, TimeSpan time) =>
        new LambdaHandler(parts).HandleAsync(default, new FakeLambdaContext(time));

    /// <summary>The line with the metrics of the last invocation.</summary>
    public JsonElement Run() => Typed("run").Single();

    /// <summary>False where the last invocation sent no metrics.</summary>
    public bool HasRunLine => Typed("run").Any();

    public IEnumerable<string?> Faults() => Typed("fault").Select(line => line.GetProperty("message").GetString());

    public async ValueTask DisposeAsync()
    {
        await Server.DisposeAsync();
        await _output.DisposeAsync();
        _root.Dispose();
    }

    private IEnumerable<JsonElement> Typed(string type) =>
        _output.Lines().Select(line => line.RootElement).Where(line => line.GetProperty("type").GetString() == type);
}
