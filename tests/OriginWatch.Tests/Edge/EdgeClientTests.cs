using System.IO.Compression;
using System.Net;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Microsoft.Extensions.Time.Testing;
using OriginWatch.Edge;
using OriginWatch.Loopback;

namespace OriginWatch.Tests.Edge;

public sealed class EdgeClientTests : IDisposable
{
    private const string Host = "www.example.com";
    private const string CloudFrontHeaders =
        "Via: 1.1 abc.cloudfront.net (CloudFront)\r\nX-Amz-Cf-Id: 0123456789abcdef==\r\nX-Amz-Cf-Pop: NRT57-C3\r\n";
    private const string ErrorHead =
        $"HTTP/1.1 502 Bad Gateway\r\nServer: CloudFront\r\nX-Cache: Error from cloudfront\r\n{CloudFrontHeaders}";
    private static readonly EdgeRequest Request = new(Host, "d111.cloudfront.net", 443, "/originwatch-0a1b?x=1", TimeSpan.FromSeconds(60));

    private readonly CertificateAuthority _root = CertificateAuthority.CreateRoot("CN=root", DateTimeOffset.UtcNow);
    private readonly CertificateAuthority _intermediate;
    private readonly X509Certificate2 _leaf;
    private readonly List<IReadOnlyList<ReadOnlyMemory<byte>>> _checked = [];
    private readonly List<string> _resolved = [];
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public EdgeClientTests()
    {
        _intermediate = _root.CreateIntermediate("CN=intermediate");
        _leaf = _intermediate.IssueLeaf(Host);
    }

    public void Dispose()
    {
        _leaf.Dispose();
        _intermediate.Dispose();
        _root.Dispose();
    }

    [Fact]
    public async Task Sends_one_plain_GET_that_operators_can_recognize()
    {
        await using var server = Serve(
            $"HTTP/1.1 404 Not Found\r\nServer: nginx\r\nX-Cache: Miss from cloudfront\r\n{CloudFrontHeaders}Content-Length: 0\r\n\r\n"
        );

        var reply = (await AskAsync(server)).ShouldBeOfType<EdgeReply.Http>();

        reply.Status.ShouldBe(404);
        reply.Headers.Keys.ShouldBe(["Server", "Via", "X-Amz-Cf-Id", "X-Amz-Cf-Pop", "X-Cache"], ignoreOrder: true);
        _resolved.ShouldBe(["d111.cloudfront.net:443"]);
        var head = server.Heads.ShouldHaveSingleItem();
        head.ServerName.ShouldBe(Host);
        head.Text.Split("\r\n")[0].ShouldBe("GET /originwatch-0a1b?x=1 HTTP/1.1");
        head.Header("Host").ShouldBe(Host);
        head.Header("User-Agent").ShouldNotBeNull().ShouldMatch(@"^OriginWatch/\d+\.\d+\.\d+$");
        head.Header("Connection").ShouldBe("close");
        head.Text.Split("\r\n")
            .Skip(1)
            .Select(line => line.Split(':')[0])
            .ShouldBe(["Host", "User-Agent", "Connection"], ignoreOrder: true);
    }

    [Fact]
    public async Task Hands_the_certificates_on_as_they_were_sent()
    {
        await using var server = Serve("HTTP/1.1 200 OK\r\n\r\n");

        await AskAsync(server);

        _checked
            .ShouldHaveSingleItem()
            .Select(certificate => certificate.ToArray())
            .ShouldBe([_leaf.RawData, _intermediate.Certificate.RawData]);
    }

    [Fact]
    public async Task Sends_nothing_to_a_server_whose_certificate_is_not_good()
    {
        await using var server = Serve("HTTP/1.1 200 OK\r\n\r\n");

        var reply = (await AskAsync(server, certificate: "its root is unknown")).ShouldBeOfType<EdgeReply.Nothing>();

        reply.Reason.ShouldBe("the certificate at the distribution's address is not CloudFront's: its root is unknown");
        reply.IsTlsFailure.ShouldBeFalse();
        server.Heads.ShouldBeEmpty();
    }

    [Fact]
    public async Task Connects_to_no_address_that_is_not_public()
    {
        await using var server = Serve("HTTP/1.1 200 OK\r\n\r\n");

        var reply = (await AskAsync(server, allowPrivate: false)).ShouldBeOfType<EdgeReply.Nothing>();

        reply.Reason.ShouldContain("a loopback address");
        server.Connections.ShouldBe(0);
    }

    [Fact]
    public async Task Connects_to_no_address_of_a_name_that_has_one_that_is_not_public()
    {
        await using var server = Serve("HTTP/1.1 200 OK\r\n\r\n");
        var client = Client(server, allowPrivate: false, allowed: [server.EndPoint], further: new(IPAddress.Parse("169.254.169.254"), 443));

        (await client.AskAsync(Request, Cancel)).ShouldBeOfType<EdgeReply.Nothing>().Reason.ShouldContain("a link-local address");

        server.Connections.ShouldBe(0);
    }

