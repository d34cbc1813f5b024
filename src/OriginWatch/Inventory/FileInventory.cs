using OriginWatch.Inventory.Documents;

namespace OriginWatch.Inventory;

/// <summary>
/// The inventory out of a saved file: what <c>aws cloudfront list-distributions</c>, <c>get-distribution</c> or <c>get-distribution-config</c> prints, the bare
/// configuration that <c>update-distribution</c> takes, what <c>terraform show -json</c> prints of a plan or a state, or a CloudFormation template.
/// </summary>
/// <param name="path">The file.</param>
/// <param name="parameters">Values for the parameters of a CloudFormation template, by name.</param>
public sealed class FileInventory(string path, IReadOnlyDictionary<string, string>? parameters = null) : IInventorySource
{
    /// <summary>Twice what an account at CloudFront's limits comes to (500 distributions with 100 origins and 75 behaviors each).</summary>
    internal const long MaxBytes = 512L * 1024 * 1024;

    public async Task<Listing> ReadAsync(CancellationToken cancellationToken)
    {
        try
        {
            var bytes = await BoundedFile.ReadAsync(path, MaxBytes, cancellationToken);
            return Read(bytes, Path.GetFileNameWithoutExtension(path), parameters);
        }
        catch (InventoryException exception)
        {
            throw new InventoryException($"{path}: {exception.Message}", exception);
        }
    }

    /// <param name="bytes">The file, in whatever encoding a shell gave it.</param>
    /// <param name="fileName">Names a distribution whose id the document does not hold.</param>
    /// <param name="parameters">Of a CloudFormation template.</param>
    internal static Listing Read(ReadOnlyMemory<byte> bytes, string fileName, IReadOnlyDictionary<string, string>? parameters = null)
    {
        try
        {
            using var documents = InventoryDocuments.Parse(bytes);
            return InventoryShapes.Read(documents.Roots, fileName, parameters ?? new Dictionary<string, string>(StringComparer.Ordinal));
        }
        catch (InvalidOperationException exception)
        {
            // What JsonElement throws for an escaped half of a surrogate pair.
            throw new InventoryException("A text in it is not valid Unicode. Save the listing again.", exception);
        }
    }
}
