using OriginWatch.Inventory;
using OriginWatch.Probing;
using OriginWatch.Probing.Recorded;
using OriginWatch.Rules;
using OriginWatch.Targets;
using OriginWatch.Targets.Shards;
using OriginWatch.Tls;
using OriginWatch.Trust;

namespace OriginWatch.Audit;

/// <summary>
/// Looks at bare targets as often as a run over their origins would, and keeps what was seen. Each target stands for an origin that reaches
/// nothing else:
/// what such an origin is retried for, every origin that uses the target is retried for, so that the run over the origins finds each look
/// that it asks for.
/// </summary>
public sealed class TargetSweep(AuditOptions options, IProber prober, TrustStore trustStore, RuleCatalog catalog, TimeProvider time)
{
    private const string OriginId = "target";

    /// <param name="targets">Distinct.</param>
    /// <param name="interrupt">Ends the looking early; what was not reached is not among the records.</param>
    /// <param name="cancellationToken">Abandons it.</param>
    public async Task<IReadOnlyList<ProbeRecord>> RunAsync(
        IReadOnlyList<ShardTarget> targets,
        CancellationToken interrupt,
        CancellationToken cancellationToken
    )
    {
        ArgumentNullException.ThrowIfNull(targets);
        var now = time.GetUtcNow();
        using var budget = options.ProbeBudget is { } limit
            ? new CancellationTokenSource(limit > TimeSpan.Zero ? limit : TimeSpan.Zero, time)
            : new CancellationTokenSource();
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(budget.Token, interrupt, cancellationToken);
        var recording = new RecordingProber(prober);
        var planned = targets.Select((target, index) => (Origin: Stand(target.Target, index), target.AnsweredBefore)).ToList();
        var prior = planned
            .Where(use => use.AnsweredBefore)
            .ToDictionary(use => OriginKey.Of(use.Origin), _ => new PriorOutcome(OriginVerdict.Accepts, now), StringComparer.Ordinal);
        var plan = new AuditPlan([.. planned.Select(use => use.Origin)], [.. targets.Select(target => target.Target).OfType<ProbeTarget>()])
        {
            HttpTargets = [.. targets.Select(target => target.Target).OfType<HttpTarget>()],
        };
        await new ProbePhase(
            options with
            {
                Prior = prior,
            },
            recording,
            new ChainVerifier(trustStore),
            catalog,
            options.JudgeAt ?? now,
            time
        ).RunAsync(plan, progress: null, stop.Token);
        cancellationToken.ThrowIfCancellationRequested();
        return recording.Records;
    }

    private static PlannedOrigin Stand(ConnectTarget target, int index)
    {
        var tls = target as ProbeTarget;
        var isForwarded = tls is not null && tls.ServerName != tls.DomainName;
        var behavior = new CacheBehavior { TargetOriginId = OriginId, ViewerProtocolPolicy = ViewerProtocolPolicy.HttpsOnly };
        var origin = new Origin
        {
            Id = OriginId,
            DomainName = target.DomainName,
            ConnectionAttempts = target.ConnectionAttempts,
            ConnectionTimeout = target.ConnectionTimeout,
            CustomOriginConfig = new()
            {
                HttpPort = target.Port,
                HttpsPort = target.Port,
                IpAddressType = target.IpAddressType,
                OriginProtocolPolicy = tls is null ? OriginProtocolPolicy.HttpOnly : OriginProtocolPolicy.HttpsOnly,
                OriginSslProtocols = [.. (tls?.Protocols ?? new()).Where(protocol => protocol != TlsProtocol.Tls13)],
            },
        };
        return new()
        {
            Distribution = new()
            {
                Id = $"{index}",
                DomainName = "",
                Origins = [origin],
                DefaultCacheBehavior = behavior,
            },
            Origin = origin,
            Kind = OriginKind.Custom,
            Behaviors = [new(behavior, OriginGroupId: null, IsPrimary: true, ShadowedBy: null)],
            HostForwarding = isForwarded ? HostForwarding.Forwarded : HostForwarding.NotForwarded,
            Names = tls is null ? [] : [new(tls, isForwarded ? ServerNameRole.Alias : ServerNameRole.OriginDomain, Decides: true)],
            HttpTargets = target is HttpTarget http ? [http] : [],
        };
    }
}