    [Fact]
    public async Task Connects_to_the_one_endpoint_that_code_allows()
    {
        await using var server = Serve("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");

        (await Client(server, allowPrivate: false, allowed: [server.EndPoint]).AskAsync(Request, Cancel)).ShouldBeOfType<EdgeReply.Http>();
    }

    [Fact]
    public async Task Follows_no_redirect()
    {
        await using var server = Serve(
            $"HTTP/1.1 302 Found\r\nLocation: https://169.254.169.254/latest/meta-data\r\nX-Cache: Miss from cloudfront\r\n{CloudFrontHeaders}Content-Length: 0\r\n\r\n"
        );

        (await AskAsync(server)).ShouldBeOfType<EdgeReply.Http>().Status.ShouldBe(302);

        server.Connections.ShouldBe(1);
        _resolved.Count.ShouldBe(1);
    }

    [Fact]
    public async Task Reads_the_page_of_an_error()
    {
        await using var server = Serve($"{ErrorHead}Content-Length: 5\r\n\r\nhello");

        var reply = (await AskAsync(server)).ShouldBeOfType<EdgeReply.Http>();

        (reply.Body, reply.CutBecause).ShouldBe(("hello", null));
    }

    [Fact]
    public async Task Reads_no_body_that_is_no_error()
    {
        await using var server = Serve(
            $"HTTP/1.1 200 OK\r\nX-Cache: Miss from cloudfront\r\n{CloudFrontHeaders}Content-Length: 5\r\n\r\nhello"
        );

        (await AskAsync(server)).ShouldBeOfType<EdgeReply.Http>().Body.ShouldBeEmpty();
    }

    [Fact]
    public async Task Stops_reading_a_body_without_end()
    {
        await using var server = Start(
            async (_, stream, stop) =>
            {
                await stream.WriteAsync(Encoding.ASCII.GetBytes($"{ErrorHead}\r\n"), stop);
                var chunk = new byte[16 * 1024];
                while (true)
                {
                    await stream.WriteAsync(chunk, stop);
                }
            }
        );

        var reply = (await AskAsync(server)).ShouldBeOfType<EdgeReply.Http>();

        reply.CutBecause.ShouldBe("it is longer than 64 KiB");
        Encoding.UTF8.GetByteCount(reply.Body).ShouldBeLessThanOrEqualTo(64 * 1024);
    }

    [Fact]
    public async Task Stops_waiting_for_a_body_that_does_not_end()
    {
        var time = new FakeTimeProvider();
        await using var server = Start(
            async (_, stream, stop) =>
            {
                await stream.WriteAsync(Encoding.ASCII.GetBytes($"{ErrorHead}Content-Length: 100\r\n\r\nslow"), stop);
                await PassAsync(time, stop);
            }
        );

        (await Client(server, time: time).AskAsync(Request, Cancel)).ShouldSatisfyAllConditions(reply =>
            (
                reply
                is EdgeReply.Http { CutBecause: "it did not end in time" }
                    or EdgeReply.Nothing { Reason: "no answer within 60 seconds" }
            ).ShouldBeTrue()
        );
    }

    [Fact]
    public async Task Stops_waiting_for_a_server_that_does_not_answer()
    {
        var time = new FakeTimeProvider();
        await using var server = Start((_, _, stop) => PassAsync(time, stop));

        (await Client(server, time: time).AskAsync(Request, Cancel))
            .ShouldBeOfType<EdgeReply.Nothing>()
            .Reason.ShouldBe("no answer within 60 seconds");
    }

    [Fact]
    public async Task Ends_with_the_run()
    {
        using var run = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        await using var server = Start(
            async (_, _, stop) =>
            {
                await run.CancelAsync();
                await Task.Delay(Timeout.Infinite, stop);
            }
        );

        await Should.ThrowAsync<OperationCanceledException>(() => Client(server).AskAsync(Request, run.Token));
    }

    [Fact]
    public async Task Does_not_unpack_a_body()
    {
        using var bomb = new MemoryStream();
        await using (var gzip = new GZipStream(bomb, CompressionLevel.SmallestSize, leaveOpen: true))
        {
            await gzip.WriteAsync(new byte[16 * 1024 * 1024], Cancel);
        }

        await using var server = Serve([
            .. Encoding.ASCII.GetBytes($"{ErrorHead}Content-Encoding: gzip\r\nContent-Length: {bomb.Length}\r\n\r\n"),
            .. bomb.ToArray(),
        ]);

        var reply = (await AskAsync(server)).ShouldBeOfType<EdgeReply.Http>();

        (reply.Body, reply.CutBecause).ShouldBe(("", "it is compressed, which was not asked for"));
    }

    [Theory]
    [MemberData(nameof(BadAnswers))]
    public async Task Bears_what_is_no_answer(string answer, string reason)
    {
        await using var server = Serve(Hostile[answer]);

        (await AskAsync(server)).ShouldBeOfType<EdgeReply.Nothing>().Reason.ShouldBe(reason);
    }

