using OriginWatch.Probing;
using OriginWatch.Rules.Reachability;

namespace OriginWatch.Rules;

/// <summary>
/// What CloudFront's answer settles: doubts about a name under which no address gave a handshake. A certain failure of the handshake is
/// never
/// cleared, and a name that was seen at some addresses and not at others stays in doubt: the edge used one address, nobody knows which.
/// </summary>
internal static class EdgeSettlement
{
    public static Judgement Apply(Judgement judgement, Observation observation) =>
        SightingFor(judgement, observation) is { } sighting ? Settle(judgement, sighting) : judgement;

    /// <summary>The verdict on a name without the edge, by the judgements that speak of it.</summary>
    public static OriginVerdict DirectVerdict(JudgedOrigin origin, TargetObservation? target)
    {
        if (target is null || origin.Observation.IsHttpOnly)
        {
            return origin.Verdict;
        }

        var own = origin.Judgements.Where(judgement => judgement.Target is null || ReferenceEquals(judgement.Target, target)).ToList();
        return own.Exists(OriginJudge.Rejects) ? OriginVerdict.Rejects
            : own.Exists(judgement => ReferenceEquals(judgement.Target, target) && IsDoubt(judgement)) || !HasHandshake(target)
                ? OriginVerdict.Undetermined
            : OriginVerdict.Accepts;
    }

    /// <summary>True where CloudFront reaches nothing that could be called accepted: a failure of unknown cause, or a server error of the
    /// origin.</summary>
    public static bool LeavesDoubt(Observation observation) =>
        observation.Edge?.Sightings.Any(sighting =>
            sighting.IsFailing
            || sighting.Outcome is { First.IsServerError: true, Second: null or { IsServerError: true } }
            || sighting.Outcome is { First.IsFailure: true, Second: null }
        ) ?? false;

    /// <summary>True where an origin that is not probed was reached by CloudFront under every name asked for.</summary>
    public static bool IsReached(Observation observation) =>
        observation.Edge is { Sightings: { Count: > 0 } sightings } && sightings.All(sighting => sighting.IsReached);

    /// <summary>True where the handshake left the origin undetermined or was not made, and CloudFront's answer settled it.</summary>
    public static bool Decided(Observation observation) =>
        observation.Edge?.Sightings.Any(sighting =>
            sighting.Direct is OriginVerdict.Undetermined or OriginVerdict.NotProbed && (sighting.IsReached || sighting.IsRejected)
        ) ?? false;

    private static EdgeSighting? SightingFor(Judgement judgement, Observation observation) =>
        judgement is { Target: { } target, Verdict: Verdict.Undetermined { IsConsequence: false } } && !HasHandshake(target)
            ? observation.Edge?.Sightings.FirstOrDefault(sighting =>
                (sighting.IsReached || sighting.IsRejected) && sighting.Question.Name == target.Name
            )
            : null;

    private static Judgement Settle(Judgement judgement, EdgeSighting sighting)
    {
        var undetermined = (Verdict.Undetermined)judgement.Verdict;
        return judgement with
        {
            Verdict = undetermined with
            {
                Reason =
                    $"{undetermined.Reason}; {(sighting.IsReached ? EdgeWords.Reached(sighting.Outcome.Last!) : sighting.Outcome.Last!.Reason)}",
                IsConsequence = true,
            },
        };
    }

    private static bool IsDoubt(Judgement judgement) => judgement.Verdict is Verdict.Undetermined { IsConsequence: false };

    private static bool HasHandshake(TargetObservation target) =>
        target.Addresses.Any(address => address.Decisive.Last.Result is Handshake);
}
