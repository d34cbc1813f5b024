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

                var content = await PrivateFiles.ReadAsync(Location, RunStateJson.MaxBytes, cancellationToken);
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

                PrivateFiles.RemoveLeftovers(Location);
                await PrivateFiles.ReplaceAsync(Location, file => file.WriteAsync(content, cancellationToken).AsTask());
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
                await PrivateFiles.ReplaceAsync(path, file => report.Content.CopyToAsync(file, cancellationToken));
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

    private async Task<string?> CurrentVersionAsync(CancellationToken cancellationToken) =>
        File.Exists(Location)
            ? VersionOf(SHA256.HashData((await PrivateFiles.ReadAsync(Location, RunStateJson.MaxBytes, cancellationToken)).Span))
            : null;

    private static string VersionOf(byte[] hash) => Convert.ToHexStringLower(hash);

    private async Task<FileStream> LockAsync(CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(_folder);
        var path = Path.Combine(_folder, LockFile);
        for (var since = time.GetTimestamp(); ; )
        {
            try
            {
                return PrivateFiles.Open(
                    path,
                    new()
                    {
                        Mode = FileMode.OpenOrCreate,
                        Access = FileAccess.ReadWrite,
                        Share = FileShare.None,
                    }
                );
            }
            catch (IOException exception) when (exception is not (DirectoryNotFoundException or PathTooLongException))
            {
                if (time.GetElapsedTime(since) > LockPatience)
                {
                    throw new RunStoreException(
                        $"Another run has been holding {path} for more than {LockPatience.TotalSeconds:0} seconds. "
                            + "Wait until it has ended.",
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
                $"The run store failed while {doing}: {exception.Message.TrimEnd('.').Replace("\n", " ", Ordinal)}. "
                    + "Check that the folder exists, may be written and is not full.",
                exception
            );
        }
    }
}
