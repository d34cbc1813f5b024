using OriginWatch.Audit;
using OriginWatch.Rules;
using OriginWatch.Text;

namespace OriginWatch.Reporting;

/// <summary>A row for each origin that fails now, with the worst that is known of it. Cells that do not fit are cut: the details below have
/// them in full.</summary>
internal static class TextTable
{
    private const int MostRows = 30;
    private const int Gap = 2;
    private const int LeastForSite = 80;
    private const int LeastCell = 8;
    private const int LeastFinding = 24;
    private static readonly string[] Heads = ["SEVERITY", "SITE", "ORIGIN", "FINDING", "RULE"];

    public static void Add(TextFlow flow, ReportOutline outline, ReportOptions options)
    {
        var rows = Rows(outline).ToList();
        if (rows.Count < 2)
        {
            return;
        }

        var listed = rows.Take(options.Verbose ? int.MaxValue : MostRows).ToList();
        var widths = Widths([Heads, .. listed.Select(row => row.Cells)], options.Width);
        flow.Blank();
        flow.AddWhole(0, new(Line(Heads, widths), TextStyle.Heading));
        foreach (var (severity, cells) in listed)
        {
            var line = Line(cells, widths);
            flow.AddWhole([new(line[..widths[0]], TextReport.StyleOf(severity)), new(line[widths[0]..])]);
        }

        if (rows.Count > listed.Count)
        {
            flow.Add(0, 0, new StyledSpan($"and {Phrases.Count(rows.Count - listed.Count, "more failing origin")}", TextStyle.Muted));
        }
    }

    private static IEnumerable<(Severity Severity, string[] Cells)> Rows(ReportOutline outline) =>
        outline[ReportSection.FailsNow]
            .SelectMany(cause => cause.Findings.Select(finding => (Cause: cause, Finding: finding)))
            .DistinctBy(row => (row.Finding.DistributionId, row.Finding.OriginId))
            .Select(row => (row.Finding.Severity, Cells(row.Cause, row.Finding, outline)));

    private static string[] Cells(Cause cause, Finding finding, ReportOutline outline) =>
        [
            Phrases.Label(finding.Severity),
            Escape.Text(Headline.Site(finding)),
            Escape.Text(Headline.Domain(finding)),
            Headline.Fault(cause, outline.Report.Run.JudgedAt) + (outline.Options.IsNew(finding) == true ? " (new)" : ""),
            cause.Rule.Id,
        ];

    /// <summary>Zero hides a column. Names are cut last.</summary>
    private static int[] Widths(IReadOnlyList<string[]> rows, int width)
    {
        var natural = Enumerable.Range(0, Heads.Length).Select(column => rows.Max(row => TextFlow.WidthOf(row[column]))).ToArray();
        if (width < LeastForSite)
        {
            natural[1] = 0;
        }

        var gaps = Gap * (natural.Count(columns => columns > 0) - 1);
        var room = width - natural[0] - natural[4] - gaps;
        if (natural[1] + natural[2] + natural[3] <= room)
        {
            return natural;
        }

        natural[3] = Math.Min(natural[3], Math.Max(Math.Min(LeastFinding, room / 2), room - natural[1] - natural[2]));
        var names = Math.Max(LeastCell, room - natural[3]);
        var site = natural[1] == 0 ? 0 : Math.Min(natural[1], Math.Max(names / 2, names - natural[2]));
        return [natural[0], site, Math.Min(natural[2], Math.Max(LeastCell, names - site)), natural[3], natural[4]];
    }

    private static string Line(string[] cells, int[] widths) =>
        string.Join(new string(' ', Gap), cells.Zip(widths).Where(cell => cell.Second > 0).Select(cell => Fit(cell.First, cell.Second)))
            .TrimEnd();

    private static string Fit(string text, int width) =>
        TextFlow.WidthOf(text) <= width
            ? text + new string(' ', width - TextFlow.WidthOf(text))
            : Fit(TextFlow.Head(text, width - 1).TrimEnd() + "…", width);
}
