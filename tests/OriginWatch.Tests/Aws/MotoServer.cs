using System.Text.Json;
using Amazon.Runtime;
using OriginWatch.Targets;

namespace OriginWatch.Tests.Aws;

/// <summary>One origin of a planned distribution.</summary>
internal sealed record PlannedOrigin(
    string Id,
    string DomainName,
    int Port,
    string Policy = "https-only",
    int HttpPort = 80,
    params IReadOnlyList<string> Protocols
);

/// <summary>A distribution as moto shall have it. Its first origin is the default one.</summary>
internal sealed record PlannedDistribution(string Id, IReadOnlyList<string> Aliases, params IReadOnlyList<PlannedOrigin> Origins)
{
    /// <summary>What CloudFront shows to the origins; null without mutual TLS.</summary>
    public PlannedCertificate? ClientCertificate { get; init; }

    /// <summary>What CloudFront counted an hour ago, by metric.</summary>
    public IReadOnlyDictionary<string, double>? Metrics { get; init; }

    /// <summary>By key; an organization's only.</summary>
    public IReadOnlyDictionary<string, string>? Tags { get; init; }
}

/// <summary>A certificate to import into ACM, both as PEM.</summary>
internal sealed record PlannedCertificate(string Certificate, string Key);

/// <summary>What the account distributes, what is subscribed to the topic beside the e-mail address and the queue, and the template's
/// parameters that are not as usual.</summary>
internal sealed record AccountPlan(
    IReadOnlyList<PlannedDistribution> Distributions,
    string? Subscriber = null,
    IReadOnlyDictionary<string, string>? Parameters = null
);

/// <summary>An e-mail as moto would have sent it.</summary>
internal sealed record SentMail(string Subject, string Text)
{
    /// <summary>The ARN of the topic that it came by.</summary>
    public string? Topic { get; init; }
}

/// <summary>moto in a process of its own, with the transformed template deployed; signatures and IAM enforced from then on.</summary>
internal sealed class MotoServer : IAsyncDisposable
{
    private static readonly JsonSerializerOptions CamelCase = new(JsonSerializerDefaults.Web);
    private readonly DirectoryInfo _folder;
    private readonly MotoProcess _moto;

    private MotoServer(DirectoryInfo folder, MotoProcess moto) => (_folder, _moto) = (folder, moto);

    public string Url => _moto.Url;

    /// <summary>What the deployment came to: variables, role, queue.</summary>
    public JsonElement Setup { get; private set; }

    public AWSCredentials Administrator => new BasicAWSCredentials(Text("admin", "key"), Text("admin", "secret"));

    public AWSCredentials FunctionRole => new SessionAWSCredentials(Text("role", "key"), Text("role", "secret"), Text("role", "token"));

    private static string Script => Tools.InTests("Aws", "moto_account.py");

    /// <summary>Why it cannot be started; null when it can.</summary>
    public static async Task<string?> MissingAsync() => await Tools.MissingPythonAsync("moto, samtranslator, boto3");

    public static async Task<MotoServer> StartAsync(AccountPlan plan)
    {
        var folder = Directory.CreateTempSubdirectory("originwatch");
        var server = new MotoServer(folder, await MotoProcess.StartAsync(port => [Script, "serve", port, folder.FullName]));
        using var http = new HttpClient();
        server.Setup = await server.DeployAsync(plan);
        using var enforce = new StringContent("0");
        (await http.PostAsync(new Uri($"{server.Url}/moto-api/reset-auth"), enforce)).EnsureSuccessStatusCode();
        return server;
    }

    public string Text(params string[] path) => path.Aggregate(Setup, (element, name) => element.GetProperty(name)).ToString();

    /// <summary>All e-mails so far, the oldest first.</summary>
    public IReadOnlyList<SentMail> Mails() => new MotoMailbox(_folder).Mails();

    public void TurnNotifications(bool on) => new MotoMailbox(_folder).TurnNotifications(on);

    public Task AllowListingAsync(bool allow) => RunAsync("listing", Credentials(), allow ? "on" : "off");

    public Task DeleteAsync(string distributionId) => RunAsync("delete", Credentials(), distributionId);

    /// <summary>The script's answer to one of its commands.</summary>
    public async Task<JsonElement> RunAsync(string command, params IEnumerable<string> arguments) =>
        JsonElement.Parse(await Tools.RunAsync("python3", [Script, command, Url, .. arguments]));

    public async ValueTask DisposeAsync()
    {
        await _moto.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    private async Task<JsonElement> DeployAsync(AccountPlan plan)
    {
        var (template, planned) = (Path.Combine(_folder.FullName, "template.json"), Path.Combine(_folder.FullName, "plan.json"));
        await Tools.RunAsync(
            "python3",
            [Path.Combine(Tools.Top, "tests", "template", "transform.py"), Path.Combine(Tools.Top, "template.yaml"), template]
        );
        await File.WriteAllTextAsync(planned, JsonSerializer.Serialize(plan, CamelCase));
        return await RunAsync("setup", template, planned);
    }

    private string Credentials() =>
        JsonSerializer.Serialize(
            new Dictionary<string, string>(StringComparer.Ordinal)
            {
                ["key"] = Text("admin", "key"),
                ["secret"] = Text("admin", "secret"),
                ["roleName"] = Text("roleName"),
            }
        );
}
