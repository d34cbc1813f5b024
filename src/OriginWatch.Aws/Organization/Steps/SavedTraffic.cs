using OriginWatch.Inventory;

namespace OriginWatch.Aws.Organization.Steps;

/// <summary>The inventory of the organization, and then what the gather steps read of CloudFront's own numbers.</summary>
/// <param name="inventory">Read once, before anybody asks.</param>
internal sealed class SavedTraffic(IInventorySource inventory) : IInventorySource
{
    private const int MostRemarks = 3;
    private Listing? _listing;

    public async Task<Listing> ReadAsync(CancellationToken cancellationToken) => _listing = await inventory.ReadAsync(cancellationToken);

    /// <summary>Of these distributions; the remark names accounts of theirs whose numbers could not be read.</summary>
    public TrafficReading Of(IReadOnlyList<string> distributionIds)
    {
        var asked = distributionIds.ToHashSet(StringComparer.Ordinal);
        var own = (_listing?.Distributions ?? []).Where(distribution => asked.Contains(distribution.Id)).ToList();
        var accounts = own.Select(distribution => distribution.AccountId).ToHashSet(StringComparer.Ordinal);
        var unread = (_listing?.Accounts ?? [])
            .Where(reading => reading.TrafficUnreadBecause is not null && accounts.Contains(reading.Account.Id))
            .ToList();
        var named = unread.Take(MostRemarks).Select(reading => $"Account {reading.Account}: {reading.TrafficUnreadBecause}");
        return new(
            own.Where(distribution => distribution.Traffic is not null)
                .ToDictionary(distribution => distribution.Id, distribution => distribution.Traffic!, StringComparer.Ordinal),
            unread.Count == 0 ? null
                : unread.Count <= MostRemarks ? string.Join(' ', named)
                : $"{string.Join(' ', named)} The same holds for {unread.Count - MostRemarks} more accounts."
        );
    }
}
