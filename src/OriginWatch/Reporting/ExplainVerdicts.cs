using OriginWatch.Audit;
using OriginWatch.Rules;
using OriginWatch.Text;

namespace OriginWatch.Reporting;

/// <summary>Every rule's verdict with its reason, and what to do about those that fail.</summary>
internal static class ExplainVerdicts
{
    private const int Column = 24;

    public static void Add(TextFlow flow, OriginReport origin)
    {
        flow.Blank();
        flow.Add(0, 0, new StyledSpan("Every rule's verdict", TextStyle.Heading));
        foreach (var judgement in origin.Judgements)
        {
            AddVerdict(flow, judgement, origin.Observation.Targets.Count > 1);
        }

        foreach (var (rule, fail) in origin.Judgements.Where(judgement => judgement.Verdict is Verdict.Fail).Select(judgement => (judgement.Rule, (Verdict.Fail)judgement.Verdict)).DistinctBy(pair => (pair.Rule.Id, pair.Item2.Remediation)))
        {
            AddRemedy(flow, rule, fail.Remediation ?? rule.Remediation);
        }
    }

    private static void AddVerdict(TextFlow flow, Judgement judgement, bool named)
    {
        var (mark, word, style, reason) = judgement.Verdict switch
        {
            Verdict.Pass pass => ("✓", "passes", TextStyle.Good, pass.Remark ?? judgement.Rule.Title),
            Verdict.Fail fail => ("✗", WireNames.Of(fail.Severity ?? judgement.Rule.Severity), TextReport.StyleOf(fail.Severity ?? judgement.Rule.Severity), fail.Detail),
            Verdict.Undetermined undetermined => ("?", "unknown", TextStyle.High, undetermined.Reason),
            Verdict.NotApplicable not => ("–", "not asked", TextStyle.Muted, not.Reason),
            _ => throw new System.Diagnostics.UnreachableException(),
        };
        var padding = new string(TextFlow.NoBreakSpace, Math.Max(1, Column - 9 - word.Length));
        var name = named && judgement.Target is { } target ? $"{Escape.Text(target.Name.Target.ServerName)}: " : "";
        flow.Add(0, Column, new($"{mark} {judgement.Rule.Id} ".Replace(' ', TextFlow.NoBreakSpace), style), new(word.Replace(' ', TextFlow.NoBreakSpace), style), new(padding), new(name, TextStyle.Strong), new(Escape.Text(reason)));
    }

    /// <summary>Commands are written whole, whatever the width: a broken line cannot be run.</summary>
    private static void AddRemedy(TextFlow flow, RuleMetadata rule, string remediation)
    {
        var lines = remediation.Split('\n');
        flow.Blank();
        flow.Add(0, 2, new($"{rule.Id}: ", TextStyle.Strong), new(Escape.Text(lines[0])));
        foreach (var line in lines.Skip(1).Where(line => line.Trim().Length > 0))
        {
            flow.AddWhole(2, new StyledSpan(Escape.Text(line.Trim())));
        }
    }
}
