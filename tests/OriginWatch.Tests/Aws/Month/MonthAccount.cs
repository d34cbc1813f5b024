using System.Net;
using System.Text;
using System.Text.Json;
using Amazon.S3.Model;
using Microsoft.Extensions.Time.Testing;
using OriginWatch.Aws;
using OriginWatch.History;
using OriginWatch.Loopback;
using OriginWatch.Probing;
using OriginWatch.Targets;
using OriginWatch.Trust;

namespace OriginWatch.Tests.Aws.Month;

/// <summary>One digest, as each kind of subscriber got it.</summary>
internal sealed record Delivery(SentMail Mail, Notification Queue, Notification Http);

/// <summary>What became of one invocation.</summary>
/// <param name="Metrics">The line with the metrics; nothing where none was written.</param>
/// <param name="Failure">What it ended with; null where it succeeded.</param>
/// <param name="Log">All it wrote.</param>
internal sealed record Invocation(JsonElement Metrics, string? Failure, string Log);

/// <summary>The deployed function in moto, six origins with real servers, an edge in CloudFront's place, and three subscribers, on a clock
/// of its own.</summary>
internal sealed class MonthAccount : IAsyncDisposable
{
    public static readonly DateTimeOffset FirstNight = new(2026, 11, 1, 6, 0, 0, TimeSpan.Zero);
    public static readonly DateTimeOffset Midnight = FirstNight.AddHours(-6);
    private const string ScheduledEvent = """{"source":"aws.scheduler","detail-type":"Scheduled Event","detail":"{}"}""";

    private readonly CertificateAuthority _root = CertificateAuthority.CreateRoot("CN=Test Root, O=Let's Encrypt", FirstNight); // a CA whose clients renew by themselves
    private readonly LoopbackHttp _subscriber = new(_ => new(200, ""));
    private MotoServer? _server;
    private LoopbackEdge? _edge;
    private int _delivered;

    public MonthAccount()
    {
        Www = Serve("www", 1, Midnight.AddDays(-67), Midnight.AddDays(23));
        Api = Serve("api", 2, Midnight.AddDays(-2), Midnight.AddDays(88));
        Blog = Serve("blog", 3, Midnight.AddDays(-2), Midnight.AddDays(88));
        Legacy = Serve("legacy", 4, Midnight.AddDays(-2), Midnight.AddDays(88));
        Old = MonthOrigin.WithoutTls("old", 5);
        Gate = MonthOrigin.Closing("gated", 6);
        Gated = Serve("gated", 7, Midnight.AddDays(-2), Midnight.AddDays(88));
    }

    public FakeTimeProvider Time { get; } = new(FirstNight);
    public MotoServer Server => _server!;
    public MonthOrigin Www { get; }
    public MonthOrigin Api { get; }
    public MonthOrigin Blog { get; }
    public MonthOrigin Legacy { get; }
    public MonthOrigin Old { get; }

    /// <summary>What everybody but CloudFront meets at the address of <see cref="Gated"/>.</summary>
    public MonthOrigin Gate { get; }

    /// <summary>Behind an allow-list that admits CloudFront alone.</summary>
    public MonthOrigin Gated { get; }

    public IReadOnlyList<MonthOrigin> Origins => [Www, Api, Blog, Legacy, Old, Gate];

    public INameResolver Names =>
        new OverridingResolver(
            [.. Origins.Select(origin => new ResolveOverride(origin.DomainName, origin.EndPoint.Port, [origin.EndPoint.Address]))],
            new DnsResolver()
        );

    public async Task DeployAsync()
    {
        _server = await MotoServer.StartAsync(
            new(
                [
                    new("E1SHOP", ["www.example.org", "shop.example.org", "m.example.org"], Plan(Www), Plan(Api)),
                    new("E2BLOG", ["blog.example.org"], Plan(Blog)),
                    new("E3OLD", ["old.example.org"], Plan(Old) with { Policy = "http-only", HttpPort = Old.EndPoint.Port }),
                    new("E4LEGACY", ["legacy.example.org"], Plan(Legacy) with { Protocols = ["TLSv1", "TLSv1.1", "TLSv1.2"] }),
                    new("E5GATED", ["gated.example.org"], Plan(Gate)),
                ],
                _subscriber.Url
            )
        );
        using var inventory = new AwsInventory(LoopbackClients.On(Server.Url, Server.Administrator));
        _edge = LoopbackEdge.Start(
            new()
            {
                Listing = await inventory.ReadAsync(CancellationToken.None),
                Origins = Origins.ToDictionary(
                    origin => origin.DomainName,
                    origin => (origin == Gate ? Gated : origin).EndPoint,
                    StringComparer.Ordinal
                ),
                Issuer = _root,
                Trusted = [_root.Certificate],
                Time = Time,
            }
        );
    }

