namespace OriginWatch.Inventory;

/// <summary>What CloudFront guarantees of a distribution; a document that breaks it was edited or cut, and is not judged.</summary>
internal static class DistributionIntegrity
{
    /// <exception cref="InventoryException">Two parts share an id, or a behaviour or a group names something that is not there.</exception>
    public static void Ensure(Distribution distribution, string path)
    {
        var origins = Unique(distribution.Origins.Select(origin => origin.Id), new(StringComparer.Ordinal), $"{path}.Origins");
        var targets = Unique(distribution.OriginGroups.Select(group => group.Id), new(origins, StringComparer.Ordinal), $"{path}.OriginGroups");
        foreach (var group in distribution.OriginGroups)
        {
            if (group.MemberOriginIds.Count == 0)
            {
                throw new InventoryException($"{path}.OriginGroups: group {Quoted.Text(group.Id)} has no members. Save the listing again in full.");
            }

            foreach (var member in group.MemberOriginIds.Where(member => !origins.Contains(member)))
            {
                throw Unknown($"{path}.OriginGroups", $"group {Quoted.Text(group.Id)} has the member {Quoted.Text(member)}, which is not an origin");
            }
        }

        foreach (var behavior in distribution.CacheBehaviors.Append(distribution.DefaultCacheBehavior).Where(behavior => !targets.Contains(behavior.TargetOriginId)))
        {
            throw Unknown($"{path}.{(ReferenceEquals(behavior, distribution.DefaultCacheBehavior) ? "DefaultCacheBehavior" : "CacheBehaviors")}",
                $"path pattern {Quoted.Text(behavior.PathPattern)} targets {Quoted.Text(behavior.TargetOriginId)}, which is neither an origin nor an origin group");
        }
    }

    private static HashSet<string> Unique(IEnumerable<string> ids, HashSet<string> seen, string path)
    {
        foreach (var id in ids.Where(id => !seen.Add(id)))
        {
            throw new InventoryException($"{path}: the id {Quoted.Text(id)} stands there twice. Save the listing again without editing.");
        }

        return seen;
    }

    private static InventoryException Unknown(string path, string what)
        => new($"{path}: {what} of this distribution. Save the listing again in full.");
}
