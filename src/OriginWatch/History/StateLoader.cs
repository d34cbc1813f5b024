namespace OriginWatch.History;

/// <summary>A state and the version under which it is stored.</summary>
internal sealed record SavedState(RunState State, string Version);

/// <summary>What was found where the state should be.</summary>
/// <param name="State">Null for a first run, after something unusable, and where reading failed.</param>
/// <param name="Version">What the next conditional write must name.</param>
internal sealed record LoadedState(RunState? State, string? Version)
{
    /// <summary>Why there is no history although there may be a state; null when all is well.</summary>
    public string? Missing { get; init; }

    public IReadOnlyList<string> Notices { get; init; } = [];
    public IReadOnlyList<Exception> Failures { get; init; } = [];
}

/// <summary>Reads the state, and keeps aside what is there but is none.</summary>
internal static class StateLoader
{
    /// <exception cref="RunStoreException">A newer version wrote the state.</exception>
    public static async Task<LoadedState> LoadAsync(IRunStore store, CancellationToken cancellationToken)
    {
        StoredState? stored;
        try
        {
            stored = await store.ReadStateAsync(cancellationToken);
        }
        catch (RunStoreException exception)
        {
            return Missing($"History could not be read, so it is not known what is new: {exception.Message}", exception);
        }

        return stored is null
            ? new(null, null)
            : RunStateJson.Read(stored.Content) switch
            {
                StateReading.Usable(var state) => new(state, stored.Version),
                StateReading.Unusable(var reason) => await KeepAsideAsync(store, stored.Version, reason, cancellationToken),
                StateReading.NewerSchema(var schema) => throw new RunStoreException(
                    $"{store.Location} has schema {schema}, and this version of OriginWatch knows schemas up to "
                        + $"{RunState.CurrentSchema}: a newer version wrote it. "
                        + "Run that version, or move the object away to start anew."
                ),
                _ => throw new System.Diagnostics.UnreachableException(),
            };
    }

    /// <summary>What cannot be used is copied before anything replaces it; where that fails, it is not replaced.</summary>
    public static async Task<LoadedState> KeepAsideAsync(
        IRunStore store,
        string version,
        string reason,
        CancellationToken cancellationToken
    )
    {
        try
        {
            var aside = await store.KeepStateAsideAsync(cancellationToken);
            return new(null, version)
            {
                Notices =
                [
                    $"The state in {store.Location} could not be used ({reason}). "
                        + $"It was kept as {aside}, and history starts anew: everything below counts as new.",
                ],
            };
        }
        catch (RunStoreException exception)
        {
            return Missing(
                $"The state in {store.Location} could not be used ({reason}) and could not be kept aside either, "
                    + $"so it was left alone: {exception.Message}",
                exception
            );
        }
    }

    /// <summary>A folder that served another account would turn everything there into "gone".</summary>
    public static async Task<RunStart> RejectForeignAsync(
        IRunStore store,
        RunStart start,
        string? accountId,
        CancellationToken cancellationToken
    ) =>
        start.Previous is { } previous && previous.AccountId != accountId
            ? start.With(
                await KeepAsideAsync(
                    store,
                    start.Version!,
                    $"it belongs to account {previous.AccountId ?? "unknown"} and this run to {accountId ?? "unknown"}",
                    cancellationToken
                )
            )
            : start;

    private static LoadedState Missing(string sentence, RunStoreException exception) =>
        new(null, null) { Missing = sentence, Failures = [exception] };
}
