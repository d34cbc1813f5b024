using Markdig;
using Markdig.Extensions.AutoIdentifiers;
using Markdig.Extensions.Tables;
using Markdig.Renderers.Html;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace OriginWatch.Tests.Documents;

/// <summary>The Markdown files as a reader sees them: rendered.</summary>
public class MarkdownTests
{
    private const int MaxReadmeLines = 200;
    private static readonly MarkdownPipeline Pipeline = new MarkdownPipelineBuilder()
        .UsePipeTables(new() { RequireHeaderSeparator = true })
        .UseAutoIdentifiers(AutoIdentifierOptions.GitHub)
        .Build();

    public static TheoryData<string> Files => [.. Pages.All];

    [Theory]
    [MemberData(nameof(Files))]
    public void Every_row_is_in_a_table(string file)
    {
        var (rows, heads) = Written(Pages.Read(file));
        var tables = Markdown.Parse(Pages.Read(file), Pipeline).Descendants<Table>().ToList();
        tables.Count.ShouldBe(heads, $"{file} has {heads} lines of dashes under a head");
        tables
            .Sum(table => table.Count)
            .ShouldBe(rows, $"{file} has {rows} lines that begin with a bar: a blank line within a table ends it");
        tables.ShouldAllBe(
            table => table.Cast<TableRow>().All(row => row.Count == table.ColumnDefinitions.Count(column => column != null)),
            $"{file}: as many cells in every row"
        );
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void Every_link_within_the_repository_leads_somewhere(string file)
    {
        var document = Markdown.Parse(Pages.Read(file), Pipeline);
        var links = document.Descendants<LinkInline>().Select(link => link.Url!).Where(url => !url.Contains(':', StringComparison.Ordinal));
        links.Where(url => !Exists(file, url)).ShouldBeEmpty(file);
    }

    [Fact]
    public void The_README_is_short() =>
        Pages.Read("README.md").Count(character => character == '\n').ShouldBeLessThanOrEqualTo(MaxReadmeLines);

    [Fact]
    public void A_table_that_a_blank_line_cuts_is_noticed()
    {
        const string Cut = "| a | b |\n|---|---|\n| 1 | 2 |\n\n| 3 | 4 |\n";
        Written(Cut).ShouldBe((3, 1));
        Markdown.Parse(Cut, Pipeline).Descendants<Table>().Sum(table => table.Count).ShouldBe(2);
    }

    /// <summary>Lines that are meant to be rows, and those of dashes under a head.</summary>
    private static (int Rows, int Heads) Written(string text)
    {
        var lines = text.Split("```")
            .Where((_, i) => i % 2 == 0)
            .SelectMany(outside => outside.Split('\n'))
            .Where(line => line.StartsWith('|'))
            .ToList();
        var heads = lines.Count(line => line.All(character => character is '|' or '-' or ':' or ' '));
        return (lines.Count - heads, heads);
    }

    private static bool Exists(string file, string url)
    {
        var (path, anchor) = url.Split('#') switch
        {
            [var only] => (only, ""),
            var parts => (parts[0], parts[1]),
        };
        var target =
            path.Length == 0
                ? file
                : Path.GetRelativePath(Pages.Top, Path.GetFullPath(Path.Combine(Pages.Top, Path.GetDirectoryName(file)!, path)));
        var whole = Path.Combine(Pages.Top, target);
        return (File.Exists(whole) || Directory.Exists(whole))
            && (
                anchor.Length == 0
                || Markdown
                    .Parse(Pages.Read(target), Pipeline)
                    .Descendants<HeadingBlock>()
                    .Any(heading => heading.GetAttributes().Id == anchor)
            );
    }
}
