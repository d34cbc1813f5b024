using System.Collections.Immutable;
using Amazon.Runtime.Credentials;
using Amazon.SecurityToken;
using Amazon.SecurityToken.Model;
using OriginWatch.Inventory;
using OriginWatch.Inventory.Organization;

namespace OriginWatch.Aws.Organization;

/// <summary>Which accounts are scanned, and how they are reached.</summary>
public abstract record AccountChoice
{
    private AccountChoice() { }

    /// <summary>Roles that the operator names, one an account.</summary>
    public sealed record Roles(IReadOnlyList<MemberRole> All) : AccountChoice;

    /// <summary>Every account of the organization, by a role of the same name in each; the scanning account itself needs none.</summary>
    public sealed record Organization(string RoleName, string? ExternalId, AccountFilter Filter) : AccountChoice;
}

/// <summary>The inventories of several accounts as one.</summary>
public sealed class AwsOrganization : IInventorySource, IDisposable
{
    /// <summary>An account at CloudFront's quotas takes seconds; throttling adds a minute or two.</summary>
    private static readonly TimeSpan AccountLimit = TimeSpan.FromMinutes(4);

    private readonly AwsClients _clients;
    private readonly AmazonSecurityTokenServiceClient _securityToken;
    private readonly AccountChoice _choice;
    private readonly bool _clientCertificates;
    private readonly OrganizationInventory _inventory;
    private readonly Dictionary<string, MemberInventory> _members = new(StringComparer.Ordinal);
    private ImmutableDictionary<string, string> _owners = ImmutableDictionary.Create<string, string>(StringComparer.Ordinal);

    internal AwsOrganization(
        AwsClients clients,
        AccountChoice choice,
        bool clientCertificates,
        TimeProvider time,
        TimeSpan? accountLimit = null
    )
    {
        (_clients, _choice, _clientCertificates) = (clients, choice, clientCertificates);
        _securityToken = clients.SecurityToken();
        _inventory = new(ListAsync, accountLimit ?? AccountLimit, time);
    }

    /// <summary>For a person at a terminal; see <see cref="AwsInventory.Create"/>.</summary>
    /// <exception cref="InventoryException">There is no such profile or region.</exception>
    public static AwsOrganization Create(
        string? profile,
        string? region,
        AccountChoice choice,
        bool clientCertificates = false,
        bool accountPaths = false
    ) => new(AwsInventory.ClientsOf(profile, region), choice, clientCertificates, TimeProvider.System) { NeedsPaths = accountPaths };

    /// <summary>True where the accounts' paths must be known, whatever the filter asks for.</summary>
    internal bool NeedsPaths { get; init; }

    public async Task<Listing> ReadAsync(CancellationToken cancellationToken)
    {
        var listing = await _inventory.ReadAsync(cancellationToken);
        _owners = listing
            .Distributions.Where(distribution => distribution.AccountId is not null)
            .DistinctBy(distribution => distribution.Id, StringComparer.Ordinal)
            .ToImmutableDictionary(distribution => distribution.Id, distribution => distribution.AccountId!, StringComparer.Ordinal);
        return listing;
    }

    /// <summary>What CloudFront counted, asked in the account of each distribution.</summary>
    public async Task<TrafficReading> ReadTrafficAsync(
        IReadOnlyList<string> distributionIds,
        DateTimeOffset now,
        CancellationToken cancellationToken
    )
    {
        ArgumentNullException.ThrowIfNull(distributionIds);
        var (found, remarks) = (new Dictionary<string, DistributionTraffic>(StringComparer.Ordinal), new List<string>());
        foreach (var account in distributionIds.Where(_owners.ContainsKey).GroupBy(id => _owners[id], StringComparer.Ordinal))
        {
            if (_members.GetValueOrDefault(account.Key)?.Opened is not { } inventory)
            {
                continue;
            }

            var reading = await inventory.ReadTrafficAsync([.. account], now, cancellationToken);
            foreach (var (id, traffic) in reading.ByDistribution)
            {
                found[id] = traffic;
            }

            remarks.AddRange(reading.Remark is { } remark ? [$"Account {account.Key}: {remark}"] : []);
        }

        return new(found, remarks.Count == 0 ? null : string.Join(' ', remarks));
    }

