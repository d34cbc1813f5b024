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
        yield return ("Origins", [Origins(report.Totals)]);
        if (report.Run.Edge != EdgeMode.Off)
        {
            yield return ("CloudFront", [Edge(report)]);
        }

        yield return ("Findings", [.. Findings(outline, options)]);
        yield return ("Run", [.. Run(report.Run)]);
        if (report.Run.Remarks.Count > 0)
        {
            yield return ("Remarks", report.Run.Remarks);
        }
    }

    private static string Origins(Totals totals)
    {
        int By(OriginVerdict verdict) => totals.ByVerdict.GetValueOrDefault(verdict);
        return $"{Phrases.Count(totals.Origins, "origin")} in {Phrases.Count(totals.Distributions, "distribution")}, {Phrases.Count(totals.Targets, "target")} probed: {Phrases.Number(By(OriginVerdict.Accepts))} accepted, {Phrases.Number(By(OriginVerdict.Rejects))} rejected, {Phrases.Number(By(OriginVerdict.Undetermined))} undetermined, {Phrases.Number(By(OriginVerdict.NotProbed))} not probed";
    }

    private static string Edge(AuditReport report)
    {
        var planned = report.Origins.Count(origin => origin.Observation.Edge is { Sightings.Count: > 0 });
        var late = planned - report.Totals.AskedAtEdge;
        return $"asked about {Phrases.Count(report.Totals.AskedAtEdge, "origin")}{(late > 0 ? $", {Phrases.Number(late)} not asked in time" : "")}, {Phrases.Number(report.Totals.Contradicted)} contradicted";
    }

    private static IEnumerable<string> Findings(ReportOutline outline, ReportOptions options)
    {
        var totals = outline.Report.Totals;
        yield return $"{string.Join(", ", WireNames.SeveritiesWorstFirst.Select(severity => $"{Phrases.Number(totals.BySeverity.GetValueOrDefault(severity))} {WireNames.Of(severity)}"))}, {Phrases.Number(totals.Undetermined)} undetermined";
        if (options.Baseline is not null)
        {
            yield return $"{Phrases.Number(outline.Report.Findings.Count(finding => options.IsNew(finding) == true))} are new since the baseline";
        }

        if (outline[ReportSection.Suppressed] is { Count: > 0 } suppressed)
        {
            yield return $"{Phrases.Number(suppressed.Sum(cause => cause.Findings.Count))} are suppressed";
        }
    }

    private static IEnumerable<string> Run(RunFacts run)
    {
        var account = run.AccountId is { } id ? $", account {id}" : "";
        yield return $"started {WireNames.Of(run.StartedAt)}, took {Seconds(run.FinishedAt - run.StartedAt)} s{account}, {(run.Complete ? "complete" : "incomplete")}";
        if (run.JudgedAt != run.StartedAt)
        {
            yield return $"certificates judged as of {WireNames.Of(run.JudgedAt)}";
        }

        yield return $"roots: {run.TrustStore}{(run.TrustStoreAgeDays is { } age ? $", {Phrases.Count(age, "day")} old" : "")}";
    }

    private static string Seconds(TimeSpan time) => time.TotalSeconds.ToString("0.#", CultureInfo.InvariantCulture);
}
