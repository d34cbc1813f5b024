using System.Globalization;
using OriginWatch.Audit;
using OriginWatch.Edge;
using OriginWatch.Rules;

namespace OriginWatch.Reporting;

/// <summary>Totals and the facts of the run, in clauses.</summary>
internal static class ReportFacts
{
    /// <summary>Names with their facts; what comes from outside is not escaped yet.</summary>
    public static IEnumerable<(string Name, IReadOnlyList<string> Facts)> Of(ReportOutline outline, ReportOptions options)
    {
        var report = outline.Report;
        yield return ("Origins", [.. Origins(outline)]);
        if (report.Run.Edge != EdgeMode.Off)
        {
            yield return ("Edge", [Edge(report)]);
        }

        yield return ("Findings", [.. Findings(outline, options)]);
        yield return ("Run", [.. Run(report.Run)]);
        if (report.Run.Remarks.Count > 0)
        {
            yield return ("Remarks", report.Run.Remarks);
        }
    }

    private static IEnumerable<string> Origins(ReportOutline outline)
    {
        var totals = outline.Report.Totals;
        int By(OriginVerdict verdict) => totals.ByVerdict.GetValueOrDefault(verdict);
        var undetermined = By(OriginVerdict.Undetermined) - totals.OriginsNotReached;
        var missed = totals.OriginsNotReached > 0 ? $", {Phrases.Number(totals.OriginsNotReached)} not reached" : "";
        yield return $"{Phrases.Count(totals.Origins, "origin")} in {Phrases.Count(totals.Distributions, "distribution")}, "
            + $"{Probed(totals)} probed: {Phrases.Number(By(OriginVerdict.Accepts))} accepted, "
            + $"{Phrases.Number(By(OriginVerdict.Rejects))} rejected, {Phrases.Number(undetermined)} undetermined, "
            + $"{Phrases.Number(By(OriginVerdict.NotProbed))} not probed{missed}";
        var failing = outline.Everything(ReportSection.FailsNow).SelectMany(cause => cause.Origins).ToHashSet(StringComparer.Ordinal);
        if (
            outline.Report.Origins.Count(origin =>
                origin.Verdict == OriginVerdict.Rejects && !failing.Contains(OriginKey.Of(origin.Planned))
            )
            is > 0
                and var unnoticed
        )
        {
            yield return $"{Are(unnoticed)} rejected without failing for viewers now: "
                + $"no request reaches {(unnoticed == 1 ? "it" : "them")}, the distribution is disabled or staging, "
                + "or the finding is suppressed";
        }
    }

    private static string Edge(AuditReport report)
    {
        var planned = report.Origins.Count(origin => origin.Observation.Edge is { Sightings.Count: > 0 });
        var late = planned - report.Totals.AskedAtEdge;
        return $"CloudFront was asked about {Phrases.Count(report.Totals.AskedAtEdge, "origin")}{(late > 0 ? $", {Phrases.Number(late)} not asked in time" : "")}, {Phrases.Number(report.Totals.Contradicted)} contradicted";
    }

    private static string Probed(Totals totals)
    {
        var targets = Phrases.Count(totals.Targets - totals.TargetsNotReached, "target");
        return (totals.HttpPorts - totals.HttpPortsNotReached) is > 0 and var ports
            ? $"{targets} and {Phrases.Count(ports, "HTTP port")}"
            : targets;
    }

    private static string Are(int count) => $"{Phrases.Number(count)} {(count == 1 ? "is" : "are")}";

    private static IEnumerable<string> Findings(ReportOutline outline, ReportOptions options)
    {
        var totals = outline.Report.Totals;
        yield return $"{string.Join(", ", WireNames.SeveritiesWorstFirst.Select(severity => $"{Phrases.Number(totals.BySeverity.GetValueOrDefault(severity))} {WireNames.Of(severity)}"))}, {Phrases.Number(Math.Max(0, totals.Undetermined - outline.Report.Findings.Count(finding => !finding.WasReached)))} undetermined";
        if (options.Baseline is not null)
        {
            yield return $"{Are(outline.Report.Findings.Count(finding => options.IsNew(finding) == true))} new since the baseline";
        }

        if (outline.Everything(ReportSection.Suppressed).ToList() is { Count: > 0 } suppressed)
        {
            yield return $"{Are(suppressed.Sum(cause => cause.Findings.Count))} suppressed";
        }
    }

    private static IEnumerable<string> Run(RunFacts run)
    {
        var account = run.AccountId is { } id ? $", account {id}" : "";
        yield return $"started {WireNames.Of(run.StartedAt)}, took {Seconds(run.FinishedAt - run.StartedAt)} s{account}, "
            + $"{(run.Complete ? "complete" : "incomplete")}";
        if (run.JudgedAt != run.StartedAt)
        {
            yield return $"certificates evaluated as of {WireNames.Of(run.JudgedAt)}";
        }

        yield return $"roots: {run.TrustStore}{(run.TrustStoreAgeDays is { } age ? $", {Phrases.Count(age, "day")} old" : "")}";
    }

    private static string Seconds(TimeSpan time) => time.TotalSeconds.ToString("0.#", CultureInfo.InvariantCulture);
}