    /// <summary>The tags of a distribution as KEY=VALUE, read in its account.</summary>
    /// <exception cref="InventoryException">They could not be read.</exception>
    public Task<IReadOnlyList<string>> ReadTagsAsync(Distribution distribution, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(distribution);
        return _members.GetValueOrDefault(distribution.AccountId ?? "")?.Opened is { } inventory
            ? inventory.ReadTagsAsync(distribution, cancellationToken)
            : Task.FromResult<IReadOnlyList<string>>([]);
    }

    public void Dispose()
    {
        foreach (var member in _members.Values)
        {
            member.Dispose();
        }

        _securityToken.Dispose();
    }

    /// <summary>The accounts with the role of each, or the reason why it is skipped; the caller's own account has none.</summary>
    /// <exception cref="InventoryException">Nobody is signed in, or the organization could not be listed.</exception>
    internal async Task<(string Caller, IReadOnlyList<(ListedAccount Listed, MemberRole? Role)> Accounts)> AccountsAsync(
        CancellationToken cancellationToken
    )
    {
        var caller = await CallerAsync(cancellationToken);
        switch (_choice)
        {
            case AccountChoice.Roles(var roles):
                return (
                    caller.Account,
                    [.. roles.Select(role => (new ListedAccount(new(role.AccountId), SkippedBecause: null), (MemberRole?)role))]
                );
            case AccountChoice.Organization(var name, var externalId, var filter):
                using (var organizations = _clients.Organizations())
                {
                    var partition = caller.Arn.Split(':')[1];
                    var listed = await new OrganizationAccounts(organizations) { NeedsPaths = NeedsPaths }.ReadAsync(
                        filter,
                        cancellationToken
                    );
                    return (
                        caller.Account,
                        [
                            .. listed.Select(account =>
                                (
                                    account,
                                    account.Account.Id == caller.Account
                                        ? null
                                        : new MemberRole(
                                            $"arn:{partition}:iam::{account.Account.Id}:role/{name}",
                                            account.Account.Id,
                                            externalId
                                        )
                                )
                            ),
                        ]
                    );
                }

            default:
                throw new System.Diagnostics.UnreachableException();
        }
    }

    internal MemberInventory Open(MemberRole? role) => new(_clients, _securityToken, role, _clientCertificates);

    internal AwsClients Clients => _clients;

    internal AmazonSecurityTokenServiceClient SecurityToken => _securityToken;

    private async Task<AccountList> ListAsync(CancellationToken cancellationToken)
    {
        var (caller, accounts) = await AccountsAsync(cancellationToken);
        foreach (var (listed, role) in accounts.Where(account => account.Listed.SkippedBecause is null))
        {
            _members[listed.Account.Id] = Open(role);
        }

        return new(
            caller,
            [
                .. accounts.Select(account => new AccountSource(
                    account.Listed.Account,
                    _members.GetValueOrDefault(account.Listed.Account.Id),
                    account.Listed.SkippedBecause
                )),
            ]
        );
    }

    private async Task<GetCallerIdentityResponse> CallerAsync(CancellationToken cancellationToken)
    {
        if (_clients.Credentials is null)
        {
            using var chain = new DefaultAWSCredentialsIdentityResolver();
            await AwsCall.RequireAsync(
                "looking for AWS credentials",
                token => chain.ResolveIdentityAsync(_securityToken.Config, token),
                cancellationToken
            );
        }

        return await AwsCall.RequireAsync(
            IamActions.GetCallerIdentity,
            token => _securityToken.GetCallerIdentityAsync(new GetCallerIdentityRequest(), token),
            cancellationToken
        );
    }
}
