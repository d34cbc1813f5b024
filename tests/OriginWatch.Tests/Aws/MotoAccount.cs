using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using Amazon.Runtime;
using OriginWatch.Fixtures;

namespace OriginWatch.Tests.Aws;

[CollectionDefinition(nameof(MotoAccount))]
public sealed class SharedMotoAccount : ICollectionFixture<MotoAccount>;

/// <summary>
/// An account in moto: the transformed template deployed, 250 distributions, a queue that hears the topic; signatures and IAM enforced.
/// One for all tests of the collection, since it takes seconds.
/// </summary>
public sealed class MotoAccount : IAsyncLifetime
{
    public const int Distributions = 250;
    private const string Expired = "expired.origins.test";
    private const string SelfSigned = "self-signed.origins.test";
    private static readonly TimeSpan StartUp = TimeSpan.FromSeconds(90);
    private readonly List<TlsServer> _servers = [];
    private readonly CertificateAuthority _root = CertificateAuthority.CreateRoot("CN=Test Root", DateTimeOffset.UtcNow);
    private Process? _moto;

    /// <summary>Why there is no account; null when there is one.</summary>
    public string? Missing { get; private set; }

    internal string Url { get; private set; } = "";
    public JsonElement Setup { get; private set; }

    /// <summary>Where each origin's name really is.</summary>
    internal IReadOnlyList<(string Name, IPEndPoint EndPoint)> Origins { get; private set; } = [];

    public string RootPem => _root.Certificate.ExportCertificatePem();

    internal AWSCredentials Administrator => new BasicAWSCredentials(Text("admin", "key"), Text("admin", "secret"));

    internal AWSCredentials FunctionRole => new SessionAWSCredentials(Text("role", "key"), Text("role", "secret"), Text("role", "token"));

    public string Text(params string[] path) => path.Aggregate(Setup, (element, name) => element.GetProperty(name)).ToString();

    public async ValueTask InitializeAsync()
    {
        Missing = await MissingAsync();
        if (Missing is null)
        {
            await StartAsync();
            Origins = StartOrigins();
            Setup = await DeployAsync();
            using var http = new HttpClient();
            using var enforce = new StringContent("0");
            (await http.PostAsync(new Uri($"{Url}/moto-api/reset-auth"), enforce)).EnsureSuccessStatusCode();
        }
    }

    public async ValueTask DisposeAsync()
    {
        _moto?.Kill(entireProcessTree: true);
        _moto?.Dispose();
        foreach (var server in _servers)
        {
            await server.DisposeAsync();
        }

        _root.Dispose();
    }

    private static async Task<string?> MissingAsync()
        => File.Exists(Tools.Shared("moto_plus.py")) && File.Exists(Tools.Shared("transform.py")) && File.Exists(Tools.Shared("emf-check.py"))
            ? await Tools.MissingPythonAsync("moto, samtranslator, boto3, jsonschema")
            : "the tool box with moto_plus.py is not beside this project";

    private async Task StartAsync()
    {
        var port = FreePort();
        Url = $"http://127.0.0.1:{port}";
        _moto = Tools.Start("python3", Tools.InTests("Aws", "moto_account.py"), "serve", Tools.Shared("moto_plus.py"), port);
        _ = _moto.StandardOutput.ReadToEndAsync();
        _ = _moto.StandardError.ReadToEndAsync();
        using var http = new HttpClient();
        var until = Stopwatch.StartNew();
        while (!await AnswersAsync(http))
        {
            if (until.Elapsed > StartUp || _moto.HasExited)
            {
                throw new TimeoutException("moto did not start");
            }

            await Task.Delay(TimeSpan.FromMilliseconds(100));
        }
    }

    private async Task<bool> AnswersAsync(HttpClient http)
    {
        try
        {
            return (await http.GetAsync(new Uri($"{Url}/moto-api/data.json"))).IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    private static string FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port.ToString(CultureInfo.InvariantCulture);
    }

    /// <summary>One healthy server for most names, one with an expired certificate, one whose certificate signed itself.</summary>
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
            .. Enumerable.Range(1, Distributions - 2).Select(number => (string.Create(CultureInfo.InvariantCulture, $"o{number}.origins.test"), healthy)),
        ];
    }

    private IPEndPoint Serve(System.Security.Cryptography.X509Certificates.X509Certificate2 certificate, params System.Security.Cryptography.X509Certificates.X509Certificate2[] issuers)
    {
        using (certificate)
        {
            var server = TlsServer.Start(TlsServerShape.For(certificate, issuers));
            _servers.Add(server);
            return server.EndPoint;
        }
    }

    private async Task<JsonElement> DeployAsync()
    {
        var folder = Directory.CreateTempSubdirectory("originwatch");
        try
        {
            var (template, origins) = (Path.Combine(folder.FullName, "template.json"), Path.Combine(folder.FullName, "origins.json"));
            await Tools.RunAsync("python3", ["-W", "ignore", Tools.Shared("transform.py"), Path.Combine(Tools.Top, "template.yaml"), template]);
            await File.WriteAllTextAsync(origins, JsonSerializer.Serialize(Origins.Select(origin => new { domainName = origin.Name, port = origin.EndPoint.Port })));
            using var answer = JsonDocument.Parse(await Tools.RunAsync("python3", [Tools.InTests("Aws", "moto_account.py"), "setup", Url, template, origins]));
            return answer.RootElement.Clone();
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
