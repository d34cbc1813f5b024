namespace OriginWatch.Inventory;

/// <summary>Reads a whole file, never more than a bound: a device or a pipe has no length to ask for.</summary>
public static class BoundedFile
{
    /// <summary>How long a pipe may be silent.</summary>
    internal static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    public static Task<ReadOnlyMemory<byte>> ReadAsync(string path, long maxBytes, CancellationToken cancellationToken) =>
        ReadAsync(path, maxBytes, TimeProvider.System, cancellationToken);

    internal static async Task<ReadOnlyMemory<byte>> ReadAsync(
        string path,
        long maxBytes,
        TimeProvider time,
        CancellationToken cancellationToken
    )
    {
        if (Directory.Exists(path))
        {
            throw new InventoryException("This is a directory. Name a file in it.");
        }

        try
        {
            await using var file = await OpenAsync(path, time, cancellationToken);
            return await ReadAsync(file, maxBytes, time, cancellationToken);
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new InventoryException("There is no such file.", exception);
        }
        catch (TimeoutException exception)
        {
            throw new InventoryException(
                $"It is a pipe or a device that sent nothing for {Patience.TotalSeconds:0} seconds. "
                    + "Give a file, or a pipe that something writes to and closes.",
                exception
            );
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

    /// <summary>To open a pipe waits for somebody who writes to it, and nothing interrupts that: the waiting thread is left
    /// behind.</summary>
    internal static async Task<FileStream> OpenAsync(string path, TimeProvider time, CancellationToken cancellationToken)
    {
        var opening = Task.Factory.StartNew(
            () =>
                new FileStream(
                    path,
                    FileMode.Open,
                    FileAccess.Read,
                    FileShare.ReadWrite | FileShare.Delete,
                    1,
                    FileOptions.Asynchronous | FileOptions.SequentialScan
                ),
            cancellationToken,
            TaskCreationOptions.LongRunning,
            TaskScheduler.Default
        );
        try
        {
            return await opening.WaitAsync(Patience, time, cancellationToken);
        }
        catch (Exception exception) when (exception is TimeoutException or OperationCanceledException)
        {
            _ = opening.ContinueWith(
                late => late.Result.Dispose(),
                CancellationToken.None,
                TaskContinuationOptions.OnlyOnRanToCompletion,
                TaskScheduler.Default
            );
            throw;
        }
    }

    public static Task<ReadOnlyMemory<byte>> ReadAsync(Stream file, long maxBytes, CancellationToken cancellationToken) =>
        ReadAsync(file, maxBytes, TimeProvider.System, cancellationToken);

    private static async Task<ReadOnlyMemory<byte>> ReadAsync(
        Stream file,
        long maxBytes,
        TimeProvider time,
        CancellationToken cancellationToken
    )
    {
        using var bytes = new MemoryStream(file.CanSeek ? (int)Math.Min(file.Length, maxBytes) : 0);
        var buffer = new byte[128 * 1024];
        int read;
        while ((read = await file.ReadAsync(buffer, cancellationToken).AsTask().WaitAsync(Patience, time, cancellationToken)) > 0)
        {
            if (bytes.Length + read > maxBytes)
            {
                throw new InventoryException(
                    $"It is larger than {(maxBytes < 1024 * 1024 ? $"{maxBytes / 1024} KiB" : $"{maxBytes / (1024 * 1024)} MiB")}, which no such file is. Check which file this is."
                );
            }

            await bytes.WriteAsync(buffer.AsMemory(0, read), cancellationToken);
        }

        return bytes.GetBuffer().AsMemory(0, (int)bytes.Length);
    }
}
