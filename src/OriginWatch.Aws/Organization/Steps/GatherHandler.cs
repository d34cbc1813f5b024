using Amazon.Lambda.Core;
using OriginWatch.Inventory;
using OriginWatch.Inventory.Organization;
using OriginWatch.Inventory.Saved;
using OriginWatch.Text;

namespace OriginWatch.Aws.Organization.Steps;

/// <summary>Reads one account through its role and saves what it read, or why it could not: a denied account is a result, not a failed
/// step.</summary>
public sealed class GatherHandler
{
    /// <summary>For saving the result.</summary>
    private static readonly TimeSpan Reserve = TimeSpan.FromSeconds(20);

    private readonly StepDependencies _parts;

    public GatherHandler()
        : this(new StepDependencies()) { }

    internal GatherHandler(StepDependencies parts) => _parts = parts;

    public async Task<GatherAnswer> HandleAsync(GatherRequest request, ILambdaContext context)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(context);
        var keys = RunKeys.Of(request.Run);
        var account =
            request.Account is { Id: { } id } && AccountFilter.IsAccountId(id)
                ? new Account(id, request.Account.Name)
                : throw new OperatorException(
                    "The event's account must have an id of twelve digits. Start the state machine, not the function."
                );
        using var deadline = StepDeadline.Of(context, _parts.Time);
        var clients = _parts.Clients();
        using var storage = clients.Storage();
        var files = _parts.Files(storage, context.InvokedFunctionArn);
        var saved = await ReadAsync(account, clients, files, keys, context, deadline.Token);
        await files.WriteAsync(keys.Inventory(account.Id), SavedAccountFile.Write(saved), deadline.Token);
        return new()
        {
            Outcome = saved.Outcome switch
            {
                AccountOutcome.Read => "read",
                AccountOutcome.Denied => "denied",
                _ => "failed",
            },
        };
    }

    private async Task<SavedAccount> ReadAsync(
        Account account,
        AwsClients clients,
        BucketFiles files,
        RunKeys keys,
        ILambdaContext context,
        CancellationToken cancellationToken
    )
    {
        var settings = _parts.Settings;
        using var securityToken = clients.SecurityToken();
        var opened = new List<MemberInventory>();
        try
        {
            MemberInventory Open(string id)
            {
                var role =
                    id == FunctionArn.AccountOf(context.InvokedFunctionArn)
                        ? null
                        : new MemberRole(
                            $"arn:{FunctionArn.PartitionOf(context.InvokedFunctionArn)}:iam::{id}:role/{settings.RoleName}",
                            id,
                            settings.ExternalId
                        );
                opened.Add(new(clients, securityToken, role, settings.ReadsClientCertificates));
                return opened[^1];
            }

            var member = new SharingInventory(
                Open(account.Id),
                token => OwnersAsync(files, keys, token),
                (owner, token) => TryOpenAsync(Open(owner), token)
            );
            return await SavedAccount.ReadAsync(new(account, member), StepDeadline.Left(context, Reserve), _parts.Time, cancellationToken);
        }
        finally
        {
            opened.ForEach(inventory => inventory.Dispose());
        }
    }

    private static async Task<IAccountInventory?> TryOpenAsync(MemberInventory owner, CancellationToken cancellationToken)
    {
        try
        {
            await owner.OpenAsync(cancellationToken);
            return owner;
        }
        catch (InventoryException)
        {
            return null;
        }
    }

    /// <summary>The accounts of the run: VPC origins of others are not asked for there.</summary>
    private static async Task<IReadOnlySet<string>> OwnersAsync(BucketFiles files, RunKeys keys, CancellationToken cancellationToken) =>
        (await SavedOrganization.ListAsync(files, keys, cancellationToken))
            .Accounts.Where(account => account.SkippedBecause is null)
            .Select(account => account.Id)
            .ToHashSet(StringComparer.Ordinal);
}
