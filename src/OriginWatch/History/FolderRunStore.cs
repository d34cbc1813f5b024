using System.Globalization;
using System.Security.Cryptography;
using OriginWatch.Inventory;
using static System.StringComparison;

namespace OriginWatch.History;

/// <summary>
/// A run store in a folder, for the command line. The version of the state is the hash of its bytes; a write happens under an exclusive
/// lock and ends in a rename.
/// The lock belongs to the open handle and not to the file: a run that was killed leaves a file behind, but no lock.
/// </summary>
/// <param name="folder">Created when it does not exist.</param>
/// <param name="suppressions">The suppressions file; null for none. One that is named must exist.</param>
/// <param name="time">For the wait for the lock and the names of what is kept aside.</param>
public sealed class FolderRunStore(string folder, string? suppressions, TimeProvider time) : IRunStore
{
    private const string StateFile = "state.json";
    private const string LockFile = "lock";
    private const string ReportsFolder = "reports";
    private static readonly TimeSpan LockPatience = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan LockRetry = TimeSpan.FromMilliseconds(50);
    private readonly string _folder = Path.GetFullPath(folder);

    public string Location => Path.Combine(_folder, StateFile);

    public Task<StoredState?> ReadStateAsync(CancellationToken cancellationToken) =>
        GuardAsync(
            $"reading {Location}",
            async () =>
            {
                if (!File.Exists(Location))
                {
                    return null;
                }

                await using var file = await OpenAsync(Location, cancellationToken);
                var content = await ReadAsync(file, RunStateJson.MaxBytes, cancellationToken);
                return new StoredState(content, VersionOf(SHA256.HashData(content.Span)));
            }
        );

    public Task<StateWrite> WriteStateAsync(ReadOnlyMemory<byte> content, string? expected, CancellationToken cancellationToken) =>
        GuardAsync(
            $"writing {Location}",
            async () =>
            {
                await using var held = await LockAsync(cancellationToken);
                if (await CurrentVersionAsync(cancellationToken) != expected)
                {
                    return StateWrite.Conflict;
                }

                RemoveLeftovers();
                await ReplaceAsync(Location, file => file.WriteAsync(content, cancellationToken).AsTask());
                return StateWrite.Written(VersionOf(SHA256.HashData(content.Span)));
            }
        );

    public Task<string> KeepStateAsideAsync(CancellationToken cancellationToken) =>
        GuardAsync(
            $"keeping {Location} aside",
            async () =>
            {
                await using var held = await LockAsync(cancellationToken);
                var stamp = time.GetUtcNow().UtcDateTime.ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture);
                for (var number = 1; ; number++)
                {
                    var aside = Path.Combine(_folder, $"state-kept-{stamp}{(number == 1 ? "" : $"-{number}")}.json");
                    if (!File.Exists(aside))
                    {
                        File.Copy(Location, aside, overwrite: false);
                        return aside;
                    }
                }
            }
        );

    public Task WriteReportAsync(ReportObject report, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(report);
        if (report.Name.Split('/').Any(part => part is "" or "." or "..") || report.Name.AsSpan().IndexOfAny("\\:\0") >= 0)
        {
            throw new ArgumentException($"\"{report.Name}\" is not a relative name.", nameof(report));
        }

        var path = Path.Combine(_folder, ReportsFolder, Path.Combine(report.Name.Split('/')));
        return GuardAsync(
            $"writing {path}",
            async () =>
            {
                Directory.CreateDirectory(Path.GetDirectoryName(path)!);
                await ReplaceAsync(path, file => report.Content.CopyToAsync(file, cancellationToken));
                return true;
            }
        );
    }

    public Task<ReadOnlyMemory<byte>?> ReadSuppressionsAsync(CancellationToken cancellationToken) =>
        GuardAsync<ReadOnlyMemory<byte>?>(
            $"reading {suppressions}",
            async () =>
            {
                if (suppressions is null)
                {
                    return null;
                }

                return await BoundedFile.ReadAsync(suppressions, SuppressionFile.MaxBytes, cancellationToken);
            }
        );

    /// <summary>What is remembered of an account is for its user alone.</summary>
    private static FileStreamOptions Private(FileStreamOptions options)
    {
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        return options;
    }

    private static async Task<FileStream> OpenAsync(string path, CancellationToken cancellationToken)
    {
        var file = await BoundedFile.OpenAsync(path, TimeProvider.System, cancellationToken);
        return file.CanSeek ? file : throw new IOException("it is a pipe or a device, not a file");
    }

    /// <summary>One byte more than <paramref name="bound"/> where the file is too long.</summary>
    private static async Task<ReadOnlyMemory<byte>> ReadAsync(FileStream file, int bound, CancellationToken cancellationToken)
    {
        var content = new byte[Math.Min(file.Length, bound + 1L)];
        var length = await file.ReadAtLeastAsync(content, content.Length, throwOnEndOfStream: false, cancellationToken);
        return content.AsMemory(0, length);
    }

    private async Task<string?> CurrentVersionAsync(CancellationToken cancellationToken)
    {
        if (!File.Exists(Location))
        {
            return null;
        }

        await using var file = await OpenAsync(Location, cancellationToken);
        return VersionOf(SHA256.HashData((await ReadAsync(file, RunStateJson.MaxBytes, cancellationToken)).Span));
    }

    /// <summary>Of runs that were killed while they wrote; under the lock, nobody else is writing.</summary>
    private void RemoveLeftovers()
    {
        foreach (var leftover in Directory.EnumerateFiles(_folder, $"{StateFile}.*.tmp"))
        {
            File.Delete(leftover);
        }
    }

    private static string VersionOf(byte[] hash) => Convert.ToHexStringLower(hash);

    /// <summary>Readers see the old content or the new, never a part; the content is on the disk before its name is.</summary>
    private static async Task ReplaceAsync(string path, Func<FileStream, Task> write)
    {
        var temporary = $"{path}.{Guid.NewGuid():n}.tmp";
        try
        {
            await using (
                var file = new FileStream(
                    temporary,
                    Private(
                        new()
                        {
                            Mode = FileMode.CreateNew,
                            Access = FileAccess.Write,
                            Share = FileShare.None,
                            BufferSize = 0,
                            Options = FileOptions.WriteThrough | FileOptions.Asynchronous,
                        }
                    )
                )
            )
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

    private async Task<FileStream> LockAsync(CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(_folder);
        var path = Path.Combine(_folder, LockFile);
        for (var since = time.GetTimestamp(); ; )
        {
            try
            {
                return new FileStream(
                    path,
                    Private(
                        new()
                        {
                            Mode = FileMode.OpenOrCreate,
                            Access = FileAccess.ReadWrite,
                            Share = FileShare.None,
                        }
                    )
                );
            }
            catch (IOException exception) when (exception is not (DirectoryNotFoundException or PathTooLongException))
            {
                if (time.GetElapsedTime(since) > LockPatience)
                {
                    throw new RunStoreException(
                        $"Another run has been holding {path} for more than {LockPatience.TotalSeconds:0} seconds. Wait until it has ended.",
                        exception
                    );
                }
            }

            await Task.Delay(LockRetry, time, cancellationToken);
        }
    }

    private static async Task<T> GuardAsync<T>(string doing, Func<Task<T>> act)
    {
        try
        {
            return await act();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or TimeoutException or InventoryException)
        {
            throw new RunStoreException(
                $"The run store failed while {doing}: {exception.Message.TrimEnd('.').Replace("\n", " ", Ordinal)}. Check that the folder exists, may be written and is not full.",
                exception
            );
        }
    }
}
