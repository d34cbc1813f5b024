using OriginWatch.Inventory;
using OriginWatch.Text;

namespace OriginWatch.Targets;

/// <summary>Names in a multi-tenant distribution: it has no endpoint of its own, so viewers come under the tenants' domains.</summary>
internal static class TenantNames
{
    public static NamePlan Of(
        Distribution distribution,
        Origin origin,
        HostForwarding forwarding,
        IReadOnlyList<DistributionTenant> tenants
    )
    {
        var enabled = tenants.Where(tenant => tenant.Enabled).ToList();
        var cuts = new List<string>();
        if (enabled.Count < tenants.Count)
        {
            cuts.Add($"{distribution.Id}: {tenants.Count - enabled.Count} disabled tenants were left out, they serve no viewers.");
        }

        if (enabled.Count > DistributionTenant.MostPerDistribution)
        {
            cuts.Add(
                $"{distribution.Id}: {enabled.Count - DistributionTenant.MostPerDistribution} of {enabled.Count} "
                    + $"tenants were left out, at most {DistributionTenant.MostPerDistribution} are looked at for a "
                    + "distribution."
            );
        }

        return enabled.Count > 0
            ? OfTenants(distribution, origin, forwarding, enabled.Take(DistributionTenant.MostPerDistribution), cuts)
            : WithoutTenants(distribution, origin, forwarding, cuts);
    }

    private static NamePlan OfTenants(
        Distribution distribution,
        Origin origin,
        HostForwarding forwarding,
        IEnumerable<DistributionTenant> tenants,
        List<string> cuts
    )
    {
        var names = new List<NamedEndpoint>();
        var unresolved = new List<(string TenantId, string Parameter)>();
        foreach (var tenant in tenants)
        {
            var (domainName, missing) = DomainTemplate.Resolve(
                origin.DomainName,
                parameter => tenant.Parameters.GetValueOrDefault(parameter) ?? DefaultOf(distribution, parameter)
            );
            if (domainName is null)
            {
                unresolved.Add((tenant.Id, missing!));
                continue;
            }

            names.AddRange(NamePlanner.Names(domainName, forwarding, ViewerNames.Of(tenant.Domains, ServerNameRole.TenantDomain)));
        }

        if (unresolved is [var (tenantId, parameter), ..])
        {
            cuts.Add(
                $"{distribution.Id}, origin {Quoted.Text(origin.Id)}: "
                    + $"{unresolved.Count} tenants were left out, parameter {Quoted.Text(parameter)} has neither a value "
                    + $"nor a default for tenant {Quoted.Text(tenantId)}."
            );
        }

        return new(
            names,
            cuts,
            names.Count > 0 ? null
                : unresolved.Count > 0 ? "no tenant gives its domain name all parameters"
                : "Host is forwarded and no tenant has a domain"
        );
    }

    private static NamePlan WithoutTenants(Distribution distribution, Origin origin, HostForwarding forwarding, List<string> cuts)
    {
        var (domainName, missing) = DomainTemplate.Resolve(origin.DomainName, parameter => DefaultOf(distribution, parameter));
        if (domainName is null)
        {
            return new(
                [],
                cuts,
                $"its domain name depends on the tenants' parameter {Quoted.Text(missing!)}, and no enabled tenant is in the inventory"
            );
        }

        var names = NamePlanner.Names(domainName, forwarding, []).ToList();
        return new(
            names,
            cuts,
            names.Count > 0
                ? null
                : "Host is forwarded, so it is requested under the tenants' domains, and no enabled tenant is in the inventory"
        );
    }

    private static string? DefaultOf(Distribution distribution, string parameter) =>
        distribution.TenantParameterDefaults?.GetValueOrDefault(parameter);
}
