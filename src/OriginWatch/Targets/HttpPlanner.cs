using System.Net;

namespace OriginWatch.Targets;

/// <summary>Where CloudFront fetches over HTTP: the origin's domain name, or one for each tenant that has its own, on the
/// HTTPPort.</summary>
internal static class HttpPlanner
{
    public static PlannedOrigin Plan(PlannedOrigin use, Viewers viewers, TargetPool targets)
    {
        if (
            !use.IsFetchedOverHttp
            || use.Origin.NotKnownYet is not null
            || use.Origin.CustomOriginConfig?.HttpPort is null or < 1 or > IPEndPoint.MaxPort
        )
        {
            return use;
        }

        // Host decides nothing before a request is sent: the names to connect to are those of an origin that gets its own.
        var plan = NamePlanner.Plan(use.Distribution, use.Origin, HostForwarding.NotForwarded, viewers);
        return use with
        {
            HttpTargets = [.. plan.Names.Select(name => targets.ForHttp(use.Origin, name.DomainName))],
            Cuts = [.. use.Cuts.Union(plan.Cuts, StringComparer.Ordinal)],
        };
    }
}
