using System.Text;
using OriginWatch.Audit;
using OriginWatch.Text;

namespace OriginWatch.Reporting;

/// <summary>The report for a pull request or a step summary. It stays under the 65,536 characters that a comment may have.</summary>
public static class MarkdownReport
{
    private const int Rows = 25;
    private const int ListedRemedies = 3;
    private const int CellLength = 240;

    public static string Render(AuditReport report, ReportOptions? options = null)
    {
        options ??= ReportOptions.Default;
        var outline = ReportOutline.Of(report, options);
        var markdown = new StringBuilder().Append("## OriginWatch\n\n**").Append(Cell(VerdictSentence.Of(outline))).Append("**\n");
        if (report.Run.IncompleteBecause is { } reason)
        {
            markdown.Append("\n> ").Append(Cell(reason)).Append('\n');
        }

        AddFirstSteps(markdown, outline);
        foreach (var section in Enum.GetValues<ReportSection>().Where(section => section != ReportSection.WorthKnowing || options.Verbose))
        {
            AddSection(markdown, outline, section, options);
        }

        AddFacts(markdown, outline, options);
        return markdown.ToString();
    }

    private static void AddFirstSteps(StringBuilder markdown, ReportOutline outline)
    {
        if (outline.FirstSteps.Count == 0)
        {
            return;
        }

        markdown.Append("\n### Do first\n\n");
        foreach (var (i, cause) in outline.FirstSteps.Index())
        {
            markdown
                .Append(i + 1)
                .Append(". **")
                .Append(Cell(Headline.Place(cause)))
                .Append("**: ")
                .Append(Cell(Headline.Fault(cause, outline.Report.Run.JudgedAt)))
                .Append(cause.Origins.Count > 1 ? $" ({Phrases.Count(cause.Origins.Count, "origin")})" : "")
                .Append(". ")
                .Append(Cell(Phrases.FirstSentence(Phrases.Remedy(cause))))
                .Append('\n');
        }
    }

    private static void AddSection(StringBuilder markdown, ReportOutline outline, ReportSection section, ReportOptions options)
    {
        var causes = outline[section];
        if (causes.Count == 0)
        {
            return;
        }

        markdown
            .Append("\n### ")
            .Append(Phrases.Heading(section))
            .Append(": ")
            .Append(Phrases.Count(outline.ListedOriginsIn(section), "origin"));
        markdown.Append("\n\n| severity | where | what | fix | reach | rule |\n|---|---|---|---|---|---|\n");
        foreach (var cause in causes.Take(Rows))
        {
            var isNew = cause.Findings.Any(finding => options.IsNew(finding) == true) ? " (new)" : "";
            var fix = section == ReportSection.Suppressed ? $"accepted: {options.SuppressedBecause(cause.Findings[0])}" : Fix(cause);
            string[] cells =
            [
                Severity(cause) + isNew,
                Cell(Phrases.Place(cause)),
                Cell(Phrases.What(cause)),
                Cell(fix),
                Cell(Phrases.ReachWithNames(cause)),
                $"[{cause.Rule.Id}]({cause.Rule.Reference.AbsoluteUri})",
            ];
            markdown.Append("| ").AppendJoin(" | ", cells).Append(" |\n");
        }

        if (causes.Count > Rows)
        {
            markdown.Append("\nand ").Append(Phrases.Count(causes.Count - Rows, "more cause")).Append('\n');
        }
    }

    private static void AddFacts(StringBuilder markdown, ReportOutline outline, ReportOptions options)
    {
        markdown.Append("\n<details><summary>This run</summary>\n\n");
        foreach (var (name, facts) in ReportFacts.Of(outline, options))
        {
            foreach (var fact in facts.Take(Rows))
            {
                markdown.Append("- ").Append(name).Append(": ").Append(Cell(fact)).Append('\n');
            }
        }

        markdown.Append("\n</details>\n");
    }

    private static string Fix(Cause cause) =>
        cause.Remedies is [var only]
            ? only.Text
            : string.Join(" ", cause.Remedies.Take(ListedRemedies).Select(Phrases.WithOrigins))
                + (cause.Remedies.Count > ListedRemedies ? $" {Phrases.Number(cause.Remedies.Count - ListedRemedies)} more." : "");

    private static string Severity(Cause cause) =>
        cause.Section == ReportSection.NotJudged ? "unknown" : $"**{WireNames.Of(cause.Severity)}**";

    private static string Cell(string text) => Escape.Markdown(Escape.Text(text, CellLength));
}
