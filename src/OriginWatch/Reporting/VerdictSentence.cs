using OriginWatch.Audit;
using OriginWatch.Rules;

namespace OriginWatch.Reporting;

/// <summary>The whole report in one sentence: the first line of whatever people read. It counts everything, whatever is listed below
/// it.</summary>
public static class VerdictSentence
{
    private static readonly ReportSection[] Bad =
    [
        ReportSection.FailsNow,
        ReportSection.WillFail,
        ReportSection.ClearText,
        ReportSection.Policy,
    ];

    public static string Of(ReportOutline outline)
    {
        ArgumentNullException.ThrowIfNull(outline);
        var sentence = outline.Report.Totals.Origins == 0 ? Empty(outline) : $"{Body(outline)}.";
        return outline.Report.Run.Complete ? sentence : $"Incomplete run. {sentence}";
    }

    /// <summary>The worst that the sentence says; null where it says nothing bad.</summary>
    public static Severity? SeverityOf(ReportOutline outline)
    {
        ArgumentNullException.ThrowIfNull(outline);
        var worst = Bad.SelectMany(outline.Everything).Select(cause => (Severity?)cause.Severity).Max();
        var isClean = outline.Report.Run.Complete && outline.Report.Totals.Origins > 0 && outline.OriginsIn(ReportSection.NotJudged) == 0;
        return worst ?? (isClean ? null : Severity.Medium);
    }

    /// <summary>Nothing to judge is no good news: it is the wrong account or the wrong file more often than an account without
    /// CloudFront.</summary>
    private static string Empty(ReportOutline outline)
    {
        var account = outline.Report.Run.AccountId is { } id ? $"account {id}" : null;
        return "Warning: no distributions with origins "
            + $"found{((outline.Options.InventoryName ?? account) is { } name ? $" in {name}" : "")}.";
    }

    private static string Body(ReportOutline outline)
    {
        var totals = outline.Report.Totals;
        var reached = totals.Origins - totals.OriginsNotReached;
        if (reached == 0)
        {
            return $"None of {Phrases.Count(totals.Origins, "origin")} was probed{Also(outline)}";
        }

        var whole = Phrases.Count(reached, totals.OriginsNotReached > 0 ? "probed origin" : "origin");
        var failing = outline.OriginsIn(ReportSection.FailsNow);
        if (failing > 0)
        {
            return Phrases.Enumerate([
                $"{Phrases.Number(failing)} of {whole} {(failing == 1 ? "fails" : "fail")} for viewers "
                    + $"now{New(outline, ReportSection.FailsNow)}",
                .. Rest(outline),
                .. NotJudged(outline),
            ]);
        }

        var undetermined = totals.ByVerdict.GetValueOrDefault(OriginVerdict.Undetermined) - totals.OriginsNotReached;
        var probed = reached - totals.ByVerdict.GetValueOrDefault(OriginVerdict.NotProbed);
        if (undetermined > 0 && undetermined == probed)
        {
            return $"None of {Phrases.Count(probed, "origin")} could be evaluated{Also(outline)}";
        }

        List<string> rest = [.. Rest(outline), .. NotJudged(outline)];
        return rest.Count > 0 ? $"No origin is known to fail now; {Phrases.Enumerate(rest)}" : Quiet(outline, probed);
    }

    private static string Also(ReportOutline outline) =>
        Rest(outline).ToList() is { Count: > 0 } rest ? $"; {Phrases.Enumerate(rest)}" : "";

    private static IEnumerable<string> Rest(ReportOutline outline)
    {
        if (outline.Everything(ReportSection.WillFail).FirstOrDefault() is { } first)
        {
            var count = outline.OriginsIn(ReportSection.WillFail);
            var date = first.FailsAt is { } day ? $"{(count == 1 ? " on" : " from")} {Phrases.Date(day)}{(count == 1 ? "" : " on")}" : "";
            yield return $"{Phrases.Number(count)} will{date}{New(outline, ReportSection.WillFail)}";
        }

        if (outline.OriginsIn(ReportSection.ClearText) is > 0 and var clear)
        {
            yield return $"{Phrases.Number(clear)} {(clear == 1 ? "is" : "are")} fetched over HTTP{New(outline, ReportSection.ClearText)}";
        }

        if (Count(outline.Everything(ReportSection.Policy).Where(cause => cause.Severity >= Severity.High)) is > 0 and var high)
        {
            yield return $"{Phrases.Number(high)} {(high == 1 ? "has" : "have")} another high finding";
        }
    }

    private static IEnumerable<string> NotJudged(ReportOutline outline)
    {
        if (outline.OriginsIn(ReportSection.NotJudged) is > 0 and var unknown)
        {
            yield return $"{Phrases.Number(unknown)} could not be evaluated";
        }
    }

    private static int Count(IEnumerable<Cause> causes) =>
        causes.SelectMany(cause => cause.Origins).Distinct(StringComparer.Ordinal).Count();

    /// <summary>How many of them the baseline did not have; nothing where there is none.</summary>
    private static string New(ReportOutline outline, ReportSection section) =>
        (outline.NewOriginsIn(section), outline.OriginsIn(section)) switch
        {
            (null, _) => "",
            (0, 1) => " (not new)",
            (0, _) => " (none new)",
            (1, 1) => " (new)",
            var (fresh, all) when fresh == all => " (all new)",
            var (fresh, _) => $" ({Phrases.Number(fresh.Value)} new)",
        };

    private static string Quiet(ReportOutline outline, int probed)
    {
        var totals = outline.Report.Totals;
        var accepted = totals.ByVerdict.GetValueOrDefault(OriginVerdict.Accepts);
        var policy = outline.OriginsIn(ReportSection.Policy);
        var lesser = policy > 0 ? $"; {Phrases.Number(policy)} {(policy == 1 ? "has" : "have")} something worth changing" : "";
        return accepted == 0
            ? $"Nothing was evaluated: none of {Phrases.Count(totals.Origins, "origin")} answered a TLS handshake of CloudFront's{lesser}"
            : $"CloudFront accepts {(accepted == probed ? probed == 1 ? "the one" : $"all {Phrases.Number(probed)}" : $"{Phrases.Number(accepted)} of {Phrases.Number(probed)}")} probed {(probed == 1 ? "origin" : "origins")}, and no certificate is about to expire{lesser}";
    }
}
