using System.Runtime.CompilerServices;
using OriginWatch.Rules;

namespace OriginWatch.Tests;

public class ReadmeTests
{
    private static readonly string Top = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(Here())!, "..", ".."));

    [Fact]
    public void The_table_of_rules_is_the_catalogue()
        => Between("rules").ShouldBe(RuleTable.Render(new RuleCatalog(new()).Rules.Select(rule => rule.Metadata)).Trim());

    [Fact]
    public void Nothing_but_the_five_stands_at_the_top_level()
        => new DirectoryInfo(Top).EnumerateFileSystemInfos().Select(entry => entry.Name)
            .Where(name => !name.StartsWith('.') && name is not ("LICENSE" or "originwatch-demo"))
            .ShouldBeSubsetOf(["README.md", "samconfig.toml", "src", "template.yaml", "tests"]);

    /// <summary>What stands between the marks of a generated part.</summary>
    private static string Between(string mark)
    {
        var readme = File.ReadAllText(Path.Combine(Top, "README.md"));
        var (begin, end) = ($"<!-- {mark} -->", $"<!-- /{mark} -->");
        readme.ShouldContain(begin);
        readme.ShouldContain(end);
        var from = readme.IndexOf(begin, StringComparison.Ordinal) + begin.Length;
        return readme[from..readme.IndexOf(end, StringComparison.Ordinal)].Trim();
    }

    private static string Here([CallerFilePath] string path = "") => path;
}
