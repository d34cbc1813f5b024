using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using OriginWatch.Aws;
using OriginWatch.Cli;
using OriginWatch.History;
using OriginWatch.Rules;

namespace OriginWatch.Tests;

/// <summary>
/// The generated parts of the README are what the code says. With UPDATE_README=1 in the environment they are written anew.
/// </summary>
public partial class ReadmeTests
{
    private const string CommandPrefix = "dotnet run --project src/OriginWatch.Cli -- ";
    private static readonly string Top = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(Here())!, "..", ".."));
    private static readonly string Readme = Path.Combine(Top, "README.md");

    [Fact]
    public void The_table_of_rules_is_the_catalogue()
        => Check("rules", RuleTable.Render(new RuleCatalog(new()).Rules.Select(rule => rule.Metadata)));

    [Fact]
    public void The_table_of_settings_is_what_the_function_reads() => Check("settings", ReadmeTables.Settings());

    [Fact]
    public void The_table_of_metrics_is_what_the_function_emits() => Check("metrics", ReadmeTables.Metrics());

    [Fact]
    public void The_table_of_permissions_is_what_the_function_calls() => Check("permissions", ReadmeTables.Permissions());

    public static TheoryData<string> Commands
        => [.. File.ReadLines(Readme).Where(line => line.StartsWith(CommandPrefix, StringComparison.Ordinal)).Select(line => line[CommandPrefix.Length..])];

    [Theory]
    [MemberData(nameof(Commands))]
    public void Every_command_is_one_that_the_program_takes(string command)
        => CommandLine.Create().Parse(command).Errors.ShouldBeEmpty();

    [Fact]
    public void The_example_of_suppressions_is_one_that_is_understood()
    {
        var yaml = Code("yaml").First(block => block.StartsWith("suppressions:", StringComparison.Ordinal));
        var list = SuppressionFile.Parse(System.Text.Encoding.UTF8.GetBytes(yaml));
        list.Problem.ShouldBeNull();
        list.Entries.ShouldHaveSingleItem().Rule.ShouldBe("OW101");
    }

    [Fact]
    public void Nothing_but_the_five_stands_at_the_top_level()
        => new DirectoryInfo(Top).EnumerateFileSystemInfos().Select(entry => entry.Name)
            .Where(name => !name.StartsWith('.') && name is not ("LICENSE" or "originwatch-demo"))
            .ShouldBeSubsetOf(["README.md", "samconfig.toml", "src", "template.yaml", "tests"]);

    private static IEnumerable<string> Code(string language)
        => File.ReadAllText(Readme).Split($"```{language}\n").Skip(1).Select(rest => rest[..rest.IndexOf("```", StringComparison.Ordinal)]);

    /// <summary>Compares what stands between the marks of a generated part.</summary>
    private static void Check(string mark, string expected)
    {
        var text = File.ReadAllText(Readme);
        var part = Parts().Matches(text).FirstOrDefault(match => match.Groups["mark"].Value == mark);
        (part is not null).ShouldBeTrue($"README.md has no part <!-- {mark} --> … <!-- /{mark} -->");
        if (Environment.GetEnvironmentVariable("UPDATE_README") == "1")
        {
            var body = part!.Groups["body"];
            File.WriteAllText(Readme, $"{text[..body.Index]}{expected.Trim()}\n{text[(body.Index + body.Length)..]}");
            return;
        }

        string.Equals(part!.Groups["body"].Value.Trim(), expected.Trim(), StringComparison.Ordinal)
            .ShouldBeTrue($"the part '{mark}' of README.md is not what the code says: run UPDATE_README=1 dotnet test tests/OriginWatch.Tests --filter ReadmeTests");
    }

    [GeneratedRegex("<!-- (?<mark>[a-z]+) -->\n(?<body>.*?)<!-- /\\k<mark> -->", RegexOptions.Singleline | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 5000)]
    private static partial Regex Parts();

    private static string Here([CallerFilePath] string path = "") => path;
}
