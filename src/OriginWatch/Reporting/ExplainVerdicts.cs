using OriginWatch.Audit;
using OriginWatch.Rules;
using OriginWatch.Text;

namespace OriginWatch.Reporting;

/// <summary>What the rules say: first what fails, with its fix, then what nobody could tell; the rest is a count, or in a verbose report a
/// list.</summary>
internal static class ExplainVerdicts
{
    private const int Column = 24;
    private const int LabelWidth = 10;

    public static void AddProblems(TextFlow flow, OriginReport origin, ReportOptions options)
    {
        var failing = Asked(origin, options).Where(judgement => judgement.Verdict is Verdict.Fail).OrderByDescending(SeverityOf);
        foreach (var judgement in failing)
        {
            var fail = (Verdict.Fail)judgement.Verdict;
            AddProblem(
                flow,
                judgement,
                Phrases.Label(SeverityOf(judgement)),
                TextReport.StyleOf(SeverityOf(judgement)),
                fail.Detail,
                Named(origin, judgement)
            );
            AddRemedy(flow, "Fix: ", fail.Remediation ?? judgement.Rule.Remediation, options);
        }

        foreach (
            var judgement in Asked(origin, options).Where(judgement => judgement.Verdict is Verdict.Undetermined { IsConsequence: false })
        )
        {
            var undetermined = (Verdict.Undetermined)judgement.Verdict;
            AddProblem(flow, judgement, "UNKNOWN", TextStyle.High, undetermined.Reason, Named(origin, judgement));
            if (undetermined.Remediation is { } remedy)
            {
                AddRemedy(flow, "To evaluate it: ", remedy, options);
            }
        }
    }

    public static void AddOthers(TextFlow flow, OriginReport origin, ReportOptions options)
    {
        var others = Asked(origin, options)
            .Where(judgement => judgement.Verdict is not (Verdict.Fail or Verdict.Undetermined { IsConsequence: false }))
            .ToList();
        flow.Blank();
        if (!options.Verbose)
        {
            flow.Add(
                0,
                0,
                new StyledSpan(
                    $"{Count(others, judgement => judgement.Verdict is Verdict.Pass)} passed, "
                        + $"{Count(others, judgement => judgement.Verdict is not Verdict.Pass)} not applicable or not "
                        + "tested; --verbose lists them",
                    TextStyle.Muted
                )
            );
            return;
        }

        flow.Add(0, 0, new StyledSpan("Other rules", TextStyle.Heading));
        foreach (var judgement in others)
        {
            AddVerdict(flow, judgement, Named(origin, judgement));
        }
    }

    private static IEnumerable<Judgement> Asked(OriginReport origin, ReportOptions options) =>
        origin.Judgements.Where(judgement => !(options.IsHostAlone && ExplainReport.IsAboutDistribution(judgement.Rule)));

    private static Severity SeverityOf(Judgement judgement) => (judgement.Verdict as Verdict.Fail)?.Severity ?? judgement.Rule.Severity;

    private static string Count(List<Judgement> judgements, Func<Judgement, bool> which) =>
        Phrases.Count(judgements.Where(which).DistinctBy(judgement => judgement.Rule.Id, StringComparer.Ordinal).Count(), "rule");

    private static string Named(OriginReport origin, Judgement judgement) =>
        origin.Observation.Targets.Count > 1 && judgement.Target is { } target ? $"{Escape.Text(target.Name.Target.ServerName)}: " : "";

    private static void AddProblem(TextFlow flow, Judgement judgement, string label, TextStyle style, string reason, string name)
    {
        flow.Blank();
        flow.Add(
            0,
            LabelWidth,
            new(label, style),
            new(new string(TextFlow.NoBreakSpace, Math.Max(1, LabelWidth - label.Length))),
            new(name, TextStyle.Strong),
            new($"{Escape.Text(reason)} "),
            new($"[{judgement.Rule.Id}]", TextStyle.Muted)
        );
    }

    /// <summary>Commands are written whole, whatever the width: a broken line cannot be run. A host alone has no distribution to
    /// change.</summary>
    private static void AddRemedy(TextFlow flow, string label, string remediation, ReportOptions options)
    {
        var lines = options.Typed(remediation).Split('\n');
        flow.Add(LabelWidth, 2, new(label, TextStyle.Strong), new(Escape.Text(lines[0])));
        foreach (var line in lines.Skip(1).Where(line => line.Trim().Length > 0 && !options.IsHostAlone))
        {
            flow.AddWhole(LabelWidth, new StyledSpan(Escape.Text(line.Trim())));
        }
    }

    private static void AddVerdict(TextFlow flow, Judgement judgement, string name)
    {
        var (mark, word, style, reason) = judgement.Verdict switch
        {
            Verdict.Pass pass => ("✓", "passes", TextStyle.Good, pass.Remark ?? judgement.Rule.Title),
            Verdict.NotApplicable not => ("–", "n/a", TextStyle.Muted, not.Reason),
            Verdict.Undetermined undetermined => ("–", "not tested", TextStyle.Muted, undetermined.Reason),
            _ => throw new System.Diagnostics.UnreachableException(),
        };
        var padding = new string(TextFlow.NoBreakSpace, Math.Max(1, Column - 9 - word.Length));
        flow.Add(
            0,
            Column,
            new($"{mark} {judgement.Rule.Id} ".Replace(' ', TextFlow.NoBreakSpace), style),
            new(word.Replace(' ', TextFlow.NoBreakSpace), style),
            new(padding),
            new(name, TextStyle.Strong),
            new(Escape.Text(reason))
        );
    }
}
