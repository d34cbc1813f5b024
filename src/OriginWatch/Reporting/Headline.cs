using OriginWatch.Audit;

namespace OriginWatch.Reporting;

/// <summary>A cause in one line, under the names by which people know it: "www.shop.example ← api.shop.example: Certificate expired 2 days
/// ago".</summary>
internal static class Headline
{
    /// <summary>What viewers request, and the origin behind it; the first of them where there are several.</summary>
    public static string Place(Cause cause) => $"{Site(cause.Findings[0])} ← {Domain(cause.Findings[0])}";

    /// <summary>The fault, and where the day matters, since when or until when.</summary>
    public static string Fault(Cause cause, DateTimeOffset now) =>
        cause switch
        {
            { Section: ReportSection.NotJudged } => cause.HasOneDetail ? cause.Findings[0].Detail : $"Not evaluated: {cause.Rule.Title}",
            { FailsAt: { } at } => $"{Fault(cause.Findings)} (fails {Phrases.Distance(at, now)})",
            { Since: { } since } when since <= now => $"{Fault(cause.Findings)} {Phrases.Distance(since, now)}",
            _ => Fault(cause.Findings),
        };

    /// <summary>The fault alone.</summary>
    /// <param name="findings">Failing ones of one rule, at least one.</param>
    public static string Fault(IReadOnlyList<Finding> findings) =>
        findings.All(finding => finding.IsIntermittent) ? $"Intermittent: {findings[0].Rule.Fault}" : findings[0].Rule.Fault;

    /// <summary>What was seen; null where the findings saw different things, or where the headline or CloudFront's answer beside it says it
    /// already.</summary>
    public static string? Evidence(Cause cause) =>
        cause.Section == ReportSection.NotJudged
        || !cause.HasOneDetail
        || cause.Edge.Any(sighting => sighting.Outcome.Last?.Reason == cause.Findings[0].Detail)
            ? null
            : cause.Findings[0].Detail;

    /// <summary>The alternate domain name, or the distribution's id where it has none.</summary>
    public static string Site(Finding finding) => finding.Aliases is [var alias, ..] ? alias : finding.DistributionId;

    public static string Domain(Finding finding) => finding.Planned.Origin.DomainName;
}
