using OriginWatch.Targets;

namespace OriginWatch.Probing;

/// <summary>Looks at a target: every address, every hello that CloudFront may send. Observes, never judges.</summary>
public interface IProber
{
    /// <summary>Faults of the origin are in the outcome. Throws only when <paramref name="cancellationToken"/> is cancelled.</summary>
    Task<TargetOutcome> ProbeAsync(ProbeTarget target, CancellationToken cancellationToken);
}
