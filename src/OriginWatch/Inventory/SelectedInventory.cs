namespace OriginWatch.Inventory;

/// <summary>One distribution out of a listing; the whole of it, because behaviours and groups belong together.</summary>
public sealed class SelectedInventory(IInventorySource source, string distributionId) : IInventorySource
{
    public async Task<Listing> ReadAsync(CancellationToken cancellationToken)
    {
        var listing = await source.ReadAsync(cancellationToken);
        var selected = listing.Distributions.Where(distribution => string.Equals(distribution.Id, distributionId, StringComparison.OrdinalIgnoreCase)).ToList();
        return selected.Count > 0
            ? listing with { Distributions = selected }
            : throw new InventoryException($"There is no distribution {distributionId} in the listing of {listing.Distributions.Count}; check the id with 'aws cloudfront list-distributions'.");
    }
}
