using OriginWatch.Audit;
using OriginWatch.Rules;
using OriginWatch.Text;

namespace OriginWatch.Reporting;

/// <summary>One origin in detail: the verdict, what to fix, the evidence; then who reaches it, and in a verbose report every rule that
/// passes.</summary>
public static class ExplainReport
{
    private const int Column = 16;

    /// <summary>True for rules about a distribution: its configuration, and what CloudFront says of it. They say nothing of a host that is
    /// in none.</summary>
    public static bool IsAboutDistribution(RuleMetadata rule)
    {
        ArgumentNullException.ThrowIfNull(rule);
        return rule.Block == RuleBlock.Configuration || rule.IsAboutEdge;
    }

    public static IReadOnlyList<StyledLine> Render(AuditReport report, ReportOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(report);
        options ??= ReportOptions.Default;
        var lines = new List<StyledLine>();
        foreach (var origin in report.Origins)
        {
            if (lines.Count > 0)
            {
                lines.Add(StyledLine.Empty);
            }

            lines.AddRange(Render(origin, options));
        }

        return report.Run.IncompleteBecause is { } reason
            ? [.. lines, StyledLine.Empty, new([new(Escape.Text(reason), TextStyle.High)])]
            : lines;
    }

    public static IReadOnlyList<StyledLine> Render(OriginReport origin, ReportOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(origin);
        options ??= ReportOptions.Default;
        var flow = new TextFlow(options.Width);
        AddHead(flow, origin, options);
        ExplainVerdicts.AddProblems(flow, origin, options);
        foreach (var target in origin.Observation.Targets)
        {
            ExplainTarget.Add(flow, target, origin.Observation.Now);
        }

        foreach (var http in origin.Observation.Http)
        {
            ExplainTarget.Add(flow, http);
        }

        AddEdge(flow, origin);
        if (!options.IsHostAlone)
        {
            ExplainConfiguration.Add(flow, origin.Planned);
        }

        ExplainVerdicts.AddOthers(flow, origin, options);
        return flow.Lines;
    }

    internal static void AddField(TextFlow flow, string name, string text, int indent = 0, TextStyle style = TextStyle.Plain) =>
        flow.Add(
            indent,
            Column - indent,
            new(name, TextStyle.Muted),
            new(new string(TextFlow.NoBreakSpace, Math.Max(1, Column - indent - name.Length))),
            new(Escape.Text(text), style)
        );

    private static void AddHead(TextFlow flow, OriginReport origin, ReportOptions options)
    {
        var (words, style) = Verdict(origin, options);
        var place = options.IsHostAlone
            ? origin.Planned.Origin.DomainName
            : Phrases.Named(origin.Planned.Distribution.Aliases, OriginKey.Of(origin.Planned));
        flow.Add(0, 0, new(Escape.Text(place), TextStyle.Heading), new($": {words}", style));
        if (origin.Planned.NotProbedBecause is { } reason)
        {
            AddField(flow, "Not probed", reason);
        }
    }

    private static void AddEdge(TextFlow flow, OriginReport origin)
    {
        var answers = EdgeStory.Of(origin);
        if (answers.Count > 0)
        {
            flow.Blank();
        }

        foreach (var (i, answer) in answers.Index())
        {
            AddField(flow, i == 0 ? "CloudFront" : "", answer);
        }

        if (origin.Observation.Traffic is { } traffic)
        {
            flow.Blank();
            AddField(flow, "Last 24 h", $"{traffic.Sentence}.");
        }
    }

    /// <summary>"Accepts" never stands above a High finding about the same origin.</summary>
    private static (string Words, TextStyle Style) Verdict(OriginReport origin, ReportOptions options)
    {
        var high = origin.Judgements.Any(judgement =>
            judgement.Verdict is Verdict.Fail fail
            && (fail.Severity ?? judgement.Rule.Severity) >= Severity.High
            && !(options.IsHostAlone && IsAboutDistribution(judgement.Rule))
        );
        return origin.Verdict switch
        {
            OriginVerdict.Accepts when high => (
                "CloudFront completes a handshake with this origin, but not every request gets through",
                TextStyle.High
            ),
            OriginVerdict.Accepts => ("CloudFront accepts this origin", TextStyle.Good),
            OriginVerdict.Rejects => ("CloudFront rejects this origin: its viewers get an error", TextStyle.Critical),
            OriginVerdict.Undetermined => ("this origin could not be evaluated from here", TextStyle.High),
            _ when origin.Observation.Http.Count > 0 => (
                "CloudFront fetches from this origin over HTTP (unencrypted); its HTTP port accepts connections",
                TextStyle.High
            ),
            _ => ("this origin is not probed", TextStyle.Muted),
        };
    }
}
