using OriginWatch.Inventory;
using OriginWatch.Inventory.Organization;
using OriginWatch.Inventory.Saved;

namespace OriginWatch.Aws.Organization.Steps;

/// <summary>The inventories that the gather steps left, read as one process would read the accounts.</summary>
internal static class SavedOrganization
{
    /// <summary>Far more than reading a file takes: a bucket that is slower fails the step.</summary>
    private static readonly TimeSpan FileLimit = TimeSpan.FromMinutes(4);

    public static async Task<OrganizationDocument> ListAsync(IRunFiles files, RunKeys keys, CancellationToken cancellationToken) =>
        OrganizationDocument.Read(await files.ReadAsync(keys.Organization, OrganizationDocument.MaxBytes, cancellationToken));

    public static OrganizationInventory Inventory(OrganizationDocument organization, IRunFiles files, RunKeys keys, TimeProvider time) =>
        new(
            _ =>
                Task.FromResult(
                    new AccountList(organization.ScannedBy, [.. organization.Accounts.Select(account => Source(account, files, keys))])
                ),
            FileLimit,
            time
        );

    private static AccountSource Source(ListedAccountDocument account, IRunFiles files, RunKeys keys) =>
        account.SkippedBecause is { } reason
            ? new(account.Account, Inventory: null, reason)
            : new(account.Account, new SavedInventory(account.Id, token => ReadAsync(account.Id, files, keys, token)));

    /// <summary>A function that crashed left nothing, and the state machine what it knows of that.</summary>
    private static async Task<ReadOnlyMemory<byte>> ReadAsync(
        string accountId,
        IRunFiles files,
        RunKeys keys,
        CancellationToken cancellationToken
    )
    {
        if (await files.ReadAsync(keys.Inventory(accountId), SavedAccountFile.MaxBytes, cancellationToken) is { } saved)
        {
            return saved;
        }

        var failure = StepFailure.Read(await files.ReadAsync(keys.AccountFailure(accountId), StepFailure.MaxBytes, cancellationToken));
        throw new InventoryException(
            $"The step that reads it ended without a result ({failure?.Reason ?? "no reason is known"}). "
                + "Open the execution in Step Functions to see its log, and give the function more memory or time if that "
                + "is what it lacked."
        );
    }
}
