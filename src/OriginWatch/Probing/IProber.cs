using OriginWatch.Targets;
using OriginWatch.Tls;

namespace OriginWatch.Probing;

/// <summary>Looks at a target: every address, every hello that CloudFront may send. Observes, never judges.</summary>
public interface IProber
{
    /// <summary>Faults of the origin are in the outcome. Throws only when <paramref name="cancellationToken"/> is cancelled.</summary>
    Task<TargetOutcome> ProbeAsync(ProbeTarget target, CancellationToken cancellationToken);

    /// <summary>Connects to every address and closes at once. Throws only when <paramref name="cancellationToken"/> is cancelled.</summary>
    Task<TargetOutcome> ConnectAsync(HttpTarget target, CancellationToken cancellationToken);

    /// <summary>Which of <paramref name="versions"/> the target negotiates when each is offered alone; a version that nobody could tell of
    /// is in neither set.</summary>
    Task<AcceptedVersions> ScanVersionsAsync(ProbeTarget target, IReadOnlyList<TlsProtocol> versions, CancellationToken cancellationToken);
}
