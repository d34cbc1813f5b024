namespace OriginWatch.Inventory;

/// <summary>What CloudFront guarantees of a distribution; a document that breaks it was edited or cut, and is not judged.</summary>
internal static class DistributionIntegrity
{
    private const string SaveAgain = "Save the listing again in full.";

    /// <param name="distribution">As read.</param>
    /// <param name="path">Where it stands, for the message.</param>
    /// <param name="remedy">What to do where it was not read from a file.</param>
    /// <exception cref="InventoryException">Two parts share an id, or a behaviour or a group names something that is not there.</exception>
    public static void Ensure(Distribution distribution, string path, string? remedy = null)
    {
        var origins = Unique(distribution.Origins.Select(origin => origin.Id), new(StringComparer.Ordinal), $"{path}.Origins", remedy);
        var targets = Unique(distribution.OriginGroups.Select(group => group.Id), new(origins, StringComparer.Ordinal), $"{path}.OriginGroups", remedy);
        foreach (var group in distribution.OriginGroups)
        {
            if (group.MemberOriginIds.Count == 0)
            {
                throw new InventoryException($"{path}.OriginGroups: group {Quoted.Text(group.Id)} has no members. {remedy ?? SaveAgain}");
            }

            foreach (var member in group.MemberOriginIds.Where(member => !origins.Contains(member)))
            {
                throw Unknown($"{path}.OriginGroups", $"group {Quoted.Text(group.Id)} has the member {Quoted.Text(member)}, which is not an origin", remedy);
            }
        }

        foreach (var behavior in distribution.CacheBehaviors.Append(distribution.DefaultCacheBehavior).Where(behavior => !targets.Contains(behavior.TargetOriginId)))
        {
            throw Unknown($"{path}.{(ReferenceEquals(behavior, distribution.DefaultCacheBehavior) ? "DefaultCacheBehavior" : "CacheBehaviors")}",
                $"path pattern {Quoted.Text(behavior.PathPattern)} targets {Quoted.Text(behavior.TargetOriginId)}, which is neither an origin nor an origin group", remedy);
        }
    }

    private static HashSet<string> Unique(IEnumerable<string> ids, HashSet<string> seen, string path, string? remedy)
    {
        foreach (var id in ids.Where(id => !seen.Add(id)))
        {
            throw new InventoryException($"{path}: the id {Quoted.Text(id)} stands there twice. {remedy ?? "Save the listing again without editing."}");
        }

        return seen;
    }

    private static InventoryException Unknown(string path, string what, string? remedy)
        => new($"{path}: {what} of this distribution. {remedy ?? SaveAgain}");
}
