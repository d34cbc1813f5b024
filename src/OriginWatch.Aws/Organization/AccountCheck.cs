using Amazon.CloudFront;
using OriginWatch.Inventory;
using OriginWatch.Inventory.Organization;
using Sdk = Amazon.CloudFront.Model;

namespace OriginWatch.Aws.Organization;

/// <summary>Whether an account of the organization could be scanned.</summary>
/// <param name="Account">Which.</param>
/// <param name="SkippedBecause">Null where it would be scanned.</param>
/// <param name="Problem">What is missing and what to do, one sentence or two; null where nothing is.</param>
public sealed record CheckedAccount(Account Account, string? SkippedBecause, string? Problem);

/// <summary>Assumes the role of every account and asks for each read of the inventory once, without listing anything in full.</summary>
public static class AccountCheck
{
    private const int AccountsAtOnce = 20;

    /// <summary>An id that no resource has: IAM decides before CloudFront looks it up, so "not found" says that the read is
    /// allowed.</summary>
    private const string Nothing = "E0ORIGINWATCHCHK";

    private const string NoTenant = "dt_originwatch000000000000000";
    private const string NoVpcOrigin = "vo_originwatch000000000000";
    private const string NoPolicy = "00000000-0000-0000-0000-000000000000";

    /// <param name="organization">Where to look.</param>
    /// <param name="progress">Told of every account.</param>
    /// <param name="cancellationToken">Abandons the check.</param>
    /// <exception cref="InventoryException">The organization itself could not be listed.</exception>
    public static async Task<IReadOnlyList<CheckedAccount>> RunAsync(
        AwsOrganization organization,
        IProgress<CheckedAccount>? progress,
        CancellationToken cancellationToken
    )
    {
        ArgumentNullException.ThrowIfNull(organization);
        var (_, accounts) = await organization.AccountsAsync(cancellationToken);
        var found = new CheckedAccount[accounts.Count];
        await Parallel.ForEachAsync(
            accounts.Index(),
            new ParallelOptions { MaxDegreeOfParallelism = AccountsAtOnce, CancellationToken = cancellationToken },
            async (item, token) =>
            {
                var (listed, role) = item.Item;
                found[item.Index] = new(
                    listed.Account,
                    listed.SkippedBecause,
                    listed.SkippedBecause is null ? await ProblemOfAsync(organization, role, token) : null
                );
                progress?.Report(found[item.Index]);
            }
        );
        return found;
    }

    private static async Task<string?> ProblemOfAsync(AwsOrganization organization, MemberRole? role, CancellationToken cancellationToken)
    {
        try
        {
            var clients = role is null
                ? organization.Clients
                : organization.Clients with
                {
                    Credentials = await role.AssumeAsync(organization.SecurityToken, cancellationToken),
                };
            using var cloudFront = clients.CloudFront();
            var denied = new List<string>();
            foreach (var (action, call) in Reads(cloudFront))
            {
                if (await IsDeniedAsync(action, call, cancellationToken))
                {
                    denied.Add(action);
                }
            }

            return denied.Count == 0
                ? null
                : $"{(role is null ? "This identity" : "The role")} does not allow {string.Join(", ", denied)}. "
                    + $"{(role is null ? "Allow it" : "Update the role to src/organization/member-role.yaml, and check the organization's service control policies")}.";
        }
        catch (InventoryException exception)
        {
            return exception.Message;
        }
    }

    private static IEnumerable<(string Action, Func<CancellationToken, Task> Call)> Reads(AmazonCloudFrontClient client) =>
        [
            (IamActions.ListDistributions, token => client.ListDistributionsAsync(new Sdk.ListDistributionsRequest(), token)),
            (
                IamActions.GetDistributionConfig,
                token => client.GetDistributionConfigAsync(new Sdk.GetDistributionConfigRequest { Id = Nothing }, token)
            ),
            (IamActions.GetCachePolicy, token => client.GetCachePolicyAsync(new Sdk.GetCachePolicyRequest { Id = NoPolicy }, token)),
            (
                IamActions.GetOriginRequestPolicy,
                token => client.GetOriginRequestPolicyAsync(new Sdk.GetOriginRequestPolicyRequest { Id = NoPolicy }, token)
            ),
            (IamActions.GetVpcOrigin, token => client.GetVpcOriginAsync(new Sdk.GetVpcOriginRequest { Id = NoVpcOrigin }, token)),
            (
                IamActions.ListDistributionTenants,
                token =>
                    client.ListDistributionTenantsAsync(
                        new Sdk.ListDistributionTenantsRequest { AssociationFilter = new() { DistributionId = Nothing } },
                        token
                    )
            ),
            (
                IamActions.GetDistributionTenant,
                token => client.GetDistributionTenantAsync(new Sdk.GetDistributionTenantRequest { Identifier = NoTenant }, token)
            ),
        ];

    /// <summary>Whatever else CloudFront answers, the identity was let through.</summary>
    private static async Task<bool> IsDeniedAsync(string action, Func<CancellationToken, Task> call, CancellationToken cancellationToken)
    {
        try
        {
            await call(cancellationToken);
            return false;
        }
        catch (Exception exception) when (exception is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            return AwsFault.Of(action, exception) switch
            {
                { Kind: AwsFaultKind.Denied } => true,
                { Kind: AwsFaultKind.NotFound or AwsFaultKind.Other } => false,
                var fault => throw new InventoryException(fault.Sentence, exception),
            };
        }
    }
}
