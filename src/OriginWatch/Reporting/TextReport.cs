using OriginWatch.Audit;
using OriginWatch.Rules;
using OriginWatch.Text;

namespace OriginWatch.Reporting;

/// <summary>The report for a terminal: the verdict, what to do first, every cause with evidence and remedy, totals.</summary>
public static class TextReport
{
    private const int LabelWidth = 10;

    /// <summary>Per heading; more is not read on a terminal.</summary>
    private const int ListedCauses = 20;

    public static IReadOnlyList<StyledLine> Render(AuditReport report, ReportOptions? options = null)
    {
        options ??= ReportOptions.Default;
        var outline = ReportOutline.Of(report, options);
        var flow = new TextFlow(options.Width);
        AddVerdict(flow, outline);
        AddFirstSteps(flow, outline, options);
        TextTable.Add(flow, outline, options);
        foreach (var section in Enum.GetValues<ReportSection>())
        {
            if (section == ReportSection.WorthKnowing && !options.Verbose)
            {
                continue;
            }

            AddSection(flow, outline, section, options);
            if (section == ReportSection.FailsNow)
            {
                TextAccounts.AddGaps(flow, report, options);
            }
        }

        TextAccounts.AddTable(flow, report, options);
        AddFacts(flow, outline, options);
        return flow.Lines;
    }

    internal static TextStyle StyleOf(Severity severity) =>
        severity switch
        {
            Severity.Critical => TextStyle.Critical,
            Severity.High => TextStyle.High,
            Severity.Medium => TextStyle.Medium,
            Severity.Low => TextStyle.Low,
            _ => TextStyle.Muted,
        };

    private static void AddVerdict(TextFlow flow, ReportOutline outline)
    {
        flow.Add(
            0,
            0,
            new StyledSpan(
                VerdictSentence.Of(outline),
                VerdictSentence.SeverityOf(outline) is { } severity ? StyleOf(severity) : TextStyle.Good
            )
        );
        if (outline.Report.Run.IncompleteBecause is { } reason)
        {
            flow.Add(0, 0, new StyledSpan(Escape.Text(reason), TextStyle.High));
        }
    }

    private static void AddFirstSteps(TextFlow flow, ReportOutline outline, ReportOptions options)
    {
        if (outline.FirstSteps.Count == 0)
        {
            return;
        }

        flow.Blank();
        flow.Add(0, 0, new StyledSpan("Do first", TextStyle.Heading));
        foreach (var (i, cause) in outline.FirstSteps.Index())
        {
            var reach =
                cause.Origins.Count > 1 ? $" ({Phrases.Count(cause.Origins.Count, "origin")})".Replace(' ', TextFlow.NoBreakSpace) : "";
            flow.Add(
                2,
                3,
                new($"{i + 1}. "),
                new(Escape.Text(Headline.Place(cause)), TextStyle.Strong),
                new($": {Headline.Fault(cause, outline.Report.Run.JudgedAt)}"),
                new(reach, TextStyle.Muted)
            );
            flow.Add(5, 0, new StyledSpan(Escape.Text(Phrases.FirstSentence(options.Typed(Phrases.Remedy(cause))))));
        }
    }

    private static void AddSection(TextFlow flow, ReportOutline outline, ReportSection section, ReportOptions options)
    {
        var causes = outline[section];
        if (causes.Count == 0)
        {
            return;
        }

        flow.Blank();
        flow.Add(
            0,
            0,
            new(Phrases.Heading(section), TextStyle.Heading),
            new($": {Phrases.Count(causes.Count, "cause")}, {Phrases.Count(outline.ListedOriginsIn(section), "origin")}", TextStyle.Muted)
        );
        foreach (var cause in causes.Take(options.Verbose ? int.MaxValue : ListedCauses))
        {
            flow.Blank();
            AddCause(flow, cause, outline.Report.Run.JudgedAt, options);
        }

        if (causes.Count > ListedCauses && !options.Verbose)
        {
            flow.Blank();
            flow.Add(
                LabelWidth,
                0,
                new StyledSpan(
                    $"and {Phrases.Count(causes.Count - ListedCauses, "more cause")}; the HTML report and --verbose list them all",
                    TextStyle.Muted
                )
            );
        }
    }

    private static void AddCause(TextFlow flow, Cause cause, DateTimeOffset now, ReportOptions options)
    {
        var label =
            cause.Section == ReportSection.NotJudged
                ? new StyledSpan("UNKNOWN", TextStyle.Muted)
                : new StyledSpan(Phrases.Label(cause.Severity), StyleOf(cause.Severity));
        var padding = new StyledSpan(new string(TextFlow.NoBreakSpace, Math.Max(1, LabelWidth - label.Text.Length)));
        var isNew = cause.Findings.Any(finding => options.IsNew(finding) == true) ? " new" : "";
        flow.Add(
            0,
            LabelWidth,
            label,
            padding,
            new(Escape.Text(Phrases.Place(cause)), TextStyle.Strong),
            new($": {Escape.Text(Headline.Fault(cause, now))} "),
            new($"[{cause.Rule.Id}{isNew}]", TextStyle.Muted)
        );
        TextCause.AddBody(flow, cause, now, options, LabelWidth);
    }

    private static void AddFacts(TextFlow flow, ReportOutline outline, ReportOptions options)
    {
        flow.Blank();
        foreach (var (name, facts) in ReportFacts.Of(outline, options))
        {
            foreach (var (i, fact) in facts.Index())
            {
                flow.Add(
                    0,
                    LabelWidth,
                    new(i == 0 ? name : "", TextStyle.Heading),
                    new(new string(TextFlow.NoBreakSpace, LabelWidth - (i == 0 ? name.Length : 0))),
                    new(Escape.Text(fact))
                );
            }
        }
    }
}
