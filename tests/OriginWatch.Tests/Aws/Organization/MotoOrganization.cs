using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using Amazon.Runtime;

namespace OriginWatch.Tests.Aws.Organization;

/// <summary>An account of the organization as a test wants it.</summary>
internal sealed record PlannedAccount(string Name, params IReadOnlyList<PlannedDistribution> Distributions)
{
    public string? Unit { get; init; }

    /// <summary>False for an account to which the member role was never deployed.</summary>
    public bool Role { get; init; } = true;

    public string? ExternalId { get; init; }
    public bool Closed { get; init; }
}

/// <summary>An organization in moto: the member role is deployed from its template, and trust policies are checked.</summary>
internal sealed class MotoOrganization : IAsyncDisposable
{
    /// <summary>The account that scans.</summary>
    public const string Caller = "123456789012";

    private static readonly TimeSpan StartUp = TimeSpan.FromSeconds(90);
    private static readonly JsonSerializerOptions CamelCase = new(JsonSerializerDefaults.Web);
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("originwatch");
    private readonly Process _process;
    private JsonElement _setup;

    private MotoOrganization(string port, IReadOnlyDictionary<string, int> pageSizes)
    {
        Url = $"http://127.0.0.1:{port}";
        var start = new ProcessStartInfo("python3", [Script, "serve", port]) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["ORIGINWATCH_PAGE_SIZES"] = JsonSerializer.Serialize(pageSizes);
        start.Environment["PYTHONDONTWRITEBYTECODE"] = "1";
        _process = Process.Start(start)!;
        _ = _process.StandardOutput.ReadToEndAsync();
        _ = _process.StandardError.ReadToEndAsync();
    }

    public string Url { get; }

    /// <summary>Of the role that the template trusts.</summary>
    public AWSCredentials Function => new SessionAWSCredentials(Text("key"), Text("secret"), Text("token"));

    private static string Script => Tools.InTests("Aws", "moto_organization.py");

    /// <param name="plan">The members, in the order of their ids.</param>
    /// <param name="pageSizes">Distributions in a page of an account's listing, by account id; 100 for the others.</param>
    /// <param name="cancellationToken">Of the test.</param>
    public static async Task<MotoOrganization> StartAsync(IReadOnlyList<PlannedAccount> plan, IReadOnlyDictionary<string, int> pageSizes, CancellationToken cancellationToken)
    {
        var organization = new MotoOrganization(FreePort(), pageSizes);
        using var http = new HttpClient();
        for (var waited = Stopwatch.StartNew(); !await AnswersAsync(http, organization.Url, cancellationToken);)
        {
            if (waited.Elapsed > StartUp || organization._process.HasExited)
            {
                throw new TimeoutException("moto did not start");
            }

            await Task.Delay(TimeSpan.FromMilliseconds(100), cancellationToken);
        }

        var file = Path.Combine(organization._folder.FullName, "plan.json");
        await File.WriteAllTextAsync(file, JsonSerializer.Serialize(new { principal = "originwatch-function", accounts = plan }, CamelCase), cancellationToken);
        organization._setup = JsonElement.Parse(await Tools.RunAsync("python3", [Script, "setup", organization.Url, file]));
        return organization;
    }

    /// <summary>The id of the n-th planned account, from 1; Organizations' own numbers follow the caller's.</summary>
    public static string Id(int number) => (100000000001 + number).ToString(CultureInfo.InvariantCulture);

    public string Unit(string name) => _setup.GetProperty("units").GetProperty(name).GetString()!;

    public async ValueTask DisposeAsync()
    {
        _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
        _process.Dispose();
        _folder.Delete(recursive: true);
    }

    private string Text(string name) => _setup.GetProperty(name).GetString()!;

    private static string FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port.ToString(CultureInfo.InvariantCulture);
    }

    private static async Task<bool> AnswersAsync(HttpClient http, string url, CancellationToken cancellationToken)
    {
        try
        {
            return (await http.GetAsync(new Uri($"{url}/moto-api/data.json"), cancellationToken)).IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }
}
