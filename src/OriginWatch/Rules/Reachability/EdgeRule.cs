namespace OriginWatch.Rules.Reachability;

/// <summary>A rule about what CloudFront answered: one judgement for each name that was asked for.</summary>
internal abstract class EdgeRule : Rule
{
    /// <summary>The rules of this kind.</summary>
    public static readonly IReadOnlyList<string> Ids = ["OW214", "OW215", "OW216", "OW217"];

    public sealed override IEnumerable<Judgement> Judge(Observation observation) =>
        observation.Edge is { Sightings: { Count: > 0 } sightings }
            ? sightings.Select(sighting => new Judgement(Metadata, TargetOf(sighting, observation), Evaluate(sighting, observation)))
            :
            [
                new(
                    Metadata,
                    null,
                    new Verdict.NotApplicable(
                        observation.Edge?.NotAskedBecause is { } because
                            ? $"no request was sent to CloudFront: {because}"
                            : "no request about this origin was sent to CloudFront"
                    )
                ),
            ];

    protected abstract Verdict Evaluate(EdgeSighting sighting, Observation observation);

    private static TargetObservation? TargetOf(EdgeSighting sighting, Observation observation) =>
        sighting.Question.Name is { } name ? observation.Targets.FirstOrDefault(target => target.Name == name) : null;
}
