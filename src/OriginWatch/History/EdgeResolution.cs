using OriginWatch.Audit;
using OriginWatch.Edge;
using OriginWatch.Rules;
using OriginWatch.Rules.Reachability;

namespace OriginWatch.History;

/// <summary>How findings that rest on CloudFront's answers end: by another answer, and never by a handshake or because nobody
/// asked.</summary>
internal static class EdgeResolution
{
    public static bool IsAboutEdge(OpenFinding open) => EdgeRule.Ids.Contains(open.RuleId, StringComparer.Ordinal);

    /// <summary>Why the finding can no longer be judged at all; null while CloudFront is asked about the origin.</summary>
    public static string? GoneBecause(OpenFinding open, OriginReport origin, RunFacts run) =>
        !IsAboutEdge(open) ? null
        : run.Edge == EdgeMode.Off ? "CloudFront is no longer asked"
        : origin.Observation.Edge?.NotAskedBecause is { } because ? $"CloudFront is no longer asked about the origin: {because}"
        : null;

    /// <summary>For a finding of these rules: CloudFront reached the origin, or confirms what the handshake found, which is a finding of
    /// its own.</summary>
    public static bool IsSettled(OpenFinding open, OriginReport origin)
    {
        var answered = Sightings(open, origin).Where(sighting => sighting.Outcome.Last is not null).ToList();
        return answered.Count > 0
            && answered.TrueForAll(sighting => sighting.IsConfirmation || sighting.Outcome.Last is { Kind: EdgeAnswerKind.Reached });
    }

    /// <summary>For "silent now": CloudFront's answer tells what it meets, so the silence towards this probe says nothing more.</summary>
    public static bool ExplainsSilence(OpenFinding open, OriginReport origin) =>
        open.RuleId == StillAnswersAsBefore.Id && Sightings(open, origin).Any(sighting => sighting.IsReached || sighting.IsRejected);

    private static IEnumerable<EdgeSighting> Sightings(OpenFinding open, OriginReport origin) =>
        origin.Observation.Edge?.Sightings.Where(sighting =>
            open.Target is null || sighting.Question.Name?.Target.NameAndPort == open.Target
        ) ?? [];
}
