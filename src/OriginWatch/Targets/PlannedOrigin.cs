using OriginWatch.Inventory;

namespace OriginWatch.Targets;

/// <summary>What kind of origin it is, by configuration and by domain name.</summary>
public enum OriginKind
{
    Custom,
    S3,
    S3Website,
    Vpc,
    LoadBalancer,
    ApiGateway,
    LambdaUrl,
    Media,
    AppRunner,

    /// <summary>Another distribution, or this one, by its <c>*.cloudfront.net</c> name.</summary>
    CloudFront,

    /// <summary>A bucket's REST endpoint set up as a custom origin.</summary>
    S3Endpoint,
}

/// <summary>A behavior that sends requests to an origin.</summary>
/// <param name="Behavior">The behavior itself.</param>
/// <param name="OriginGroupId">The group through which it reaches the origin; null when it names the origin.</param>
/// <param name="IsPrimary">False for the second member of a group.</param>
/// <param name="ShadowedBy">The earlier path pattern that takes every request of this behavior; null when requests reach it.</param>
public sealed record BehaviorUse(CacheBehavior Behavior, string? OriginGroupId, bool IsPrimary, string? ShadowedBy)
{
    public bool IsReached => ShadowedBy is null;
}

/// <summary>Whether CloudFront sends the viewer's Host header to an origin.</summary>
public enum HostForwarding
{
    /// <summary>No behavior forwards it: CloudFront asks for the origin's domain name.</summary>
    NotForwarded,

    /// <summary>Every behavior that reaches the origin forwards it.</summary>
    Forwarded,

    /// <summary>Some behaviors do, others do not: both names are asked for.</summary>
    Both,

    /// <summary>A policy could not be read: both names are probed.</summary>
    Unknown,
}

/// <summary>Which name of the product's words a server name is.</summary>
public enum ServerNameRole
{
    OriginDomain,
    Alias,

    /// <summary>The distribution's own <c>*.cloudfront.net</c> name.</summary>
    DistributionDomain,
    TenantDomain,
}

/// <summary>One name under which real traffic reaches an origin.</summary>
/// <param name="Target">The probe that stands for it; shared between origins.</param>
/// <param name="Role">Where the server name comes from.</param>
/// <param name="Decides">False where the outcome is only informational.</param>
public sealed record PlannedName(ProbeTarget Target, ServerNameRole Role, bool Decides)
{
    /// <summary>True for a label made up under a wildcard: nobody is known to ask for it.</summary>
    public bool IsInvented { get; init; }
}

/// <summary>An origin within its distribution: who reaches it, and under which names it is probed.</summary>
public sealed record PlannedOrigin
{
    public required Distribution Distribution { get; init; }
    public required Origin Origin { get; init; }
    public required OriginKind Kind { get; init; }

    /// <summary>All behaviors that name the origin, shadowed ones included, in evaluation order, the default one last.</summary>
    public required IReadOnlyList<BehaviorUse> Behaviors { get; init; }

    public required HostForwarding HostForwarding { get; init; }

    /// <summary>Why <see cref="HostForwarding"/> is what it is: the behavior and policy that decide, in one clause.</summary>
    public string HostForwardingReason { get; init; } = "";

    /// <summary>The names to probe; empty with <see cref="NotProbedBecause"/>.</summary>
    public required IReadOnlyList<PlannedName> Names { get; init; }

    /// <summary>Why the origin is not probed, in one clause; null when it is.</summary>
    public string? NotProbedBecause { get; init; }

    /// <summary>Where CloudFront fetches from it over HTTP; empty where it never does, or where nobody can tell the domain name.</summary>
    public IReadOnlyList<HttpTarget> HttpTargets { get; init; } = [];

    /// <summary>What was left out of the names (more than 20 names, 1,000 tenants), in one sentence each.</summary>
    public IReadOnlyList<string> Cuts { get; init; } = [];

    /// <summary>For a VPC origin: its endpoint configuration, where it could be read.</summary>
    public VpcOriginEndpoint? VpcOrigin { get; init; }

    /// <summary>The other members of the origin groups that it belongs to.</summary>
    public IReadOnlyList<GroupPeer> GroupPeers { get; init; } = [];

    /// <summary>The distribution in the inventory whose own or alternate domain name the origin's domain name is; null where there is
    /// none.</summary>
    public Distribution? LeadsTo { get; init; }

    /// <summary>True where requests can come back from <see cref="LeadsTo"/> to this distribution.</summary>
    public bool LeadsBack { get; init; }

    public bool IsReached => Behaviors.Any(use => use.IsReached);

    /// <summary>Reached behaviors that let viewers come over HTTP (unencrypted).</summary>
    public IReadOnlyList<BehaviorUse> AllowingHttp =>
        [.. Behaviors.Where(use => use.IsReached && use.Behavior.ViewerProtocolPolicy == ViewerProtocolPolicy.AllowAll)];

    /// <summary>True where CloudFront connects to a custom origin's HTTPPort: for every request, or for those of viewers who come over
    /// HTTP.</summary>
    public bool IsFetchedOverHttp =>
        Origin.CustomOriginConfig?.OriginProtocolPolicy is { } policy
        && (
            policy == Inventory.OriginProtocolPolicy.HttpOnly
            || (policy == Inventory.OriginProtocolPolicy.MatchViewer && AllowingHttp.Count > 0)
        );

    /// <summary>The policy in force, of the custom origin or of the VPC origin; null for S3 and where it could not be read.</summary>
    public OriginProtocolPolicy? OriginProtocolPolicy => Origin.CustomOriginConfig?.OriginProtocolPolicy ?? VpcOrigin?.OriginProtocolPolicy;
}

/// <summary>Everything an audit will look at.</summary>
/// <param name="Origins">Every origin of every distribution, in the listing's order.</param>
/// <param name="Targets">The distinct targets of all of them.</param>
public sealed record AuditPlan(IReadOnlyList<PlannedOrigin> Origins, IReadOnlyList<ProbeTarget> Targets)
{
    /// <summary>The distinct HTTP ports of all of them.</summary>
    public IReadOnlyList<HttpTarget> HttpTargets { get; init; } = [];
}