    private static readonly Dictionary<string, string> Hostile = new()
    {
        ["no HTTP"] = "220 mail.example.com ESMTP\r\n",
        ["a status that is no number"] = "HTTP/1.1 abc\r\n\r\n",
        ["a header without a name"] = "HTTP/1.1 200 OK\r\n: nothing\r\n\r\n",
        ["nothing"] = "",
        ["half a head"] = "HTTP/1.1 200 OK\r\nServer: Clou",
        ["1,000 headers"] = $"HTTP/1.1 200 OK\r\n{string.Concat(Enumerable.Range(0, 1000).Select(number => $"X-{number}: 1\r\n"))}\r\n",
        ["one endless header"] = $"HTTP/1.1 200 OK\r\nX-Long: {new string('x', 64 * 1024)}\r\n\r\n",
    };

    public static TheoryData<string, string> BadAnswers =>
        new(
            ("no HTTP", "the answer is not HTTP"),
            ("a status that is no number", "the answer is not HTTP"),
            ("a header without a name", "the answer is not HTTP"),
            ("nothing", "the connection ended before an answer"),
            ("half a head", "the connection ended before an answer"),
            ("1,000 headers", "the answer has more than 256 headers"),
            ("one endless header", "the answer's headers are longer than 32 KiB")
        );

    [Fact]
    public async Task Says_when_the_name_does_not_resolve()
    {
        var client = new EdgeClient(
            new() { Resolve = (_, _, _) => Task.FromResult(new EdgeEndpoints([], "NXDOMAIN")), CheckCertificate = (_, _) => null },
            TimeProvider.System
        );

        (await client.AskAsync(Request, Cancel))
            .ShouldBeOfType<EdgeReply.Nothing>()
            .Reason.ShouldBe("the distribution's name does not resolve: NXDOMAIN");
    }

    [Fact]
    public async Task Says_when_nothing_listens()
    {
        using var closed = new ClosedPort();
        var client = new EdgeClient(
            new()
            {
                Resolve = (_, _, _) => Task.FromResult(new EdgeEndpoints([closed.EndPoint])),
                CheckCertificate = (_, _) => null,
                AllowPrivateAddresses = true,
            },
            TimeProvider.System
        );

        (await client.AskAsync(Request, Cancel)).ShouldBeOfType<EdgeReply.Nothing>().Reason.ShouldContain("do not accept connections");
    }

    [Fact]
    public async Task Says_when_the_server_does_not_speak_TLS()
    {
        await using var server = TlsServer.Start(new() { Script = ServerScript.PlainHttp });
        var client = new EdgeClient(
            new()
            {
                Resolve = (_, _, _) => Task.FromResult(new EdgeEndpoints([server.EndPoint])),
                CheckCertificate = (_, _) => null,
                AllowPrivateAddresses = true,
            },
            TimeProvider.System
        );

        (await client.AskAsync(Request, Cancel)).ShouldBeOfType<EdgeReply.Nothing>().IsTlsFailure.ShouldBeTrue();
    }

    [Theory]
    [InlineData("host name", "/x")]
    [InlineData("a@b", "/x")]
    [InlineData("www.example.com", "/a/../x")]
    public async Task Sends_nothing_that_a_URL_cannot_carry(string host, string path) =>
        (
            await new EdgeClient(
                new() { Resolve = (_, _, _) => throw new InvalidOperationException(), CheckCertificate = (_, _) => null },
                TimeProvider.System
            ).AskAsync(Request with { Host = host, PathAndQuery = path }, Cancel)
        )
            .ShouldBeOfType<EdgeReply.Nothing>()
            .Reason.ShouldContain("URL");

    /// <summary>Lets the time pass until the client gives up.</summary>
    private static async Task PassAsync(FakeTimeProvider time, CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            time.Advance(TimeSpan.FromSeconds(30));
            await Task.Yield();
            await Task.Delay(1, stop);
        }
    }

    private HttpsServer Serve(string answer) => Serve(Encoding.Latin1.GetBytes(answer));

    private HttpsServer Serve(byte[] answer) => Start((_, stream, stop) => stream.WriteAsync(answer, stop).AsTask());

    private HttpsServer Start(HttpsAnswer answer) => HttpsServer.Start(_leaf, [_intermediate.Certificate], answer);

    private Task<EdgeReply> AskAsync(HttpsServer server, bool allowPrivate = true, string? certificate = null) =>
        Client(server, allowPrivate, certificate).AskAsync(Request, Cancel);

    private EdgeClient Client(
        HttpsServer server,
        bool allowPrivate = true,
        string? certificate = null,
        TimeProvider? time = null,
        IPEndPoint[]? allowed = null,
        IPEndPoint? further = null
    ) =>
        new(
            new()
            {
                Resolve = (name, port, _) =>
                {
                    _resolved.Add($"{name}:{port}");
                    return Task.FromResult(new EdgeEndpoints(further is null ? [server.EndPoint] : [server.EndPoint, further]));
                },
                CheckCertificate = (_, sent) =>
                {
                    _checked.Add(sent);
                    return certificate;
                },
                AllowPrivateAddresses = allowPrivate,
                AllowedEndpoints = new HashSet<IPEndPoint>(allowed ?? []),
            },
            time ?? TimeProvider.System
        );
}