    public System.Security.Cryptography.X509Certificates.X509Certificate2 Certificate(
        MonthOrigin origin,
        DateTimeOffset from,
        DateTimeOffset until
    ) => _root.IssueLeaf(origin.DomainName, new() { NotBefore = from, NotAfter = until });

    /// <param name="change">What is different this time; null for nothing.</param>
    /// <param name="lambdaEvent">What started the function.</param>
    public async Task<Invocation> InvokeAsync(
        Func<LambdaDependencies, LambdaDependencies>? change = null,
        string lambdaEvent = ScheduledEvent
    )
    {
        await using var output = new KeptStream();
        var function = new DeployedFunction(Server, () => TrustStore.FromPem(_root.Certificate.ExportCertificatePem(), "test root"), Names);
        var parts = function.Parts(output) with { Time = Time, Edge = check => _edge!.Client(check, TimeProvider.System) };
        string? failure = null;
        try
        {
            await DeployedFunction.InvokeAsync(change?.Invoke(parts) ?? parts, lambdaEvent, TimeSpan.FromSeconds(900));
        }
        catch (RunFailedException exception)
        {
            failure = exception.Message;
        }

        return new(
            output.Lines().Select(line => line.RootElement).SingleOrDefault(line => line.GetProperty("type").GetString() == "run"),
            failure,
            output.Text()
        );
    }

    /// <summary>What came since it was last asked.</summary>
    public async Task<IReadOnlyList<Delivery>> DeliveriesAsync(CancellationToken cancellationToken)
    {
        var queue = await new DeployedFunction(Server, TrustStore.LoadMozilla, Names).MessagesAsync(cancellationToken);
        var mails = Server.Mails().Skip(_delivered).ToList();
        var posts = _subscriber.Calls.Skip(_delivered).Select(call => DeployedFunction.Read(call.Body)).ToList();
        _delivered += mails.Count;
        (queue.Count, posts.Count).ShouldBe((mails.Count, mails.Count), "every subscriber gets what every other gets");
        return [.. mails.Select((mail, i) => new Delivery(mail, queue.Single(message => message.Subject == mail.Subject), posts[i]))];
    }

    public async Task WriteSuppressionsAsync(string yaml, CancellationToken cancellationToken)
    {
        using var storage = LoopbackClients.On(Server.Url, Server.Administrator).Storage();
        using var content = new MemoryStream(Encoding.UTF8.GetBytes(yaml));
        await storage.PutObjectAsync(
            new PutObjectRequest
            {
                BucketName = Bucket,
                Key = "config/suppressions.yaml",
                InputStream = content,
                UseChunkEncoding = false,
            },
            cancellationToken
        );
    }

    public async Task<RunState> StateAsync(CancellationToken cancellationToken)
    {
        using var storage = LoopbackClients.On(Server.Url, Server.Administrator).Storage();
        using var stored = await storage.GetObjectAsync(Bucket, "state.json", cancellationToken);
        using var content = new MemoryStream();
        await stored.ResponseStream.CopyToAsync(content, cancellationToken);
        return RunStateJson.Read(content.ToArray()).ShouldBeOfType<StateReading.Usable>().State;
    }

    public async Task<IReadOnlyList<string>> ObjectsAsync(CancellationToken cancellationToken)
    {
        using var storage = LoopbackClients.On(Server.Url, Server.Administrator).Storage();
        return
        [
            .. (await storage.ListObjectsV2Async(new ListObjectsV2Request { BucketName = Bucket }, cancellationToken)).S3Objects.Select(
                found => found.Key
            ),
        ];
    }

    public async ValueTask DisposeAsync()
    {
        if (_server is not null)
        {
            await _server.DisposeAsync();
        }

        if (_edge is not null)
        {
            await _edge.DisposeAsync();
        }

        foreach (var origin in Origins.Append(Gated))
        {
            await origin.DisposeAsync();
        }

        await _subscriber.DisposeAsync();
        _root.Dispose();
    }

    private string Bucket => Server.Text("variables", "BUCKET");

    private static PlannedOrigin Plan(MonthOrigin origin) => new(origin.Id, origin.DomainName, origin.EndPoint.Port, Protocols: "TLSv1.2");

    private MonthOrigin Serve(string id, byte number, DateTimeOffset from, DateTimeOffset until) =>
        MonthOrigin.WithCertificate(id, number, _root.IssueLeaf($"{id}.example.com", new() { NotBefore = from, NotAfter = until }));
}
