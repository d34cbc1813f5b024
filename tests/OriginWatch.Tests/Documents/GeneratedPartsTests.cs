using System.Text.RegularExpressions;
using OriginWatch.Rules;

namespace OriginWatch.Tests.Documents;

/// <summary>
/// The generated parts of the Markdown files are what the code says. With UPDATE_README=1 in the environment they are written anew.
/// </summary>
public partial class GeneratedPartsTests
{
    private const string OfCli = "src/OriginWatch.Cli/README.md";
    private const string OfAws = "src/OriginWatch.Aws/README.md";

    [Fact]
    public void The_table_of_rules_is_the_catalogue() =>
        Check("src/OriginWatch/Rules/README.md", "rules", RuleTable.Render(new RuleCatalog(new()).Rules.Select(rule => rule.Metadata)));

    [Fact]
    public void The_table_of_commands_is_what_the_program_takes() => Check(OfCli, "commands", GeneratedTables.Commands());

    [Fact]
    public void The_table_of_options_is_what_scan_takes() => Check(OfCli, "options", GeneratedTables.Options("scan"));

    [Fact]
    public void The_table_of_settings_is_what_the_function_reads() => Check(OfAws, "settings", GeneratedTables.Settings());

    [Fact]
    public void The_table_of_metrics_is_what_the_function_emits() => Check(OfAws, "metrics", GeneratedTables.Metrics());

    [Fact]
    public void The_table_of_the_organizations_metrics_is_what_its_last_step_emits() =>
        Check(Path.Combine("src", "organization", "README.md"), "organization", GeneratedTables.OrganizationMetrics());

    [Fact]
    public void The_table_of_permissions_is_what_the_function_calls() => Check(OfAws, "permissions", GeneratedTables.Permissions());

    /// <summary>Compares what stands between the marks of a generated part.</summary>
    private static void Check(string file, string mark, string expected)
    {
        var path = Path.Combine(Pages.Top, file);
        var text = File.ReadAllText(path);
        var part = Parts().Matches(text).SingleOrDefault(match => match.Groups["mark"].Value == mark);
        part.ShouldNotBeNull($"{file} has no part <!-- {mark} --> … <!-- /{mark} -->");
        if (Environment.GetEnvironmentVariable("UPDATE_README") == "1")
        {
            var body = part.Groups["body"];
            File.WriteAllText(path, $"{text[..body.Index]}{expected.Trim()}\n{text[(body.Index + body.Length)..]}");
            return;
        }

        string.Equals(part.Groups["body"].Value.Trim(), expected.Trim(), StringComparison.Ordinal)
            .ShouldBeTrue(
                $"the part '{mark}' of {file} is not what the code says: run UPDATE_README=1 dotnet test tests/OriginWatch.Tests --filter GeneratedPartsTests"
            );
    }

    [GeneratedRegex(
        "<!-- (?<mark>[a-z]+) -->\n(?<body>.*?)<!-- /\\k<mark> -->",
        RegexOptions.Singleline | RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 60_000
    )]
    private static partial Regex Parts();
}
