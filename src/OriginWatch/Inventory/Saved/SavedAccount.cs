using System.Text.Json.Serialization;
using OriginWatch.Inventory.Organization;

namespace OriginWatch.Inventory.Saved;

/// <summary>An account as it was read, or the reason why it was not: what one step of an organization's run leaves for the next.</summary>
/// <param name="AccountId">Twelve digits.</param>
/// <param name="Outcome">Never skipped: what is skipped is not read.</param>
/// <param name="Reason">Null where it was read.</param>
/// <param name="Listing">Null where it was not.</param>
public sealed record SavedAccount(string AccountId, AccountOutcome Outcome, string? Reason, Listing? Listing)
{
    [JsonPropertyOrder(-1)]
    public string Format { get; init; } = SavedAccountFile.FormatName;

    [JsonPropertyOrder(-1)]
    public int Schema { get; init; } = SavedAccountFile.CurrentSchema;

    /// <summary>Reads the account as a scan of several does: whatever becomes of it is in the answer.</summary>
    public static async Task<SavedAccount> ReadAsync(
        AccountSource source,
        TimeSpan limit,
        TimeProvider time,
        CancellationToken cancellationToken
    )
    {
        ArgumentNullException.ThrowIfNull(source);
        var read = await OrganizationInventory.ReadAsync(source, limit, time, cancellationToken);
        return new(source.Account.Id, read.Reading.Outcome, read.Reading.Reason, read.Listing);
    }
}
