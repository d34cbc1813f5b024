using System.Text.Json;
using Amazon.Lambda.Core;
using OriginWatch.Aws.History;
using OriginWatch.History.Routing;
using OriginWatch.Inventory.Organization;
using OriginWatch.Text;

namespace OriginWatch.Aws.Organization.Steps;

/// <summary>The first step: which accounts there are, and which of them are read.</summary>
public sealed class ListHandler
{
    private readonly StepDependencies _parts;

    public ListHandler()
        : this(new StepDependencies()) { }

    internal ListHandler(StepDependencies parts) => _parts = parts;

    public async Task<ListAnswer> HandleAsync(ListRequest request, ILambdaContext context)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(context);
        var keys = RunKeys.Of(request.Run);
        using var deadline = StepDeadline.Of(context, _parts.Time);
        var clients = _parts.Clients();
        using var storage = clients.Storage();
        using var organizations = clients.Organizations();
        var files = _parts.Files(storage, context.InvokedFunctionArn);
        var routes = await RoutesAsync(files, deadline.Token);
        var accounts = new OrganizationAccounts(organizations) { NeedsPaths = routes.NeedsPaths };
        var listed = await accounts.ReadAsync(_parts.Settings.Filter, deadline.Token);
        var document = new OrganizationDocument
        {
            OrganizationId = accounts.OrganizationId,
            ScannedBy = FunctionArn.AccountOf(context.InvokedFunctionArn) ?? "unknown",
            StartedAt = request.StartedAt ?? _parts.Time.GetUtcNow(),
            Accounts =
            [
                .. listed.Select(account => new ListedAccountDocument(
                    account.Account.Id,
                    account.Account.Name,
                    account.Account.Path,
                    account.SkippedBecause
                )),
            ],
            TagRoutes = routes.TagPatterns.Count == 0 ? null : [.. routes.Routes.Select(RouteDocument.Of)],
        };
        IReadOnlyList<AccountItem> items =
        [
            .. listed
                .Where(account => account.SkippedBecause is null)
                .Select(account => new AccountItem
                {
                    Id = account.Account.Id,
                    Name = account.Account.Name,
                    Tags = routes.MayNeedTagsOf(account.Account),
                }),
        ];
        await files.WriteAsync(keys.Organization, document.Write(), deadline.Token);
        await files.WriteAsync(
            keys.Accounts,
            JsonSerializer.SerializeToUtf8Bytes(items, StepJson.Default.IReadOnlyListAccountItem),
            deadline.Token
        );
        return new()
        {
            Run = request.Run!,
            AccountsKey = keys.Accounts,
            Accounts = items.Count,
        };
    }

    /// <summary>What is wrong with the file is for the last step to say, which also says where paths are missing.</summary>
    private static async Task<RouteTable> RoutesAsync(BucketFiles files, CancellationToken cancellationToken)
    {
        try
        {
            return await files.ReadAsync(BucketPlace.RoutesKey, RouteFile.MaxBytes, cancellationToken) is { } content
                ? RouteFile.Parse(content)
                : RouteTable.Empty;
        }
        catch (OperatorException)
        {
            return RouteTable.Empty;
        }
    }
}
