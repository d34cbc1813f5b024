using OriginWatch.Text;

namespace OriginWatch.Inventory;

/// <summary>The inventory is missing, cut short or not understood. The message is for the operator and says what to do.</summary>
public sealed class InventoryException : OperatorException
{
    /// <summary>True where AWS refused a read for lack of permission.</summary>
    public bool IsDenied { get; init; }

    public InventoryException() { }

    public InventoryException(string message)
        : base(message) { }

    public InventoryException(string message, Exception innerException)
        : base(message, innerException) { }
}
