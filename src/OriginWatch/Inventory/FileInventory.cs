using System.Text.Json;

namespace OriginWatch.Inventory;

/// <summary>
/// The inventory out of a saved file: what <c>aws cloudfront list-distributions</c>, <c>get-distribution</c> or <c>get-distribution-config</c> prints,
/// or the bare configuration that <c>update-distribution</c> takes.
/// </summary>
public sealed class FileInventory(string path) : IInventorySource
{
    /// <summary>Twice what an account at CloudFront's limits comes to (500 distributions with 100 origins and 75 behaviours each).</summary>
    internal const long MaxBytes = 512L * 1024 * 1024;

    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false };

    public async Task<Listing> ReadAsync(CancellationToken cancellationToken)
    {
        try
        {
            var json = await BoundedFile.ReadAsync(path, MaxBytes, cancellationToken);
            return Read(json, Path.GetFileNameWithoutExtension(path));
        }
        catch (InventoryException exception)
        {
            throw new InventoryException($"{path}: {exception.Message}", exception);
        }
    }

    /// <param name="bytes">The file, in whatever encoding a shell gave it.</param>
    /// <param name="fileName">Names a distribution whose id the document does not hold.</param>
    internal static Listing Read(ReadOnlyMemory<byte> bytes, string fileName)
    {
        try
        {
            using var document = Parse(ListingText.ToUtf8(bytes));
            return ListingReader.Read(document.RootElement, fileName);
        }
        catch (InvalidOperationException exception)
        {
            // What JsonElement throws for an escaped half of a surrogate pair.
            throw new InventoryException("A text in it is not valid Unicode. Save the listing again.", exception);
        }
    }

    private static JsonDocument Parse(ReadOnlyMemory<byte> json)
    {
        try
        {
            return JsonDocument.Parse(json, Strict);
        }
        catch (JsonException exception)
        {
            throw new InventoryException(ListingText.WhyNotJson(json.Span, exception), exception);
        }
    }
}
