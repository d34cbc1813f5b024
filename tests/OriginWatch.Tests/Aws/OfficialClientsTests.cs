using System.ComponentModel;
using System.Globalization;
using System.Text.Json;
using System.Xml.Linq;
using static OriginWatch.Tests.Aws.CloudFrontResources;
using static OriginWatch.Tests.Aws.CloudFrontXml;

namespace OriginWatch.Tests.Aws;

/// <summary>The fake CloudFront of these tests speaks as CloudFront does: AWS's own clients in three languages read the same out of
/// it.</summary>
public sealed class OfficialClientsTests : IAsyncDisposable
{
    private const int Count = 250;

    private readonly FakeCloudFront _fake = new()
    {
        Distributions =
        [
            .. Enumerable
                .Range(1, Count)
                .Select(number =>
                    Distribution(string.Create(CultureInfo.InvariantCulture, $"E{number:000}"), List("Aliases", "CNAME", "www.example"))
                ),
        ],
        Resources = new Dictionary<string, XElement>
        {
            ["cache-policy/c"] = CachePolicy("c", "whitelist", "Host"),
            ["origin-request-policy/o"] = RequestPolicy("o", "allViewer"),
            ["vpc-origin/vo_1"] = VpcOrigin("vo_1"),
            ["distribution-tenant/dt_1"] = Tenant("dt_1", "one"),
            ["distribution/E1/config"] = Config("fallback"),
        },
        Tenants = [TenantSummary("dt_1", "E1", "a.example")],
    };

    public ValueTask DisposeAsync() => _fake.DisposeAsync();

    [Fact]
    public async Task The_AWS_CLI_reads_every_page()
    {
        using var answer = JsonDocument.Parse(
            await RunAsync("aws", "cloudfront", "list-distributions", "--endpoint-url", _fake.Http.Url, "--output", "json")
        );
        var list = answer.RootElement.GetProperty("DistributionList").GetProperty("Items");
        list.GetArrayLength().ShouldBe(Count);
        list[0]
            .GetProperty("Origins")
            .GetProperty("Items")[0]
            .GetProperty("CustomOriginConfig")
            .GetProperty("OriginSslProtocols")
            .GetProperty("Items")[0]
            .GetString()
            .ShouldBe("TLSv1.2");
    }

    [Fact]
    public async Task Botocore_finds_every_member_that_its_model_requires()
    {
        Tools.SkipOrFail(await Tools.MissingPythonAsync("boto3"));
        (await RunAsync("python3", Tools.InTests("Aws", "model_shapes.py"), _fake.Http.Url)).ShouldBe(
            "ListDistributions OK\nGetCachePolicy OK\nGetOriginRequestPolicy OK\nGetVpcOrigin OK\nListDistributionTenants OK\nGetDistributionTenant OK\nGetDistributionConfig OK\n"
        );
    }

    [Fact]
    public async Task The_JavaScript_client_reads_every_page()
    {
        var modules = Path.Combine(Tools.Top, ".artifacts", "npm");
        Tools.SkipOrFail(
            Directory.Exists(Path.Combine(modules, "node_modules", "@aws-sdk", "client-cloudfront"))
                ? null
                : "the npm package @aws-sdk/client-cloudfront is not installed in .artifacts/npm"
        );
        var script = Path.Combine(modules, "list_distributions.mjs"); // modules are looked up from where the script stands
        File.Copy(Tools.InTests("Aws", "list_distributions.mjs"), script, overwrite: true);
        (await RunAsync("node", script, _fake.Http.Url))
            .Trim()
            .ShouldBe("""{"pages":3,"distributions":250,"first":"E001","protocols":["TLSv1.2"]}""");
    }

    private static async Task<string> RunAsync(string program, params string[] arguments)
    {
        try
        {
            return await Tools.RunAsync(program, arguments);
        }
        catch (Win32Exception)
        {
            Tools.SkipOrFail($"{program} is not installed");
            throw;
        }
    }
}
