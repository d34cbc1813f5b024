using OriginWatch.Inventory;

namespace OriginWatch.Targets;

/// <summary>Which behaviors of a distribution reach which of its origins, directly or through an origin group.</summary>
internal static class BehaviorMap
{
    /// <summary>By origin id, in evaluation order; origins that no behavior names are absent.</summary>
    public static ILookup<string, BehaviorUse> Of(Distribution distribution)
    {
        var groups = distribution.OriginGroups.ToDictionary(group => group.Id, StringComparer.Ordinal);
        return InEvaluationOrder(distribution)
            .SelectMany(behavior => Targets(behavior.Behavior, behavior.ShadowedBy, groups))
            .ToLookup(target => target.OriginId, target => target.Reached, StringComparer.Ordinal);
    }

    /// <summary>The ordered behaviors, then the default one; the first whose pattern matches takes the request.</summary>
    private static IEnumerable<(CacheBehavior Behavior, string? ShadowedBy)> InEvaluationOrder(Distribution distribution)
    {
        var earlier = new List<PathPattern>();
        foreach (var behavior in distribution.CacheBehaviors.Append(distribution.DefaultCacheBehavior))
        {
            var pattern = new PathPattern(behavior.PathPattern);
            yield return (behavior, earlier.Find(before => before.Contains(pattern))?.Text);
            earlier.Add(pattern);
        }
    }

    private static IEnumerable<(string OriginId, BehaviorUse Reached)> Targets(
        CacheBehavior behavior,
        string? shadowedBy,
        Dictionary<string, OriginGroup> groups
    ) =>
        groups.TryGetValue(behavior.TargetOriginId, out var group)
            ? group.MemberOriginIds.Select((member, index) => (member, new BehaviorUse(behavior, group.Id, index == 0, shadowedBy)))
            : [(behavior.TargetOriginId, new BehaviorUse(behavior, null, true, shadowedBy))];
}
