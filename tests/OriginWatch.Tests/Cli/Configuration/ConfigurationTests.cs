using System.Text.Json;
using OriginWatch.Cli;
using OriginWatch.Cli.Commands;
using OriginWatch.Cli.Configuration;

namespace OriginWatch.Tests.Cli.Configuration;

public sealed class ConfigurationTests : IDisposable
{
    private readonly Shell _shell = new();

    [Fact]
    public async Task The_file_gives_every_kind_of_option_and_the_command_line_wins()
    {
        var file = _shell.Write(
            "originwatch.yaml",
            """
            # Nightly.
            inventory: listing.json
            fail-on: medium
            concurrency: 7
            quiet: true
            verbose: false
            output: [report.html, report.sarif]
            parameter: {Environment: test}
            """
        );
        var result = await _shell.RunAsync("config", "--config", file, "--concurrency", "9");
        result.Code.ShouldBe(ExitCode.Clean);
        var lines = result.Output.Split('\n');
        Line(lines, "inventory").ShouldEndWith("listing.json  (line 2)");
        Line(lines, "fail-on").ShouldEndWith("medium  (line 3)");
        Line(lines, "concurrency").ShouldEndWith("9  (command line, in place of line 4)");
        Line(lines, "quiet").ShouldEndWith("true  (line 5)");
        Line(lines, "verbose").ShouldContain("false");
        Line(lines, "output").ShouldContain($"{_shell.PathOf("report.html")}, {_shell.PathOf("report.sarif")}");
        Line(lines, "parameter").ShouldContain("Environment=test");
        Line(lines, "changed-only").ShouldEndWith("false  (default)");
    }

    [Theory]
    [InlineData("fial-on: high", "line 1: \"fial-on\" is not an option of scan. Did you mean fail-on?")]
    [InlineData("colour-of-the-sky: blue", "Options are: ")]
    [InlineData("config: other.yaml", "is not an option")]
    [InlineData("fail-on: sometimes", "--fail-on takes critical")]
    [InlineData("quiet: perhaps", "quiet takes true or false")]
    [InlineData("fail-on:", "\"fail-on\" has no value")]
    [InlineData("fail-on: high\nfail-on: low", "line 2: \"fail-on\" appears twice")]
    [InlineData("- fail-on", "a mapping from options to values is expected")]
    [InlineData("fail-on: [", "it is not YAML")]
    [InlineData("fail-on: &x high", "anchors")]
    public async Task A_wrong_file_ends_with_2_and_says_where(string text, string sentence)
    {
        var result = await _shell.RunAsync("scan", "--config", _shell.Write("wrong.yaml", text));
        (result.Code, result.Output).ShouldBe((ExitCode.WrongUsage, ""));
        result.Error.ShouldContain(sentence);
        result.Error.ShouldContain("wrong.yaml");
    }

    [Fact]
    public async Task A_file_that_is_not_there_ends_with_2() =>
        (await _shell.RunAsync("scan", "--config", _shell.PathOf("none.yaml"))).Code.ShouldBe(ExitCode.WrongUsage);

    [Fact]
    public async Task A_file_with_nothing_but_comments_changes_nothing() =>
        (await _shell.RunAsync("config", "--config", _shell.Write("empty.yaml", "# later\n"))).Output.ShouldNotContain("(line ");

    [Fact]
    public async Task An_option_that_excludes_another_wins_over_it()
    {
        var file = _shell.Write("c.yaml", "profile: nightly\nquiet: true\n");
        var result = await _shell.RunAsync("scan", "--config", file, "--inventory", _shell.Write("none.json", ListingJson.Of()));
        result.Code.ShouldBe(ExitCode.Clean);
        result.Error.ShouldBe("originwatch: warning: no distributions with origins found in none.json\n");
    }

    [Fact]
    public async Task Suppressions_may_stand_in_the_file_itself()
    {
        var file = _shell.Write(
            "c.yaml",
            $$"""
            quiet: true
            format: json
            allow-private-addresses: true
            dns: 127.0.0.1:1
            inventory: listing.json
            suppressions:
            - distribution: E1TEST
              reason: on its way out
              owner: web
              expires: {{DateTime.UtcNow.AddDays(30):yyyy-MM-dd}}
            """
        );
        _shell.Write(
            "listing.json",
            ListingJson.Of(ListingJson.Distribution("E1TEST", ListingJson.Origin("origin", "origin.example.com", 443, "http-only")))
        );
        var result = await _shell.RunAsync("scan", "--config", file);
        result.Error.ShouldBeEmpty();
        result.Output.ShouldContain("on its way out");
        result.Code.ShouldBe(ExitCode.Clean);
    }

    [Fact]
    public async Task The_schema_has_every_option_of_a_scan()
    {
        using var schema = JsonDocument.Parse((await _shell.RunAsync("config", "--schema")).Output);
        schema.RootElement.GetProperty("additionalProperties").GetBoolean().ShouldBeFalse();
        schema
            .RootElement.GetProperty("properties")
            .EnumerateObject()
            .Select(property => property.Name)
            .ShouldBe(
                ConfiguredCommand.Configurable(new ScanCommand().Create()).Select(option => option.Name[2..]).Order(StringComparer.Ordinal)
            );
    }

    [Fact]
    public async Task The_schema_knows_the_values_that_an_option_takes()
    {
        using var schema = JsonDocument.Parse((await _shell.RunAsync("config", "--schema")).Output);
        var properties = schema.RootElement.GetProperty("properties");
        properties
            .GetProperty("edge")
            .GetProperty("enum")
            .EnumerateArray()
            .Select(value => value.GetString())
            .ShouldBe(["off", "undetermined", "all"], ignoreOrder: true);
        properties.GetProperty("fail-on").GetProperty("enum").EnumerateArray().Select(value => value.GetString()).ShouldContain("none");
        properties.GetProperty("severity").GetProperty("anyOf")[1].GetProperty("items").GetProperty("enum").GetArrayLength().ShouldBe(5);
        properties.GetProperty("concurrency").GetProperty("type").GetString().ShouldBe("integer");
        properties.GetProperty("quiet").GetProperty("type").GetString().ShouldBe("boolean");
    }

    public void Dispose() => _shell.Dispose();

    private static string Line(string[] lines, string key) =>
        lines.Single(line => line.StartsWith($"{key} ", StringComparison.Ordinal)).TrimEnd();
}
