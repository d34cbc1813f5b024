namespace OriginWatch.Inventory;

/// <summary>Which distributions somebody wants; each list holds patterns with * and ?, of which one must match, and an empty one takes
/// everything.</summary>
public sealed record DistributionFilter
{
    public IReadOnlyList<string> Ids { get; init; } = [];

    /// <summary>One of the distribution's alternate domain names must match.</summary>
    public IReadOnlyList<string> Aliases { get; init; } = [];

    /// <summary>KEY=VALUE; here every pattern must match a tag.</summary>
    public IReadOnlyList<string> Tags { get; init; } = [];

    public bool IsEmpty => Ids.Count + Aliases.Count + Tags.Count == 0;

    /// <summary>As on the command line, for a remark.</summary>
    public override string ToString() =>
        string.Join(
            " and ",
            new[]
            {
                Ids.Count > 0 ? "--distribution" : null,
                Aliases.Count > 0 ? "--alias" : null,
                Tags.Count > 0 ? "--tag" : null,
            }.OfType<string>()
        );
}

/// <summary>Reads the tags of a distribution as KEY=VALUE.</summary>
public delegate Task<IReadOnlyList<string>> ReadTags(Distribution distribution, CancellationToken cancellationToken);

/// <summary>Some distributions of a listing, each in full; how many were left out stands in the remarks.</summary>
/// <param name="source">All of them.</param>
/// <param name="filter">Which are wanted.</param>
/// <param name="tags">Asked only for distributions that the rest of the filter takes; null where no tags can be read.</param>
public sealed class FilteredInventory(IInventorySource source, DistributionFilter filter, ReadTags? tags) : IInventorySource
{
    public async Task<Listing> ReadAsync(CancellationToken cancellationToken)
    {
        var listing = await source.ReadAsync(cancellationToken);
        var kept = new List<Distribution>();
        foreach (var distribution in listing.Distributions.Where(IsNamed))
        {
            if (await HasTagsAsync(distribution, cancellationToken))
            {
                kept.Add(distribution);
            }
        }

        return listing with
        {
            Distributions = kept,
            Remarks =
            [
                .. listing.Remarks,
                $"Left out by {filter}: {listing.Distributions.Count - kept.Count} of {listing.Distributions.Count} distributions.",
            ],
        };
    }

    private bool IsNamed(Distribution distribution) =>
        Glob.MatchesAny(filter.Ids, distribution.Id)
        && (filter.Aliases.Count == 0 || distribution.Aliases.Any(alias => Glob.MatchesAny(filter.Aliases, alias)));

    private async Task<bool> HasTagsAsync(Distribution distribution, CancellationToken cancellationToken)
    {
        if (filter.Tags.Count == 0 || tags is null)
        {
            return filter.Tags.Count == 0;
        }

        var found = await tags(distribution, cancellationToken);
        return filter.Tags.All(wanted => found.Any(tag => Glob.MatchesAny([wanted], tag)));
    }
}
