using OriginWatch.Loopback;
using OriginWatch.Probing;
using OriginWatch.Targets;
using OriginWatch.Tests.Trust;
using OriginWatch.Trust;

namespace OriginWatch.Tests.Aws;

/// <summary>The template deployed with every optional service on, each under a policy of its own: ACM, CloudFront's metrics, the
/// chat.</summary>
public sealed class OptionalServicesTests : IAsyncDisposable
{
    private const string Mutual = "mutual.origins.test";
    private const string Expired = "expired.origins.test";
    private static readonly Dictionary<string, string> AllOn = new(StringComparer.Ordinal)
    {
        ["ClientCertificates"] = "yes",
        ["CloudFrontMetrics"] = "yes",
        ["ChatTopicArn"] = "new",
    };
    private readonly CertificateAuthority _root = CertificateAuthority.CreateRoot("CN=Test Root", DateTimeOffset.UtcNow);
    private readonly List<TlsServer> _servers = [];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_function_reads_and_tells_through_all_of_them()
    {
        Tools.SkipOrFail(await MotoServer.MissingAsync());
        var (mutual, expired) = (
            Serve(_root.IssueLeaf(Mutual)),
            Serve(_root.IssueLeaf(Expired, new CertificateShape { NotAfter = DateTimeOffset.UtcNow.AddDays(-2) }))
        );
        await using var account = await MotoServer.StartAsync(
            new(
                [
                    new("E1", ["www.example.com"], new PlannedOrigin("mutual", Mutual, mutual.EndPoint.Port, Protocols: "TLSv1.2"))
                    {
                        ClientCertificate = ClientCertificate(),
                    },
                    new("E2", [], new PlannedOrigin("expired", Expired, expired.EndPoint.Port, Protocols: "TLSv1.2"))
                    {
                        Metrics = new Dictionary<string, double> { ["Requests"] = 5310, ["5xxErrorRate"] = 22.6 },
                    },
                ],
                Parameters: AllOn
            )
        );
        var function = new DeployedFunction(
            account,
            () => TrustStore.FromPem(_root.Certificate.ExportCertificatePem(), "test root"),
            new OverridingResolver([At(Mutual, mutual), At(Expired, expired)], new DnsResolver())
        );

        await using var output = new KeptStream();
        var summary = await DeployedFunction.InvokeAsync(function.Parts(output), "{}", TimeSpan.FromSeconds(900));
        (summary.GetProperty("complete").GetBoolean(), summary.GetProperty("rejected").GetInt32()).ShouldBe((true, 1), output.Text());

        var mail = account.Mails().ShouldHaveSingleItem().Text;
        string.Join(' ', mail.Split([' ', '\n'], StringSplitOptions.RemoveEmptyEntries))
            .ShouldSatisfyAllConditions(
                text => text.ShouldContain("the client certificate arn:aws:acm:us-east-1:123456789012:certificate/"),
                text => text.ShouldContain("(4 days 23 hours left); ACM does not renew it, because it was imported"),
                text => text.ShouldNotContain("were not read"),
                text =>
                    text.ShouldContain(
                        "CloudFront agrees: it returned 5xx for about 1,200 of 5,310 requests to this distribution in the last 24 h",
                        customMessage: mail
                    )
            );
        var chat = (await function.ChatsAsync(Token)).ShouldHaveSingleItem();
        chat.GetProperty("content")
            .GetProperty("title")
            .GetString()
            .ShouldBe((await function.MessagesAsync(Token)).Single().Subject.Replace('[', '(').Replace(']', ')'));
        chat.GetProperty("content").GetProperty("nextSteps").GetArrayLength().ShouldBe(2);
        chat.GetProperty("metadata").GetProperty("threadId").GetString().ShouldBe("originwatch-123456789012-prod");
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var server in _servers)
        {
            await server.DisposeAsync();
        }

        _root.Dispose();
    }

    private static PlannedCertificate ClientCertificate()
    {
        var forged = Forged.Root(
            new()
            {
                Subject = "CN=CloudFront",
                ExtendedKeyUsage = ["1.3.6.1.5.5.7.3.2"],
                RsaBits = 2048,
                NotBefore = DateTimeOffset.UtcNow.AddDays(-300),
                NotAfter = DateTimeOffset.UtcNow.AddDays(5),
            }
        );
        return new(forged.Certificate.ExportCertificatePem(), ((System.Security.Cryptography.RSA)forged.Key).ExportPkcs8PrivateKeyPem());
    }

    private static ResolveOverride At(string name, TlsServer server) => new(name, server.EndPoint.Port, [server.EndPoint.Address]);

    private TlsServer Serve(System.Security.Cryptography.X509Certificates.X509Certificate2 certificate)
    {
        using (certificate)
        {
            var server = TlsServer.Start(TlsServerShape.For(certificate));
            _servers.Add(server);
            return server;
        }
    }
}
