namespace OriginWatch.Targets;

/// <summary>What the behaviors that reach an origin say together about the Host header.</summary>
internal static class OriginHostForwarding
{
    /// <param name="behaviors">Those of the origin; shadowed ones have no say.</param>
    /// <param name="decide">The decision of one behavior.</param>
    public static (HostForwarding Forwarding, string Reason) Of(
        IReadOnlyList<BehaviorUse> behaviors,
        Func<BehaviorUse, HostDecision> decide
    )
    {
        var decisions = behaviors.Where(use => use.IsReached).Select(decide).ToList();
        var forwards = decisions.Find(decision => decision.IsForwarded is true);
        var withholds = decisions.Find(decision => decision.IsForwarded is false);
        var unknown = decisions.Find(decision => decision.IsForwarded is null);
        return (forwards, withholds, unknown) switch
        {
            (null, null, null) => (HostForwarding.NotForwarded, "no behavior reaches the origin"),
            ({ } one, { } other, _) => (HostForwarding.Both, $"{one.Reason}; {other.Reason}"),
            (_, _, { } one) => (HostForwarding.Unknown, one.Reason),
            ({ } one, _, _) => (HostForwarding.Forwarded, one.Reason),
            (_, { } one, _) => (HostForwarding.NotForwarded, one.Reason),
        };
    }
}
