using System.Globalization;
using OriginWatch.Edge;
using OriginWatch.Rules;

namespace OriginWatch.Audit;

/// <summary>What CloudFront answered, in sentences for people and in the words of machine-readable reports.</summary>
public static class EdgeStory
{
    /// <summary>One sentence for each name that was asked for, or why nothing was asked; empty where edges are not asked about the
    /// origin.</summary>
    public static IReadOnlyList<string> Of(OriginReport origin)
    {
        ArgumentNullException.ThrowIfNull(origin);
        return origin.Observation.Edge switch
        {
            null => [],
            { NotAskedBecause: { } because } => [$"no request to CloudFront: {because}"],
            var edge => [.. edge.Sightings.Select(Of)],
        };
    }

    /// <summary>"could not connect …, at NRT57-C3, request id …, twice".</summary>
    public static string Of(EdgeSighting sighting)
    {
        ArgumentNullException.ThrowIfNull(sighting);
        var host = $"asked as {sighting.Question.Host}";
        if (sighting.Outcome.Last is not { } last)
        {
            return $"no request to CloudFront in time ({host})";
        }

        var confirms =
            sighting.IsConfirmation ? "confirmed: "
            : sighting.IsContradiction ? "contradicted: "
            : "";
        var place = last.Pop is null ? "" : string.Create(CultureInfo.InvariantCulture, $", at {last.Pop}, request id {last.RequestId}");
        var times = sighting.Outcome.IsConfirmedFailure || sighting.IsServerError ? ", twice" : "";
        var limits = sighting.Question.Remarks.Count == 0 ? "" : $"; {string.Join("; ", sighting.Question.Remarks)}";
        return $"{confirms}{last.Reason}{times}{place} ({host}){limits}";
    }

    /// <summary>The answers that are evidence for a finding: for what rejects, for what nobody could tell, and for the rules about
    /// CloudFront's answers.</summary>
    internal static IEnumerable<EdgeSighting> EvidenceFor(Finding finding) =>
        finding.Origin.Observation.Edge is { } edge
        && (finding.Rejects || finding.Status == FindingStatus.Undetermined || finding.Rule.IsAboutEdge)
            ? edge.Sightings.Where(sighting =>
                sighting.Outcome.First is not null
                && (finding.Seen is null || sighting.Question.Name is not { } name || name.Target == finding.Seen.Name.Target)
            )
            : [];
}
