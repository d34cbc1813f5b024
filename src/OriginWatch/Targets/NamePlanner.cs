using OriginWatch.Inventory;
using OriginWatch.Text;

namespace OriginWatch.Targets;

/// <summary>A server name and the domain name that is connected to for it.</summary>
internal sealed record NamedEndpoint(string DomainName, string ServerName, ServerNameRole Role, bool Decides, bool IsInvented = false);

/// <summary>The names of an origin, within the bounds, and what was left out of them.</summary>
internal sealed record NamePlan(IReadOnlyList<NamedEndpoint> Names, IReadOnlyList<string> Cuts, string? NoneBecause = null);

/// <summary>Who comes to a distribution: the distributions under whose names, and the tenants.</summary>
internal sealed record Viewers(IReadOnlyList<Distribution> Entrances, IReadOnlyList<DistributionTenant> Tenants);

/// <summary>Under which names an origin is asked for: its own where Host is not forwarded, the viewers' where it is.</summary>
internal static class NamePlanner
{
    public const int MaxNames = 20;

    public static NamePlan Plan(Distribution distribution, Origin origin, HostForwarding forwarding, Viewers viewers)
    {
        var plan =
            distribution.ConnectionMode == ConnectionMode.TenantOnly || origin.HasTenantParameters
                ? TenantNames.Of(distribution, origin, forwarding, viewers.Tenants)
                : OfDistribution(origin, forwarding, viewers.Entrances);
        var distinct = plan.Names.DistinctBy(name => (name.DomainName, name.ServerName)).ToList();
        return distinct.Count <= MaxNames
            ? plan with
            {
                Names = distinct,
            }
            : plan with
            {
                Names = distinct[..MaxNames],
                Cuts =
                [
                    .. plan.Cuts,
                    $"{distribution.Id}, origin {Quoted.Text(origin.Id)}: "
                        + $"{distinct.Count - MaxNames} of {distinct.Count} names were left out, "
                        + $"at most {MaxNames} are probed for an origin.",
                ],
            };
    }

    /// <summary>The viewers' names where Host may be forwarded, and the origin's own where it may not be.</summary>
    public static IEnumerable<NamedEndpoint> Names(string domainName, HostForwarding forwarding, IEnumerable<ViewerName> viewerHosts)
    {
        var connectTo = ServerNames.Normalize(domainName);
        if (forwarding is not HostForwarding.Forwarded)
        {
            yield return new(connectTo, connectTo, ServerNameRole.OriginDomain, true);
        }

        if (forwarding is HostForwarding.NotForwarded)
        {
            yield break;
        }

        foreach (var viewer in viewerHosts)
        {
            yield return new(connectTo, ServerNames.Normalize(viewer.Name), viewer.Role, viewer.Decides, viewer.IsInvented);
        }
    }

    private static NamePlan OfDistribution(Origin origin, HostForwarding forwarding, IReadOnlyList<Distribution> entrances)
    {
        List<NamedEndpoint> names = [.. Names(origin.DomainName, forwarding, Aliases(entrances))];
        return new(
            names,
            [],
            names.Count > 0 ? null : "Host is forwarded, so it is requested under the viewers' names, and the inventory does not list them"
        );
    }

    /// <summary>A distribution's own name sets a verdict only where viewers have no other; it comes last, so that the bound cuts it first.
    /// A bare configuration has none.</summary>
    private static IEnumerable<ViewerName> Aliases(IReadOnlyList<Distribution> entrances) =>
        ViewerNames
            .Of(entrances.SelectMany(distribution => distribution.Aliases), ServerNameRole.Alias)
            .Concat(
                entrances
                    .Where(distribution => distribution.DomainName.Length > 0)
                    .OrderBy(distribution => distribution.Aliases.Count > 0)
                    .Select(distribution => new ViewerName(
                        distribution.DomainName,
                        ServerNameRole.DistributionDomain,
                        distribution.Aliases.Count == 0
                    ))
            );
}
