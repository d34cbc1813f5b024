using Amazon.CloudFront;
using OriginWatch.Inventory;
using Sdk = Amazon.CloudFront.Model;

namespace OriginWatch.Aws.CloudFront;

/// <summary>Tenants of multi-tenant distributions: their domains always, their parameters where an origin's name is made of them.</summary>
internal sealed class TenantReader(AmazonCloudFrontClient client, InventoryRemarks remarks)
{
    public async Task<IReadOnlyList<DistributionTenant>> ReadAsync(Distribution distribution, CancellationToken cancellationToken)
    {
        var summaries = await ListAsync(distribution.Id, cancellationToken);
        var parameters = NeedsParameters(distribution)
            ? await ParametersAsync(summaries, cancellationToken)
            : new Dictionary<string, IReadOnlyDictionary<string, string>>(StringComparer.Ordinal);
        return [.. summaries.Select(summary => Read(summary, distribution.Id, parameters))];
    }

    /// <summary>Default values of the parameters, which the listing leaves out; null where they are not needed or cannot be read.</summary>
    public async Task<IReadOnlyDictionary<string, string>?> DefaultsAsync(Distribution distribution, CancellationToken cancellationToken)
    {
        if (!NeedsParameters(distribution))
        {
            return null;
        }

        var (response, remark) = await AwsCall.TryAsync(
            IamActions.GetDistributionConfig,
            $"The parameters of distribution {distribution.Id}",
            token => client.GetDistributionConfigAsync(new Sdk.GetDistributionConfigRequest { Id = distribution.Id }, token),
            cancellationToken
        );
        AddRemark(remark);
        return response is null ? null
            : Required
                .Shape(response.DistributionConfig, $"distribution {distribution.Id}", "DistributionConfig")
                .TenantConfig?.ParameterDefinitions
                is { } definitions
                ? DistributionBuilder.ParameterDefaults(
                    definitions.Select(definition => (definition.Name, definition.Definition?.StringSchema?.DefaultValue))
                )
            : null;
    }

    private static bool NeedsParameters(Distribution distribution) => distribution.Origins.Any(origin => origin.HasTenantParameters);

    private async Task<List<Sdk.DistributionTenantSummary>> ListAsync(string distributionId, CancellationToken cancellationToken)
    {
        var found = new List<Sdk.DistributionTenantSummary>();
        var markers = new HashSet<string>(StringComparer.Ordinal);
        for (string? marker = null; ; )
        {
            var request = new Sdk.ListDistributionTenantsRequest
            {
                AssociationFilter = new() { DistributionId = distributionId },
                Marker = marker,
            };
            var (page, remark) = await AwsCall.TryAsync(
                IamActions.ListDistributionTenants,
                $"The tenants of distribution {distributionId}",
                token => client.ListDistributionTenantsAsync(request, token),
                cancellationToken
            );
            AddRemark(remark);
            found.AddRange(page?.DistributionTenantList ?? []);
            marker = page?.NextMarker;
            if (
                found.Count > DistributionTenant.MostPerDistribution
                || (found.Count == DistributionTenant.MostPerDistribution && !string.IsNullOrEmpty(marker))
            )
            {
                AddRemark(
                    $"Distribution {distributionId} has more than {DistributionTenant.MostPerDistribution} tenants; "
                        + $"only the first {DistributionTenant.MostPerDistribution} are looked at."
                );
                return found[..DistributionTenant.MostPerDistribution];
            }

            if (string.IsNullOrEmpty(marker))
            {
                return found;
            }

            if (!markers.Add(marker))
            {
                throw new InventoryException(
                    $"CloudFront's list of the tenants of distribution {distributionId} repeats itself. Nothing was evaluated."
                );
            }
        }
    }

    private async Task<IReadOnlyDictionary<string, IReadOnlyDictionary<string, string>>> ParametersAsync(
        List<Sdk.DistributionTenantSummary> summaries,
        CancellationToken cancellationToken
    )
    {
        var tenants = await LookUps.ReadAsync(
            summaries.Select(summary => summary.Id).OfType<string>(),
            IamActions.GetDistributionTenant,
            "Distribution tenant",
            async (id, token) =>
                Required.Shape(
                    (
                        await client.GetDistributionTenantAsync(new Sdk.GetDistributionTenantRequest { Identifier = id }, token)
                    ).DistributionTenant,
                    $"tenant {id}",
                    "DistributionTenant"
                ),
            cancellationToken
        );
        foreach (var remark in tenants.Remarks)
        {
            AddRemark(remark);
        }

        return tenants.Found.ToDictionary(
            tenant => tenant.Key,
            IReadOnlyDictionary<string, string> (tenant) => Read(tenant.Value.Parameters),
            StringComparer.Ordinal
        );
    }

    private static Dictionary<string, string> Read(List<Sdk.Parameter>? parameters) =>
        (parameters ?? [])
            .Where(parameter => parameter.Name is not null)
            .ToDictionary(parameter => parameter.Name!, parameter => parameter.Value ?? "", StringComparer.Ordinal);

    private static DistributionTenant Read(
        Sdk.DistributionTenantSummary summary,
        string distributionId,
        IReadOnlyDictionary<string, IReadOnlyDictionary<string, string>> parameters
    )
    {
        var id = Required.Text(summary.Id, $"a tenant of distribution {distributionId}", "Id");
        return new(
            id,
            distributionId,
            summary.Enabled ?? true,
            [.. (summary.Domains ?? []).Select(domain => domain.Domain).OfType<string>()],
            parameters.GetValueOrDefault(id) ?? new Dictionary<string, string>(StringComparer.Ordinal)
        );
    }

    private void AddRemark(string? remark)
    {
        if (remark is not null)
        {
            remarks.Add(remark);
        }
    }
}
