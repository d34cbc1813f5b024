using OriginWatch.Inventory;
using OriginWatch.Targets;
using OriginWatch.Text;

namespace OriginWatch.Edge;

/// <summary>Which request to a distribution shows what CloudFront gets from an origin: by which behavior, under which Host; or why there is
/// none.</summary>
internal sealed class EdgePlanner(Listing listing)
{
    /// <summary>Stands for a token when a path is only looked for.</summary>
    private const string SampleToken = "0a1b2c3d4e5f6071";

    private readonly HostHeader _hostHeader = new(listing.Policies);
    private readonly ILookup<string, DistributionTenant> _tenants = listing
        .Tenants.Where(tenant => tenant.Enabled)
        .ToLookup(tenant => tenant.DistributionId, StringComparer.Ordinal);
    private readonly HashSet<string> _withStaging = WithStaging(listing.Distributions);

    /// <param name="origin">The origin to ask for.</param>
    /// <param name="isWanted">Of the names that decide, those to ask for; null for all.</param>
    public EdgePlan Plan(PlannedOrigin origin, Func<PlannedName, bool>? isWanted = null)
    {
        if (WhyNot(origin) is { } because)
        {
            return new() { Origin = origin, NotAskedBecause = because };
        }

        var names = NamesOf(origin).Where(name => name.Planned is null || isWanted is null || isWanted(name.Planned)).ToList();
        var questions = new List<EdgeQuestion>();
        var obstacle = names.Count == 0 ? "no name of it is requested" : "";
        foreach (var name in names)
        {
            var (question, problem) = QuestionFor(origin, name);
            questions.AddRange(question is null ? [] : [question]);
            obstacle = problem ?? obstacle;
        }

        return new()
        {
            Origin = origin,
            Questions = questions,
            NotAskedBecause = questions.Count > 0 ? null : obstacle,
        };
    }

    private static string? WhyNot(PlannedOrigin origin) =>
        origin switch
        {
            { Kind: OriginKind.S3 } => "S3 buckets are not asked for",
            { Distribution.Enabled: false } => "the distribution is disabled",
            { Distribution.Staging: true } => "a staging distribution does not answer viewers' plain requests",
            { Distribution.RequiresViewerCertificate: true } => "the distribution requires a client certificate of its viewers",
            { IsReached: false } => "no behavior sends requests to it",
            { Distribution.IsDeployed: false } => "the distribution is planned so and not deployed",
            { Distribution: { DomainName.Length: 0, ConnectionMode: var mode } } when mode != ConnectionMode.TenantOnly =>
                "the inventory does not include the distribution's domain name",
            _ => null,
        };

    private (EdgeQuestion? Question, string? Problem) QuestionFor(PlannedOrigin origin, AskedName name)
    {
        var (host, connectTo) = Address(origin, name);
        if (host is null)
        {
            return (null, "no enabled tenant with a domain leads to it");
        }

        var (behavior, problem) = BehaviorFor(origin, name.Role);
        return behavior is null
            ? (null, problem)
            : (
                new()
                {
                    Origin = origin,
                    Name = name.Planned,
                    Behavior = behavior,
                    Host = host,
                    ConnectTo = connectTo!,
                    TimeBudget = TimeBudgetOf(origin.Origin),
                    Remarks = [.. RemarksOn(origin, behavior)],
                },
                null
            );
    }

    /// <summary>The most telling behavior: straight to the origin and without a function where there is one.</summary>
    private (BehaviorUse? Behavior, string? Problem) BehaviorFor(PlannedOrigin origin, ServerNameRole role)
    {
        var forwards = role != ServerNameRole.OriginDomain;
        var candidates = origin
            .Behaviors.Where(use => use.IsReached && (_hostHeader.Decide(use.Behavior).IsForwarded ?? forwards) == forwards)
            .ToList();
        var plain = candidates.Where(use => use.Behavior is { GrpcEnabled: false, IsSigned: false }).ToList();
        var best = plain
            .Where(use => UncachedPath.For(origin.Distribution, use.Behavior, SampleToken) is not null)
            .OrderBy(use => use.OriginGroupId is not null)
            .ThenBy(use => use.Behavior.OriginRequestFunctionArns.Count > 0)
            .ThenBy(use => use.Behavior.RequestFunctionArns.Count > 0)
            .ThenBy(use => !use.Behavior.PathPattern.Contains('*', StringComparison.Ordinal))
            .FirstOrDefault();
        return best is not null ? (best, null)
            : candidates.Count == 0 ? (null, "no behavior reaches it under this name")
            : plain.Count > 0 ? (null, "no path is known that matches its behavior alone")
            : (
                null,
                candidates.Exists(use => use.Behavior.IsSigned)
                    ? "its behaviors require signed URLs or cookies"
                    : "its behaviors are for gRPC"
            );
    }

