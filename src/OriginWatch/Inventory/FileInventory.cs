using OriginWatch.Inventory.Documents;

namespace OriginWatch.Inventory;

/// <summary>
/// The inventory out of a saved file: what <c>aws cloudfront list-distributions</c>, <c>get-distribution</c> or
/// <c>get-distribution-config</c> prints, the bare
/// configuration that <c>update-distribution</c> takes, what <c>terraform show -json</c> prints of a plan or a state, or a CloudFormation
/// template.
/// </summary>
public sealed class FileInventory : IInventorySource
{
    private readonly string _path;
    private readonly Func<Stream>? _open;
    private readonly IReadOnlyDictionary<string, string>? _parameters;

    /// <summary>Twice what an account at CloudFront's limits comes to (500 distributions with 100 origins and 75 behaviors each).</summary>
    internal const long MaxBytes = 512L * 1024 * 1024;

    /// <param name="path">The file.</param>
    /// <param name="parameters">Values for the parameters of a CloudFormation template, by name.</param>
    public FileInventory(string path, IReadOnlyDictionary<string, string>? parameters = null) => (_path, _parameters) = (path, parameters);

    /// <param name="standardInput">Opens what is read in place of a file.</param>
    /// <param name="parameters">Values for the parameters of a CloudFormation template, by name.</param>
    public FileInventory(Func<Stream> standardInput, IReadOnlyDictionary<string, string>? parameters = null)
        : this("standard input", parameters) => _open = standardInput;

    public async Task<Listing> ReadAsync(CancellationToken cancellationToken)
    {
        try
        {
            var bytes = await ReadBytesAsync(cancellationToken);
            return Read(bytes, Path.GetFileNameWithoutExtension(_path), _parameters);
        }
        catch (InventoryException exception)
        {
            throw new InventoryException($"{_path}: {exception.Message}", exception);
        }
    }

    private async Task<ReadOnlyMemory<byte>> ReadBytesAsync(CancellationToken cancellationToken)
    {
        if (_open is null)
        {
            return await BoundedFile.ReadAsync(_path, MaxBytes, cancellationToken);
        }

        await using var stream = _open();
        return await BoundedFile.ReadAsync(stream, MaxBytes, cancellationToken);
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
