using System.Globalization;
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

    private static readonly JsonSerializerOptions CamelCase = new(JsonSerializerDefaults.Web);
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("originwatch");
    private readonly MotoProcess _moto;
    private JsonElement _setup;

    private MotoOrganization(MotoProcess moto) => _moto = moto;

    public string Url => _moto.Url;

    /// <summary>Of the role that the template trusts.</summary>
    public AWSCredentials Function => new SessionAWSCredentials(Text("key"), Text("secret"), Text("token"));

    private static string Script => Tools.InTests("Aws", "moto_organization.py");

    /// <param name="plan">The members, in the order of their ids.</param>
    /// <param name="pageSizes">Distributions in a page of an account's listing, by account id; 100 for the others.</param>
    /// <param name="cancellationToken">Of the test.</param>
    public static async Task<MotoOrganization> StartAsync(
        IReadOnlyList<PlannedAccount> plan,
        IReadOnlyDictionary<string, int> pageSizes,
        CancellationToken cancellationToken
    )
    {
        var sizes = JsonSerializer.Serialize(pageSizes);
        var organization = new MotoOrganization(await MotoProcess.StartAsync(port => [Script, "serve", port, sizes], cancellationToken));
        var file = Path.Combine(organization._folder.FullName, "plan.json");
        await File.WriteAllTextAsync(
            file,
            JsonSerializer.Serialize(new { principal = "originwatch-function", accounts = plan }, CamelCase),
            cancellationToken
        );
        organization._setup = JsonElement.Parse(await Tools.RunAsync("python3", [Script, "setup", organization.Url, file]));
        return organization;
    }

    /// <summary>The id of the n-th planned account, from 1; Organizations' own numbers follow the caller's.</summary>
    public static string Id(int number) => (100000000001 + number).ToString(CultureInfo.InvariantCulture);

    public string Unit(string name) => _setup.GetProperty("units").GetProperty(name).GetString()!;

    public async ValueTask DisposeAsync()
    {
        await _moto.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    private string Text(string name) => _setup.GetProperty(name).GetString()!;
}