    private (string? Host, string? ConnectTo) Address(PlannedOrigin origin, AskedName name)
    {
        var distribution = origin.Distribution;
        if (distribution.ConnectionMode == ConnectionMode.TenantOnly)
        {
            var domain =
                name.Role == ServerNameRole.TenantDomain ? name.ServerName : TenantDomainFor(distribution, origin.Origin, name.DomainName);
            return (domain, domain);
        }

        var own = ServerNames.Normalize(distribution.DomainName);
        return (name.Role == ServerNameRole.OriginDomain ? own : name.ServerName, own);
    }

    private string? TenantDomainFor(Distribution distribution, Origin origin, string domainName) =>
        _tenants[distribution.Id]
            .Where(tenant =>
                tenant.Domains.Count > 0
                && DomainTemplate
                    .Resolve(
                        origin.DomainName,
                        parameter =>
                            tenant.Parameters.GetValueOrDefault(parameter)
                            ?? distribution.TenantParameterDefaults?.GetValueOrDefault(parameter)
                    )
                    .DomainName
                    is { } resolved
                && ServerNames.Normalize(resolved) == domainName
            )
            .Select(tenant => ServerNames.Normalize(ServerNames.Concrete(tenant.Domains[0])))
            .FirstOrDefault();

    /// <summary>For HTTP-only origins names decide nothing, so one is enough; an origin that is not probed has names all the
    /// same.</summary>
    private IEnumerable<AskedName> NamesOf(PlannedOrigin origin)
    {
        var names = origin
            .Names.Where(name => name.Decides)
            .Select(name => new AskedName(name, name.Target.DomainName, name.Target.ServerName, name.Role))
            .ToList();
        if (names.Count == 0)
        {
            names =
            [
                .. NamePlanner
                    .Plan(
                        origin.Distribution,
                        origin.Origin,
                        origin.HostForwarding,
                        new([origin.Distribution], [.. _tenants[origin.Distribution.Id]])
                    )
                    .Names.Where(name => name.Decides)
                    .Select(name => new AskedName(null, name.DomainName, name.ServerName, name.Role)),
            ];
        }

        return origin.OriginProtocolPolicy == OriginProtocolPolicy.HttpOnly ? names.Take(1) : names;
    }

    private IEnumerable<string> RemarksOn(PlannedOrigin origin, BehaviorUse behavior)
    {
        if (behavior.OriginGroupId is { } group)
        {
            yield return $"asked through origin group {Quoted.Text(group)}, whose answer does not tell which member gave it";
        }

        if (behavior.Behavior.RequestFunctionArns.Count > 0)
        {
            yield return "asked through a behavior with an edge function, which may choose another origin";
        }

        if (origin.Distribution.ContinuousDeploymentPolicyId is not null || _withStaging.Contains(origin.Distribution.Id))
        {
            yield return "a continuous deployment policy may have sent the request to the staging distribution";
        }
    }

    private static TimeSpan TimeBudgetOf(Origin origin)
    {
        var own = (origin.ConnectionAttempts * (origin.ConnectionTimeout + origin.ReadTimeout)) + EdgeLimits.OwnPart;
        return own < EdgeLimits.Question ? own : EdgeLimits.Question;
    }

    /// <summary>A listing does not hold the policy's id; where it holds a staging distribution, its primary has one.</summary>
    private static HashSet<string> WithStaging(IReadOnlyList<Distribution> distributions)
    {
        var entrances = new Entrances(distributions);
        return distributions
            .Where(distribution => distribution.Staging)
            .SelectMany(entrances.Of)
            .Select(distribution => distribution.Id)
            .ToHashSet(StringComparer.Ordinal);
    }

    private sealed record AskedName(PlannedName? Planned, string DomainName, string ServerName, ServerNameRole Role);
}
