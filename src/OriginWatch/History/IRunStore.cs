using OriginWatch.Text;

namespace OriginWatch.History;

/// <summary>
/// Where a run's memory lives: S3 in AWS, a folder for the command line.
/// <para>
/// Every member throws <see cref="RunStoreException"/> when the store itself fails (denied, unreachable, disk full); its message names the
/// object and says what to do.
/// Nothing else may escape but <see cref="OperationCanceledException"/>. A member that threw may or may not have taken effect; callers
/// allow for both.
/// </para>
/// </summary>
public interface IRunStore
{
    /// <summary>Where the state lies, for people: an address or a path.</summary>
    string Location { get; }

    /// <summary>False where nothing is remembered, so that no run can say what is new.</summary>
    bool KeepsHistory => true;

    /// <summary>
    /// The state as it is now, with the version that a conditional write must name (S3: the ETag); null when there is none, which is a
    /// first run.
    /// No more than <see cref="RunStateJson.MaxBytes"/> + 1 bytes are read: a longer object comes back cut, and is then taken for corrupt.
    /// An object that exists but may not be read is a failure, never null.
    /// </summary>
    Task<StoredState?> ReadStateAsync(CancellationToken cancellationToken);

    /// <summary>
    /// Replaces the state, whole or not at all, if it still has version <paramref name="expected"/>; with null, if there is none yet (S3:
    /// If-Match, If-None-Match: *).
    /// Anything else that happened in between, 409 and 412 alike, is <see cref="StateWrite.Conflict"/>: the caller reads again.
    /// </summary>
    Task<StateWrite> WriteStateAsync(ReadOnlyMemory<byte> content, string? expected, CancellationToken cancellationToken);

    /// <summary>
    /// Copies the state as it is now to a name of its own beside it, which nothing overwrites or expires, and returns where that is, for
    /// people.
    /// The state itself stays, so that a kill in between loses nothing; the caller then replaces it conditionally.
    /// </summary>
    Task<string> KeepStateAsideAsync(CancellationToken cancellationToken);

    /// <summary>Writes or overwrites a report under <c>reports/</c>.</summary>
    Task WriteReportAsync(ReportObject report, CancellationToken cancellationToken);

    /// <summary>The suppressions file, cut after <see cref="SuppressionFile.MaxBytes"/> + 1 bytes; null when there is none.</summary>
    Task<ReadOnlyMemory<byte>?> ReadSuppressionsAsync(CancellationToken cancellationToken);

    /// <summary>The routes file, cut after <see cref="Routing.RouteFile.MaxBytes"/> + 1 bytes; null when there is none, and where mails
    /// have one way only.</summary>
    Task<ReadOnlyMemory<byte>?> ReadRoutesAsync(CancellationToken cancellationToken) => Task.FromResult<ReadOnlyMemory<byte>?>(null);
}

/// <param name="Content">UTF-8 as stored.</param>
/// <param name="Version">Opaque; equal only for the same write.</param>
public sealed record StoredState(ReadOnlyMemory<byte> Content, string Version);

/// <summary>What became of a conditional write.</summary>
public readonly record struct StateWrite
{
    /// <summary>Somebody else wrote first, or is writing.</summary>
    public static readonly StateWrite Conflict;

    /// <summary>The version now stored; null for a conflict.</summary>
    public string? Version { get; private init; }

    public static StateWrite Written(string version) => new() { Version = version };
}

/// <param name="Name">Relative, with forward slashes, without <c>..</c>; the store puts it under <c>reports/</c>.</param>
/// <param name="Content">The whole object, from the stream's position on; seekable, and closed by whoever asked for the report.</param>
/// <param name="ContentType">E.g. <c>text/html; charset=utf-8</c>.</param>
public sealed record ReportObject(string Name, Stream Content, string ContentType);

/// <summary>The store failed. The message is for the operator and says what to do.</summary>
public sealed class RunStoreException : OperatorException
{
    public RunStoreException() { }

    public RunStoreException(string message)
        : base(message) { }

    public RunStoreException(string message, Exception innerException)
        : base(message, innerException) { }
}
