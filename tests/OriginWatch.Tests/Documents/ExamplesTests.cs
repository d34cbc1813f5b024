using System.Text;
using OriginWatch.Cli;
using OriginWatch.History;
using OriginWatch.History.Routing;

namespace OriginWatch.Tests.Documents;

/// <summary>What the Markdown files tell a reader to type or to write.</summary>
public class ExamplesTests
{
    private static readonly string[] Prefixes = ["dotnet run --project src/OriginWatch.Cli -- ", "originwatch "];

    public static TheoryData<string> Commands =>
        [
            .. Pages
                .All.SelectMany(file => Pages.Code(file, "sh"))
                .SelectMany(block => block.Split('\n'))
                .SelectMany(Arguments)
                .Distinct(StringComparer.Ordinal),
        ];

    [Theory]
    [MemberData(nameof(Commands))]
    public void Every_command_is_one_that_the_program_takes(string command) => CommandLine.Create().Parse(command).Errors.ShouldBeEmpty();

    [Fact]
    public void The_example_of_suppressions_is_one_that_is_understood()
    {
        var yaml = Pages
            .Code("src/OriginWatch.Cli/README.md", "yaml")
            .Single(block => block.StartsWith("suppressions:", StringComparison.Ordinal));
        var list = SuppressionFile.Parse(Encoding.UTF8.GetBytes(yaml));
        list.Problem.ShouldBeNull();
        list.Entries.ShouldHaveSingleItem().Rule.ShouldBe("OW101");
    }

    [Fact]
    public void The_example_of_routes_is_one_that_is_understood()
    {
        var table = RouteFile.Parse(
            Encoding.UTF8.GetBytes(
                Pages.Code("src/OriginWatch.Aws/README.md", "yaml").Single(block => block.StartsWith("routes:", StringComparison.Ordinal))
            )
        );
        table.Problem.ShouldBeNull();
        table.Routes.Count.ShouldBe(3);
    }

    [Fact]
    public void Nothing_but_the_five_stands_at_the_top_level() =>
        new DirectoryInfo(Pages.Top)
            .EnumerateFileSystemInfos()
            .Select(entry => entry.Name)
            .Where(name => !name.StartsWith('.') && name is not ("LICENSE" or "originwatch-demo"))
            .ShouldBeSubsetOf(["README.md", "samconfig.toml", "src", "template.yaml", "tests"]);

    private static IEnumerable<string> Arguments(string line) =>
        Prefixes
            .Where(prefix => line.StartsWith(prefix, StringComparison.Ordinal))
            .Select(prefix => line[prefix.Length..].Split(" #")[0].Trim());
}
