using OriginWatch.Inventory;

namespace OriginWatch.Targets;

/// <summary>From the inventory to the distinct connections to make: every origin is in the plan, probed or with the reason why
/// not.</summary>
public static class TargetPlanner
{
    public static AuditPlan Plan(Listing listing)
    {
        ArgumentNullException.ThrowIfNull(listing);
        var targets = new TargetPool();
        var hostHeader = new HostHeader(listing.Policies);
        var entrances = new Entrances(listing.Distributions);
        var links = new DistributionLinks(listing.Distributions);
        var tenants = listing.Tenants.ToLookup(tenant => tenant.DistributionId, StringComparer.Ordinal);
        List<PlannedOrigin> uses =
        [
            .. listing
                .Distributions.SelectMany(distribution =>
                    PlanDistribution(
                        distribution,
                        listing,
                        hostHeader,
                        new(entrances.Of(distribution), [.. tenants[distribution.Id]]),
                        targets
                    )
                )
                .Select(use => Linked(use, links)),
        ];
        return new(uses, targets.Distinct) { HttpTargets = targets.DistinctHttp };
    }

    private static IEnumerable<PlannedOrigin> PlanDistribution(
        Distribution distribution,
        Listing listing,
        HostHeader hostHeader,
        Viewers viewers,
        TargetPool targets
    )
    {
        var behaviors = BehaviorMap.Of(distribution);
        var decisions = new Dictionary<CacheBehavior, HostDecision>(ReferenceEqualityComparer.Instance);
        foreach (var origin in distribution.Origins)
        {
            BehaviorUse[] reaching = [.. behaviors[origin.Id]];
            var (forwarding, reason) = OriginHostForwarding.Of(
                reaching,
                use =>
                    decisions.TryGetValue(use.Behavior, out var known) ? known : decisions[use.Behavior] = hostHeader.Decide(use.Behavior)
            );
            var use = new PlannedOrigin
            {
                Distribution = distribution,
                Origin = origin,
                Kind = OriginKinds.Of(origin, ServerNames.Normalize(origin.DomainName)),
                Behaviors = reaching,
                HostForwarding = forwarding,
                HostForwardingReason = reason,
                Names = [],
                VpcOrigin = origin.VpcOriginId is { } id ? listing.VpcOrigins.GetValueOrDefault(id) : null,
                GroupPeers = GroupPeers.Of(distribution, origin, listing.VpcOrigins),
            };
            yield return HttpPlanner.Plan(PlanNames(use, viewers, targets), viewers, targets);
        }
    }

    private static PlannedOrigin Linked(PlannedOrigin use, DistributionLinks links) =>
        links.Of(use.Origin) is { } other
            ? use with
            {
                LeadsTo = other,
                LeadsBack = ReferenceEquals(other, use.Distribution) || links.Leads(other, use.Distribution),
            }
            : use;

    private static PlannedOrigin PlanNames(PlannedOrigin use, Viewers viewers, TargetPool targets)
    {
        if (WhyNotProbed(use) is { } because)
        {
            return use with { NotProbedBecause = because };
        }

        var plan = NamePlanner.Plan(use.Distribution, use.Origin, use.HostForwarding, viewers);
        return use with
        {
            Names = plan
                .Names.Select(name => new PlannedName(targets.For(use.Origin, name), name.Role, name.Decides)
                {
                    IsInvented = name.IsInvented,
                })
                .ToArray(),
            NotProbedBecause = plan.NoneBecause,
            Cuts = plan.Cuts,
        };
    }

    private static string? WhyNotProbed(PlannedOrigin use) =>
        use.Kind switch
        {
            OriginKind.S3 => "S3 bucket: CloudFront connects with the viewer's protocol, and AWS provides the certificate",
            OriginKind.S3Website => "S3 website endpoint: it supports HTTP only, so there is no TLS to test",
            OriginKind.Vpc =>
                "VPC origin: it has no public address, so it cannot be reached from here; evaluated by its configuration alone",
            _ when use.Origin.NotKnownYet is { } reason => reason,
            _ when use.Origin.CustomOriginConfig is null => "this version does not know how CloudFront reaches an origin of this kind",
            _ when use.Origin.CustomOriginConfig.HttpsPort is < 1 or > ushort.MaxValue =>
                $"HTTPSPort {use.Origin.CustomOriginConfig.HttpsPort} is not a port",
            _ => null,
        };
}
