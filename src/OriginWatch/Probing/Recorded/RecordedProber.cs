using System.Collections.Concurrent;
using OriginWatch.Targets;
using OriginWatch.Tls;

namespace OriginWatch.Probing.Recorded;

/// <summary>
/// Sees what another run's prober saw: the first time a target is looked at, its first look, then its retry. What was not looked at was not
/// reached.
/// </summary>
public sealed class RecordedProber : IProber
{
    private static readonly AcceptedVersions NotAsked = new(new(), new());
    private readonly ConcurrentDictionary<ConnectTarget, Replay> _records = new();

    public RecordedProber(IEnumerable<ProbeRecord> records)
    {
        ArgumentNullException.ThrowIfNull(records);
        foreach (var record in records)
        {
            _records.TryAdd(record.Target, new(record));
        }
    }

    public Task<TargetOutcome> ProbeAsync(ProbeTarget target, CancellationToken cancellationToken) => NextAsync(target, cancellationToken);

    public Task<TargetOutcome> ConnectAsync(HttpTarget target, CancellationToken cancellationToken) => NextAsync(target, cancellationToken);

    public Task<AcceptedVersions> ScanVersionsAsync(
        ProbeTarget target,
        IReadOnlyList<TlsProtocol> versions,
        CancellationToken cancellationToken
    ) => Task.FromResult(_records.TryGetValue(target, out var replay) && replay.Record.Versions is { } accepted ? accepted : NotAsked);

    private Task<TargetOutcome> NextAsync(ConnectTarget target, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return Task.FromResult(_records.TryGetValue(target, out var replay) && replay.Next() is { } look ? look : NotReached(target));
    }

    private static TargetOutcome NotReached(ConnectTarget target) =>
        new(
            target,
            [
                new(
                    Address: null,
                    (target as ProbeTarget)?.Protocols ?? new(),
                    IsConfirmation: false,
                    new ProbeFailure
                    {
                        Stage = ProbeStage.Resolve,
                        Reason = FailureReason.RunDeadline,
                        Detail = "the run ended before this target was probed",
                    }
                ),
            ]
        );

    private sealed class Replay(ProbeRecord record)
    {
        private int _next = -1;

        public ProbeRecord Record => record;

        public TargetOutcome? Next() =>
            Interlocked.Increment(ref _next) is var number && number < record.Looks.Count ? record.Looks[number] : null;
    }
}
