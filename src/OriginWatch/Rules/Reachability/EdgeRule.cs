namespace OriginWatch.Rules.Reachability;

/// <summary>A rule about what CloudFront answered: one judgement for each name that was asked for.</summary>
internal abstract class EdgeRule : Rule
{
    public sealed override IEnumerable<Judgement> Judge(Observation observation)
        => observation.Edge is { Sightings: { Count: > 0 } sightings }
            ? sightings.Select(sighting => new Judgement(Metadata, TargetOf(sighting, observation), Evaluate(sighting, observation)))
            : [new(Metadata, null, new Verdict.NotApplicable($"no request was sent to CloudFront: {observation.Edge?.NotAskedBecause ?? "the origin was not asked about tonight"}"))];

    protected abstract Verdict Evaluate(EdgeSighting sighting, Observation observation);

    private static TargetObservation? TargetOf(EdgeSighting sighting, Observation observation)
        => sighting.Question.Name is { } name ? observation.Targets.FirstOrDefault(target => target.Name == name) : null;
}
