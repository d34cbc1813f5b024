namespace OriginWatch.Inventory;

/// <summary>Reads a whole file, never more than a bound: a device or a pipe has no length to ask for.</summary>
internal static class BoundedFile
{
    public static async Task<ReadOnlyMemory<byte>> ReadAsync(string path, long maxBytes, CancellationToken cancellationToken)
    {
        if (Directory.Exists(path))
        {
            throw new InventoryException("This is a directory. Name the file that holds the listing.");
        }

        try
        {
            await using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1, FileOptions.Asynchronous | FileOptions.SequentialScan);
            return await ReadAsync(file, maxBytes, cancellationToken);
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new InventoryException("There is no such file.", exception);
        }
        catch (UnauthorizedAccessException exception)
        {
            throw new InventoryException("It may not be read by this user. Check its permissions.", exception);
        }
        catch (Exception exception) when (exception is IOException or ArgumentException or NotSupportedException)
        {
            throw new InventoryException($"It could not be read: {exception.Message}", exception);
        }
    }

    public static async Task<ReadOnlyMemory<byte>> ReadAsync(Stream file, long maxBytes, CancellationToken cancellationToken)
    {
        using var bytes = new MemoryStream(file.CanSeek ? (int)Math.Min(file.Length, maxBytes) : 0);
        var buffer = new byte[128 * 1024];
        int read;
        while ((read = await file.ReadAsync(buffer, cancellationToken)) > 0)
        {
            if (bytes.Length + read > maxBytes)
            {
                throw new InventoryException($"It is larger than {maxBytes / (1024 * 1024)} MiB, which no listing of one account is. Check which file this is.");
            }

            await bytes.WriteAsync(buffer.AsMemory(0, read), cancellationToken);
        }

        return bytes.GetBuffer().AsMemory(0, (int)bytes.Length);
    }
}
