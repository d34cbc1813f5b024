using OriginWatch.Inventory;

namespace OriginWatch.Targets;

/// <summary>
/// Under whose names viewers come. A staging distribution has none of its own: its viewers are a share of the primary's
/// (https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/understanding-continuous-deployment.html).
/// A listing does not say which distribution is the primary; it is a copy, so it is taken to be the one with the most origins in common.
/// </summary>
internal sealed class Entrances(IReadOnlyList<Distribution> distributions)
{
    /// <returns>More than one where several fit equally well; none where none does.</returns>
    public IReadOnlyList<Distribution> Of(Distribution distribution)
    {
        if (!distribution.Staging || distribution.Aliases.Count > 0)
        {
            return [distribution];
        }

        var origins = Origins(distribution).ToHashSet();
        return distributions
                .Where(other => !other.Staging)
                .Select(other => (Distribution: other, InCommon: Origins(other).Count(origins.Contains)))
                .Where(other => other.InCommon > 0)
                .GroupBy(other => other.InCommon, other => other.Distribution)
                .MaxBy(group => group.Key)
                ?.ToList()
            ?? [];
    }

    private static IEnumerable<(string Id, string DomainName)> Origins(Distribution distribution) =>
        distribution.Origins.Select(origin => (origin.Id, ServerNames.Normalize(origin.DomainName)));
}
