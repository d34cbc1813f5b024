using OriginWatch.Audit;
using OriginWatch.Rules;

namespace OriginWatch.Reporting;

/// <summary>The whole report in one sentence: the first line of whatever people read.</summary>
public static class VerdictSentence
{
    public static string Of(ReportOutline outline)
    {
        ArgumentNullException.ThrowIfNull(outline);
        var sentence = outline.Report.Totals.Origins == 0 ? "The listing holds no origins." : $"{Body(outline)}.";
        return outline.Report.Run.Complete ? sentence : $"Incomplete run. {sentence}";
    }

    /// <summary>The worst that the sentence says; null where it says nothing bad.</summary>
    public static Severity? SeverityOf(ReportOutline outline)
    {
        ArgumentNullException.ThrowIfNull(outline);
        var worst = new[] { ReportSection.FailsNow, ReportSection.WillFail, ReportSection.ClearText, ReportSection.Policy }
            .SelectMany(section => outline[section]).Select(cause => (Severity?)cause.Severity).Max();
        return worst ?? (outline.Report.Run.Complete && outline[ReportSection.NotJudged].Count == 0 ? null : Severity.Medium);
    }

    private static string Body(ReportOutline outline)
    {
        var rest = Rest(outline).ToList();
        var failing = outline.OriginsIn(ReportSection.FailsNow);
        if (failing > 0)
        {
            return Phrases.Enumerate([$"{Phrases.Number(failing)} of {Phrases.Count(outline.Report.Totals.Origins, "origin")} {(failing == 1 ? "fails" : "fail")} for viewers now", .. rest]);
        }

        return rest.Count > 0 ? $"No origin is known to fail now; {Phrases.Enumerate(rest)}" : Quiet(outline);
    }

    private static IEnumerable<string> Rest(ReportOutline outline)
    {
        if (outline[ReportSection.WillFail] is [var first, ..])
        {
            var count = outline.OriginsIn(ReportSection.WillFail);
            yield return $"{Phrases.Number(count)} will{(first.FailsAt is { } date ? $"{(count == 1 ? " on" : " from")} {Phrases.Date(date)}{(count == 1 ? "" : " on")}" : "")}";
        }

        if (outline.OriginsIn(ReportSection.ClearText) is > 0 and var clear)
        {
            yield return $"{Phrases.Number(clear)} {Are(clear)} reached in clear text";
        }

        if (outline.OriginsIn(ReportSection.NotJudged) is > 0 and var unknown)
        {
            yield return $"{Phrases.Number(unknown)} could not be judged";
        }
    }

    private static string Quiet(ReportOutline outline)
    {
        var totals = outline.Report.Totals;
        var accepted = totals.ByVerdict.GetValueOrDefault(OriginVerdict.Accepts);
        var policy = outline.OriginsIn(ReportSection.Policy);
        var lesser = policy > 0 ? $"; {Phrases.Number(policy)} {(policy == 1 ? "has" : "have")} something worth changing" : "";
        var probed = totals.Origins - totals.ByVerdict.GetValueOrDefault(OriginVerdict.NotProbed);
        return accepted == 0
            ? $"Nothing was judged: none of {Phrases.Count(totals.Origins, "origin")} answered a TLS handshake of CloudFront's{lesser}"
            : $"CloudFront accepts {(accepted == probed ? probed == 1 ? "the one" : $"all {Phrases.Number(probed)}" : $"{Phrases.Number(accepted)} of {Phrases.Number(probed)}")} probed {(probed == 1 ? "origin" : "origins")}, and no certificate is about to expire{lesser}";
    }

    private static string Are(int count) => count == 1 ? "is" : "are";
}
