using Amazon.Organizations;
using OriginWatch.Inventory;
using OriginWatch.Inventory.Organization;
using Sdk = Amazon.Organizations.Model;

namespace OriginWatch.Aws.Organization;

/// <summary>An account of the organization, and why it is not scanned; null where it is.</summary>
internal sealed record ListedAccount(Account Account, string? SkippedBecause);

/// <summary>The accounts of the organization (<c>organizations:ListAccounts</c>), all pages or an exception.</summary>
internal sealed class OrganizationAccounts(AmazonOrganizationsClient client)
{
    /// <summary>AWS's largest page.</summary>
    private const int PageSize = 20;

    /// <summary>Twice AWS's quota of 50,000 accounts, in pages that may be empty.</summary>
    private const int MostPages = 10_000;

    private readonly Dictionary<string, string> _parents = new(StringComparer.Ordinal);

    /// <summary>Of the organization that was listed, out of the accounts' ARNs (<c>arn:aws:organizations::…:account/o-…/…</c>); null where
    /// they do not say.</summary>
    public string? OrganizationId { get; private set; }

    /// <summary>True where the accounts' paths must be known, whatever the filter asks for.</summary>
    public bool NeedsPaths { get; init; }

    /// <exception cref="InventoryException">They could not be listed in full, or paths are needed that could not be read.</exception>
    public async Task<IReadOnlyList<ListedAccount>> ReadAsync(AccountFilter filter, CancellationToken cancellationToken)
    {
        var listed = new List<ListedAccount>();
        foreach (var account in await PagesAsync(cancellationToken))
        {
            OrganizationId ??= account.Arn?.Split(':', '/').FirstOrDefault(part => part.StartsWith("o-", StringComparison.Ordinal));
            var known = new Account(account.Id!, account.Name) { Path = PathOf(account) };
            if (known.Path is null && (NeedsPaths || filter.NeedsPaths))
            {
                known = known with { Path = await WalkAsync(known.Id, cancellationToken) };
            }

            listed.Add(new(known, InactiveBecause(account) ?? filter.ExcludedBecause(known)));
        }

        return listed;
    }

    private async Task<IReadOnlyList<Sdk.Account>> PagesAsync(CancellationToken cancellationToken)
    {
        var found = new OrderedDictionary<string, Sdk.Account>(StringComparer.Ordinal);
        string? token = null;
        for (var page = 1; page <= MostPages; page++)
        {
            var request = new Sdk.ListAccountsRequest { NextToken = token, MaxResults = PageSize };
            var answer = await AwsCall.RequireAsync(
                IamActions.ListAccounts,
                inner => client.ListAccountsAsync(request, inner),
                cancellationToken
            );
            foreach (var account in answer.Accounts ?? [])
            {
                found.TryAdd(
                    account.Id
                        ?? throw new InventoryException(
                            $"The answer to {IamActions.ListAccounts} holds an account without an id: something else than AWS answered."
                        ),
                    account
                );
            }

            if (string.IsNullOrEmpty(answer.NextToken)) // an empty page with a token is not the last one
            {
                return [.. found.Values];
            }

            token = answer.NextToken;
        }

        throw new InventoryException($"The list of the organization's accounts does not end after {MostPages} pages. Nothing was scanned.");
    }

    /// <summary>Organizations retired <c>Status</c> in favor of <c>State</c> in September 2026. An account that is being closed still
    /// serves viewers.</summary>
    private static string? InactiveBecause(Sdk.Account account) =>
        (account.State?.Value ?? account.Status?.Value) switch
        {
            "ACTIVE" or "PENDING_CLOSURE" or null => null,
            "CLOSED" => "the account is closed",
            "SUSPENDED" => "the account is suspended",
            "PENDING_ACTIVATION" => "the account is not active yet",
            var other => $"the account is in a state that this version does not know: {other}",
        };

    private static string? PathOf(Sdk.Account account) => account.Paths is [{ Length: > 0 } path, ..] ? WithoutAccount(path) : null;

    private static string WithoutAccount(string path)
    {
        var trimmed = path.Trim('/');
        return trimmed.Split('/') is [.., var last] segments && AccountFilter.IsAccountId(last)
            ? string.Join('/', segments[..^1])
            : trimmed;
    }

    /// <summary>Where the listing has no paths; each unit is asked for its parent once.</summary>
    private async Task<string> WalkAsync(string child, CancellationToken cancellationToken)
    {
        var units = new List<string>();
        for (var at = child; !at.StartsWith("r-", StringComparison.Ordinal) && units.Count <= MostLevels; units.Insert(0, at))
        {
            at = await ParentAsync(at, cancellationToken);
        }

        return string.Join('/', units);
    }

    /// <summary>The root and five levels of organizational units.</summary>
    private const int MostLevels = 6;

    private async Task<string> ParentAsync(string child, CancellationToken cancellationToken)
    {
        if (!_parents.TryGetValue(child, out var parent))
        {
            var answer = await AwsCall.RequireAsync(
                IamActions.ListParents,
                token => client.ListParentsAsync(new Sdk.ListParentsRequest { ChildId = child }, token),
                cancellationToken
            );
            parent = answer.Parents is [{ Id: { Length: > 0 } id }, ..]
                ? id
                : throw new InventoryException(
                    $"{IamActions.ListParents} names no parent of {child}, so nobody can say in which organizational "
                        + "unit it is. Filter by account id instead."
                );
            _parents[child] = parent;
        }

        return parent;
    }
}
