namespace OriginWatch.Inventory;

/// <summary>Where a draft was read: what is wrong with it is reported in the words of its medium, with the way out.</summary>
public interface IDraftSource
{
    InventoryRemarks Remarks { get; }

    /// <summary>A member that CloudFront always has is not there.</summary>
    InventoryException Missing(string member);

    /// <summary>A member holds what CloudFront does not take.</summary>
    /// <param name="member">CloudFront's name of it.</param>
    /// <param name="what">What is wrong, as a clause with a full stop.</param>
    InventoryException Broken(string member, string what);
}
