using System.Collections.Concurrent;
using OriginWatch.Targets;
using OriginWatch.Tls;

namespace OriginWatch.Probing.Recorded;

/// <summary>Passes on what another prober sees, and keeps it for a run elsewhere.</summary>
public sealed class RecordingProber(IProber prober) : IProber
{
    private readonly ConcurrentDictionary<ConnectTarget, ConcurrentQueue<TargetOutcome>> _looks = new();
    private readonly ConcurrentDictionary<ConnectTarget, AcceptedVersions> _versions = new();

    /// <summary>A look that was cancelled is not among them.</summary>
    public IReadOnlyList<ProbeRecord> Records =>
        [.. _looks.Select(looks => new ProbeRecord(looks.Key, [.. looks.Value]) { Versions = _versions.GetValueOrDefault(looks.Key) })];

    public async Task<TargetOutcome> ProbeAsync(ProbeTarget target, CancellationToken cancellationToken) =>
        Keep(target, await prober.ProbeAsync(target, cancellationToken));

    public async Task<TargetOutcome> ConnectAsync(HttpTarget target, CancellationToken cancellationToken) =>
        Keep(target, await prober.ConnectAsync(target, cancellationToken));

    public async Task<AcceptedVersions> ScanVersionsAsync(
        ProbeTarget target,
        IReadOnlyList<TlsProtocol> versions,
        CancellationToken cancellationToken
    ) => _versions[target] = await prober.ScanVersionsAsync(target, versions, cancellationToken);

    private TargetOutcome Keep(ConnectTarget target, TargetOutcome outcome)
    {
        _looks.GetOrAdd(target, _ => new()).Enqueue(outcome);
        return outcome;
    }
}
