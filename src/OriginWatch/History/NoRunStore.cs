namespace OriginWatch.History;

/// <summary>For installations that remember nothing: every run is the first one, and what it would keep is dropped.</summary>
public sealed class NoRunStore : IRunStore
{
    public string Location => "(no history is kept)";

    public bool KeepsHistory => false;

    public Task<StoredState?> ReadStateAsync(CancellationToken cancellationToken) => Task.FromResult<StoredState?>(null);

    public Task<StateWrite> WriteStateAsync(ReadOnlyMemory<byte> content, string? expected, CancellationToken cancellationToken) =>
        Task.FromResult(StateWrite.Written("none"));

    public Task<string> KeepStateAsideAsync(CancellationToken cancellationToken) => Task.FromResult(Location);

    public Task WriteReportAsync(ReportObject report, CancellationToken cancellationToken) => Task.CompletedTask;

    public Task<ReadOnlyMemory<byte>?> ReadSuppressionsAsync(CancellationToken cancellationToken) =>
        Task.FromResult<ReadOnlyMemory<byte>?>(null);
}
