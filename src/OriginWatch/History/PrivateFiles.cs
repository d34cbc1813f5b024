using OriginWatch.Inventory;

namespace OriginWatch.History;

/// <summary>Files for their user alone, since what is remembered of an account is nobody else's business: read within a bound, and replaced
/// whole.</summary>
internal static class PrivateFiles
{
    public static FileStream Open(string path, FileStreamOptions options)
    {
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        return new(path, options);
    }

    /// <summary>One byte more than <paramref name="bound"/> where the file is too long.</summary>
    /// <exception cref="IOException">It cannot be read, or is no file.</exception>
    public static async Task<ReadOnlyMemory<byte>> ReadAsync(string path, int bound, CancellationToken cancellationToken)
    {
        await using var file = await BoundedFile.OpenAsync(path, TimeProvider.System, cancellationToken);
        if (!file.CanSeek)
        {
            throw new IOException("it is a pipe or a device, not a file");
        }

        var content = new byte[Math.Min(file.Length, bound + 1L)];
        var length = await file.ReadAtLeastAsync(content, content.Length, throwOnEndOfStream: false, cancellationToken);
        return content.AsMemory(0, length);
    }

    /// <summary>Readers see the old content or the new, never a part; the content is on the disk before its name is.</summary>
    public static async Task ReplaceAsync(string path, Func<FileStream, Task> write)
    {
        var temporary = $"{path}.{Guid.NewGuid():n}.tmp";
        try
        {
            var options = new FileStreamOptions
            {
                Mode = FileMode.CreateNew,
                Access = FileAccess.Write,
                Share = FileShare.None,
                BufferSize = 0,
                Options = FileOptions.WriteThrough | FileOptions.Asynchronous,
            };
            await using (var file = Open(temporary, options))
            {
                await write(file);
            }

            File.Move(temporary, path, overwrite: true);
        }
        finally
        {
            File.Delete(temporary);
        }
    }

    /// <summary>Removes what runs that were killed while they replaced the file have left; only while nobody else does.</summary>
    public static void RemoveLeftovers(string path)
    {
        foreach (var leftover in Directory.EnumerateFiles(Path.GetDirectoryName(path)!, $"{Path.GetFileName(path)}.*.tmp"))
        {
            File.Delete(leftover);
        }
    }
}
