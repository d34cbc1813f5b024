using OriginWatch.Inventory;

namespace OriginWatch.Aws.CloudFront;

/// <summary>CloudFront sends each list with its length. Where the two disagree, something was lost on the way.</summary>
internal static class CountedList
{
    /// <exception cref="InventoryException">The list is not as long as it says.</exception>
    public static IReadOnlyList<T> Items<T>(List<T>? items, int? quantity, string what) =>
        (items?.Count ?? 0) == (quantity ?? 0)
            ? items ?? []
            : throw new InventoryException(
                $"CloudFront announced {quantity ?? 0} {what} and sent {items?.Count ?? 0}: "
                    + "the inventory is incomplete. Nothing was evaluated."
            );
}
