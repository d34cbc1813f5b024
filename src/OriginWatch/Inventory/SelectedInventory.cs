using OriginWatch.Names;

namespace OriginWatch.Inventory;

/// <summary>
/// The distributions that somebody asks for out of a listing, each in full, because behaviors and groups belong together: by id, by alternate domain name
/// (or the distribution's own), or by the domain name of an origin.
/// </summary>
/// <param name="source">The listing.</param>
/// <param name="subject">DISTRIBUTION, DISTRIBUTION/ORIGIN with an id or a name for the distribution, or an origin's domain name.</param>
public sealed class SelectedInventory(IInventorySource source, string subject) : IInventorySource
{
    private readonly string _distribution = subject.Split('/', 2)[0];
    private readonly string? _origin = subject.Split('/', 2) is [_, { Length: > 0 } origin] ? origin : null;

    public async Task<Listing> ReadAsync(CancellationToken cancellationToken)
    {
        var listing = await source.ReadAsync(cancellationToken);
        var selected = listing.Distributions.Where(distribution => distribution.Origins.Any(origin => IsAskedFor(distribution, origin))).ToList();
        if (selected.Count > 0)
        {
            return listing with { Distributions = selected };
        }

        throw new InventoryException(listing.Distributions.FirstOrDefault(IsNamed) is { } named && _origin is not null
            ? $"Distribution {named.Id} has no origin \"{_origin}\"; it has {string.Join(", ", named.Origins.Select(origin => origin.Id))}."
            : $"\"{subject}\" is not a distribution, alternate domain name or origin domain in the listing of {listing.Distributions.Count} distributions. Check the spelling, and the account or file.");
    }

    public bool IsAskedFor(Distribution distribution, Origin origin)
    {
        ArgumentNullException.ThrowIfNull(distribution);
        ArgumentNullException.ThrowIfNull(origin);
        return IsNamed(distribution) ? _origin is null || IsSame(origin.Id, _origin) || IsSameName(origin.DomainName, _origin) : _origin is null && IsSameName(origin.DomainName, subject);
    }

    private bool IsNamed(Distribution distribution)
        => IsSame(distribution.Id, _distribution) || IsSameName(distribution.DomainName, _distribution) || distribution.Aliases.Any(alias => IsSameName(alias, _distribution) || IsCovered(_distribution, alias));

    /// <summary>A wildcard alias covers one label (AWS developer guide, "Use custom URLs by adding alternate domain names").</summary>
    private static bool IsCovered(string name, string alias)
        => alias.StartsWith("*.", StringComparison.Ordinal) && name.IndexOf('.', StringComparison.Ordinal) is > 0 and var dot && IsSameName(name[(dot + 1)..], alias[2..]);

    private static bool IsSame(string first, string second) => string.Equals(first, second, StringComparison.OrdinalIgnoreCase);

    private static bool IsSameName(string first, string second) => IsSame(DomainNames.Canonical(first) ?? first, DomainNames.Canonical(second) ?? second);
}
