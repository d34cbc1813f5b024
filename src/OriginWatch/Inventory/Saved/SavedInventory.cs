using OriginWatch.Inventory.Organization;

namespace OriginWatch.Inventory.Saved;

/// <summary>An account whose inventory an earlier step has saved: reading it has the outcome that reading the account had.</summary>
/// <param name="accountId">Whose it must be.</param>
/// <param name="read">The file; <see cref="InventoryException"/> where there is none.</param>
public sealed class SavedInventory(string accountId, Func<CancellationToken, Task<ReadOnlyMemory<byte>>> read) : IAccountInventory
{
    public async Task<Listing> ReadAsync(CancellationToken cancellationToken)
    {
        var saved = SavedAccountFile.Read(await read(cancellationToken));
        return saved.AccountId != accountId
            ? throw new InventoryException($"The saved inventory is that of account {saved.AccountId}. Start the run again.")
            : saved.Listing ?? throw new InventoryException(saved.Reason!) { IsDenied = saved.Outcome == AccountOutcome.Denied };
    }

    /// <summary>They were read with the account that uses them, and what could not be is among its remarks.</summary>
    public Task<(IReadOnlyDictionary<string, VpcOriginEndpoint> Found, IReadOnlyList<string> Remarks)> ReadVpcOriginsAsync(
        IReadOnlyCollection<string> ids,
        CancellationToken cancellationToken
    ) =>
        Task.FromResult<(IReadOnlyDictionary<string, VpcOriginEndpoint>, IReadOnlyList<string>)>(
            (new Dictionary<string, VpcOriginEndpoint>(StringComparer.Ordinal), [])
        );
}
