using System.Text;
using OriginWatch.Inventory;

namespace OriginWatch.Tests.Inventory;

/// <summary>Reads an inventory out of a text, as if it were a file.</summary>
internal static class InventoryText
{
    public static Listing Read(string text, params IEnumerable<(string Name, string Value)> parameters) =>
        FileInventory.Read(
            Encoding.UTF8.GetBytes(text),
            "saved",
            parameters.ToDictionary(pair => pair.Name, pair => pair.Value, StringComparer.Ordinal)
        );

    public static string Fault(string text, params IEnumerable<(string Name, string Value)> parameters) =>
        Should.Throw<InventoryException>(() => Read(text, parameters)).Message;
}
