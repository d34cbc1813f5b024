using OriginWatch.Audit;

namespace OriginWatch.Reporting;

/// <summary>A cause in one line, under the names by which people know it: "www.shop.example ← api.shop.example: Certificate expired 2 days ago".</summary>
internal static class Headline
{
    /// <summary>What viewers request, and the origin behind it; the first of them where there are several.</summary>
    public static string Place(Cause cause) => $"{Site(cause.Findings[0])} ← {Domain(cause.Findings[0])}";

    /// <summary>The fault, and where the day matters, since when or until when.</summary>
    public static string Fault(Cause cause, DateTimeOffset now) => cause switch
    {
        { Section: ReportSection.NotJudged } => cause.HasOneDetail ? cause.Findings[0].Detail : $"Not evaluated: {cause.Rule.Title}",
        _ when cause.Findings.All(finding => finding.IsIntermittent) => $"Intermittent: {cause.Rule.Fault}",
        { FailsAt: { } at } => $"{cause.Rule.Fault} (fails {Phrases.Distance(at, now)})",
        { Since: { } since } when since <= now => $"{cause.Rule.Fault} {Phrases.Distance(since, now)}",
        _ => cause.Rule.Fault,
    };

    /// <summary>The alternate domain name, or the distribution's id where it has none.</summary>
    public static string Site(Finding finding) => finding.Aliases is [var alias, ..] ? alias : finding.DistributionId;

    public static string Domain(Finding finding) => finding.Planned.Origin.DomainName;
}
