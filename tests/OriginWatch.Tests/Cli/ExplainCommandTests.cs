using System.Text.Json;
using System.Text.Json.Nodes;
using OriginWatch.Cli;

namespace OriginWatch.Tests.Cli;

public sealed class ExplainCommandTests : IDisposable
{
    private readonly Shell _shell = new();
    private readonly string _listing;

    public ExplainCommandTests()
    {
        var distribution = ListingJson.Distribution(
            "E1SHOP",
            ListingJson.Origin("web", "origin.shop.example", 8443),
            ListingJson.Origin("api", "api.shop.example", 8443)
        );
        distribution["Aliases"] = new JsonObject { ["Quantity"] = 2, ["Items"] = new JsonArray("www.shop.example", "*.img.shop.example") };
        _listing = _shell.Write(
            "listing.json",
            ListingJson.Of(distribution, ListingJson.Distribution("E2OTHER", ListingJson.Origin("other", "other.example", 8443)))
        );
    }

    [Theory]
    [InlineData("E1SHOP", "web api")]
    [InlineData("e1shop/api", "api")]
    [InlineData("www.shop.example", "web api")]
    [InlineData("WWW.shop.example./web", "web")]
    [InlineData("a.img.shop.example", "web api")]
    [InlineData("api.shop.example", "api")]
    [InlineData("other.example", "other")]
    public async Task Takes_an_id_an_alternate_domain_name_or_an_origin_domain(string subject, string origins)
    {
        var result = await ExplainAsync(subject, "--format", "json");
        result.Code.ShouldBe(ExitCode.Clean);
        using var json = JsonDocument.Parse(result.Output);
        json.RootElement.GetProperty("origins")
            .EnumerateArray()
            .Select(origin => origin.GetProperty("originId").GetString())
            .ShouldBe(origins.Split(' '));
        json.RootElement.GetProperty("totals").GetProperty("origins").GetInt32().ShouldBe(origins.Split(' ').Length);
    }

    [Theory]
    [InlineData("nothing.example", "not a distribution, alternate domain name or origin domain")]
    [InlineData("E1SHOP/nothing", "it has web, api")]
    public async Task Says_what_it_did_not_find(string subject, string says)
    {
        var result = await ExplainAsync(subject);
        result.Code.ShouldBe(ExitCode.CouldNotDoTheJob);
        result.Error.ShouldContain(says);
    }

    [Fact]
    public async Task Names_come_first_and_passing_rules_only_when_asked_for()
    {
        var result = await ExplainAsync("E1SHOP/web");
        result.Output.ShouldStartWith("www.shop.example and 1 more (E1SHOP/web): ");
        result.Output.ShouldNotContain("✓ OW");
        (await ExplainAsync("E1SHOP/web", "-v")).Output.ShouldContain("✓ OW");
    }

    public void Dispose() => _shell.Dispose();

    private Task<ShellResult> ExplainAsync(string subject, params string[] more) =>
        _shell.RunAsync(["explain", subject, "--inventory", _listing, "--quiet", "--dns", "127.0.0.1:9", .. Resolved(), .. more]);

    /// <summary>Loopback, which is refused before anything is connected to.</summary>
    private static IEnumerable<string> Resolved() =>
        new[] { "origin.shop.example", "api.shop.example", "other.example", "www.shop.example" }.SelectMany(name =>
            new[] { "--resolve", $"{name}:8443:127.0.0.1" }
        );
}
