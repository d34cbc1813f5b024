using Amazon.CloudFront;
using Amazon.SecurityToken;
using Amazon.SecurityToken.Model;
using OriginWatch.Inventory;
using ConnectionMode = OriginWatch.Inventory.ConnectionMode;

namespace OriginWatch.Aws.CloudFront;

/// <summary>The account's distributions, read through CloudFront's API.</summary>
/// <param name="cloudFront">Of the account.</param>
/// <param name="securityToken">Of the account.</param>
/// <param name="defersSharedVpcOrigins">True where VPC origins of other accounts are read there.</param>
internal sealed class CloudFrontInventory(
    AmazonCloudFrontClient cloudFront,
    AmazonSecurityTokenServiceClient securityToken,
    bool defersSharedVpcOrigins = false
) : IInventorySource
{
    public async Task<Listing> ReadAsync(CancellationToken cancellationToken)
    {
        var remarks = new InventoryRemarks();
        var identity = await AwsCall.RequireAsync(
            IamActions.GetCallerIdentity,
            token => securityToken.GetCallerIdentityAsync(new GetCallerIdentityRequest(), token),
            cancellationToken
        );
        var summaries = await DistributionPages.ReadAsync(cloudFront, cancellationToken);
        var distributions = summaries.Select(summary => DistributionReader.Read(summary, remarks)).ToList();
        var policies = await PolicyReader.ReadAsync(cloudFront, distributions, cancellationToken);
        var vpcOrigins = await VpcOriginReader.ReadAsync(
            cloudFront,
            VpcOrigins(distributions, identity.Account),
            remarks,
            cancellationToken
        );
        var (withDefaults, tenants) = await TenantsAsync(distributions, remarks, cancellationToken);
        return new()
        {
            AccountId = identity.Account,
            Distributions = withDefaults,
            Policies = policies.Found,
            VpcOrigins = vpcOrigins.Found,
            Tenants = tenants,
            Remarks = [.. remarks.Sentences, .. policies.Remarks, .. vpcOrigins.Remarks],
        };
    }

    private IEnumerable<string> VpcOrigins(IEnumerable<Distribution> distributions, string? account) =>
        distributions
            .SelectMany(distribution => distribution.Origins)
            .Where(origin => !defersSharedVpcOrigins || origin.VpcOriginOwnerId is null || origin.VpcOriginOwnerId == account)
            .Select(origin => origin.VpcOriginId)
            .OfType<string>();

    private async Task<(IReadOnlyList<Distribution> Distributions, IReadOnlyList<DistributionTenant> Tenants)> TenantsAsync(
        List<Distribution> distributions,
        InventoryRemarks remarks,
        CancellationToken cancellationToken
    )
    {
        var reader = new TenantReader(cloudFront, remarks);
        var tenants = new List<DistributionTenant>();
        for (var index = 0; index < distributions.Count; index++)
        {
            if (distributions[index].ConnectionMode == ConnectionMode.TenantOnly)
            {
                distributions[index] = distributions[index] with
                {
                    TenantParameterDefaults = await reader.DefaultsAsync(distributions[index], cancellationToken),
                };
                tenants.AddRange(await reader.ReadAsync(distributions[index], cancellationToken));
            }
        }

        return (distributions, tenants);
    }
}
