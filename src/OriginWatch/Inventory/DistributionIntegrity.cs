using OriginWatch.Text;

namespace OriginWatch.Inventory;

/// <summary>What CloudFront guarantees of a distribution; a source that breaks it was edited or cut, and is not judged.</summary>
internal static class DistributionIntegrity
{
    /// <exception cref="InventoryException">Two parts share an id, or a behavior or a group names something that is not there.</exception>
    public static void Ensure(Distribution distribution, IDraftSource source)
    {
        var origins = Unique(distribution.Origins.Select(origin => origin.Id), new(StringComparer.Ordinal), "Origins", source);
        var targets = Unique(
            distribution.OriginGroups.Select(group => group.Id),
            new(origins, StringComparer.Ordinal),
            "OriginGroups",
            source
        );
        foreach (var group in distribution.OriginGroups)
        {
            if (group.MemberOriginIds.Count == 0)
            {
                throw source.Broken("OriginGroups", $"group {Quoted.Text(group.Id)} has no members.");
            }

            if (group.MemberOriginIds.FirstOrDefault(member => !origins.Contains(member)) is { } stranger)
            {
                throw source.Broken(
                    "OriginGroups",
                    $"group {Quoted.Text(group.Id)} has the member {Quoted.Text(stranger)}, which is not an origin of this distribution."
                );
            }
        }

        if (
            distribution
                .CacheBehaviors.Append(distribution.DefaultCacheBehavior)
                .FirstOrDefault(behavior => !targets.Contains(behavior.TargetOriginId)) is
            { } lost
        )
        {
            throw source.Broken(
                ReferenceEquals(lost, distribution.DefaultCacheBehavior) ? "DefaultCacheBehavior" : "CacheBehaviors",
                $"path pattern {Quoted.Text(lost.PathPattern)} targets {Quoted.Text(lost.TargetOriginId)}, "
                    + "which is neither an origin nor an origin group of this distribution."
            );
        }
    }

    private static HashSet<string> Unique(IEnumerable<string> ids, HashSet<string> seen, string list, IDraftSource source) =>
        ids.FirstOrDefault(id => !seen.Add(id)) is { } twice
            ? throw source.Broken(list, $"the id {Quoted.Text(twice)} appears twice.")
            : seen;
}
