using OriginWatch.Names;

namespace OriginWatch.Inventory;

/// <summary>
/// The distributions that somebody asks for out of a listing, each in full, because behaviors and groups belong together: by id, by
/// alternate domain name
/// (or the distribution's own), or by the domain name of an origin.
/// </summary>
/// <param name="source">The listing.</param>
/// <param name="subject">DISTRIBUTION, DISTRIBUTION/ORIGIN with an id or a name for the distribution, or an origin's domain name.</param>
public sealed class SelectedInventory(IInventorySource source, string subject) : IInventorySource
{
    public async Task<Listing> ReadAsync(CancellationToken cancellationToken)
    {
        var listing = await source.ReadAsync(cancellationToken);
        var selected = listing
            .Distributions.Where(distribution => distribution.Origins.Any(origin => IsAskedFor(distribution, origin)))
            .ToList();
        if (selected.Count > 0)
        {
            return listing with { Distributions = selected };
        }

        throw new InventoryException(
            listing.Distributions.FirstOrDefault(IsNamed) is { } named && SplitFor(named).Origin is { } wanted
                ? $"Distribution {named.Id} has no origin \"{wanted}\"; "
                    + $"it has {string.Join(", ", named.Origins.Select(origin => origin.Id))}."
                : $"\"{subject}\" is not a distribution, "
                    + $"alternate domain name or origin domain in the listing of {listing.Distributions.Count} distributions. "
                    + "Check the spelling, and the account or file."
        );
    }

    public bool IsAskedFor(Distribution distribution, Origin origin)
    {
        ArgumentNullException.ThrowIfNull(distribution);
        ArgumentNullException.ThrowIfNull(origin);
        var (_, wanted) = SplitFor(distribution);
        return IsNamed(distribution)
            ? wanted is null || IsSame(origin.Id, wanted) || IsSameName(origin.DomainName, wanted)
            : wanted is null && IsSameName(origin.DomainName, subject);
    }

    /// <summary>Before and after the slash; the keys in a Terraform address may hold slashes of their own.</summary>
    private (string Distribution, string? Origin) SplitFor(Distribution distribution)
    {
        var id = distribution.Id;
        var first = subject.IndexOf('/', StringComparison.Ordinal);
        var end =
            subject.StartsWith(id, StringComparison.OrdinalIgnoreCase) && (subject.Length == id.Length || subject[id.Length] == '/')
                ? id.Length
            : first < 0 ? subject.Length
            : first;
        return (subject[..end], end + 1 < subject.Length ? subject[(end + 1)..] : null);
    }

    private bool IsNamed(Distribution distribution)
    {
        var (name, _) = SplitFor(distribution);
        return IsSame(distribution.Id, name)
            || IsSameName(distribution.DomainName, name)
            || distribution.Aliases.Any(alias => IsSameName(alias, name) || IsCovered(name, alias));
    }

    /// <summary>A wildcard alias covers one label (AWS developer guide, "Use custom URLs by adding alternate domain names").</summary>
    private static bool IsCovered(string name, string alias) =>
        alias.StartsWith("*.", StringComparison.Ordinal)
        && name.IndexOf('.', StringComparison.Ordinal) is > 0 and var dot
        && IsSameName(name[(dot + 1)..], alias[2..]);

    private static bool IsSame(string first, string second) => string.Equals(first, second, StringComparison.OrdinalIgnoreCase);

    private static bool IsSameName(string first, string second) =>
        IsSame(DomainNames.Canonical(first) ?? first, DomainNames.Canonical(second) ?? second);
}
