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
                ? new AccountItem
                {
                    Id = id,
                    Name = request.Account.Name,
                    Tags = request.Account.Tags,
                }
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
        AccountItem account,
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
            var saved = await SavedAccount.ReadAsync(
                new(new(account.Id, account.Name), member),
                StepDeadline.Left(context, Reserve),
                _parts.Time,
                cancellationToken
            );
            return opened[0].Opened is { } inventory && saved.Listing is { } listing
                ? saved with
                {
                    Listing = await AskAsync(listing, account, inventory, files, keys, context, cancellationToken),
                }
                : saved;
        }
        finally
        {
            opened.ForEach(inventory => inventory.Dispose());
        }
    }

    /// <summary>What the last step would ask, if it could.</summary>
    private async Task<Listing> AskAsync(
        Listing listing,
        AccountItem account,
        AwsInventory inventory,
        BucketFiles files,
        RunKeys keys,
        ILambdaContext context,
        CancellationToken cancellationToken
    )
    {
        AccountAnswers Answers()
        {
            var left = StepDeadline.Left(context, Reserve);
            return new(inventory, left < _parts.AnswerLimit ? left : _parts.AnswerLimit, _parts.Time);
        }

        if (account.Tags)
        {
            try
            {
                var organization = await SavedOrganization.ListAsync(files, keys, cancellationToken);
                var listed = organization.Accounts.FirstOrDefault(other => other.Id == account.Id)?.Account ?? new(account.Id);
                listing = await Answers().AddTagsAsync(listing, listed, organization.Routes, cancellationToken);
            }
            catch (OperatorException exception)
            {
                listing = listing with { TagsUnreadBecause = exception.Message };
            }
        }

        return _parts.Settings.ReadsMetrics ? await Answers().AddTrafficAsync(listing, cancellationToken) : listing;
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
