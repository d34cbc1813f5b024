using System.Collections.Concurrent;
using System.Diagnostics;
using OriginWatch.Probing;
using OriginWatch.Targets;
using OriginWatch.Trust;

namespace OriginWatch.Audit;

/// <summary>Looks at many targets at once, once or a second time, and assesses the chains they sent.</summary>
internal sealed class ProbeRunner(AuditOptions options, IProber prober, ChainVerifier verifier, DateTimeOffset judgedAt, TimeProvider time)
{
    /// <summary>While as many as may be connected are, as many again look their names up, and others wait in silence: the prober bounds
    /// all of them by itself.</summary>
    private int AtOnce => (2 * options.Concurrency) + ProbeLimits.InSilence(options.Concurrency);

    /// <summary>One sight for every target; those that <paramref name="stop"/> cut off say so.</summary>
    public async Task<IReadOnlyDictionary<ConnectTarget, ProbedTarget>> LookAsync(
        IReadOnlyList<ConnectTarget> targets,
        IProgress<AuditProgress>? progress,
        CancellationToken stop
    ) =>
        await ForEachAsync(
            targets,
            confirming: false,
            progress,
            async target =>
            {
                var sight = await LookAsync(target, stop);
                return (sight, sight.WasReached);
            }
        );

    /// <summary>The sights of <paramref name="targets"/> with the retry added; those for which there was no time say so.</summary>
    public async Task<IReadOnlyDictionary<ConnectTarget, ProbedTarget>> ConfirmAsync(
        IReadOnlyList<ConnectTarget> targets,
        IReadOnlyDictionary<ConnectTarget, ProbedTarget> sights,
        IProgress<AuditProgress>? progress,
        CancellationToken stop
    ) =>
        await ForEachAsync(
            targets,
            confirming: true,
            progress,
            async target =>
            {
                var first = sights[target];
                return await WaitedAsync(first, stop) && await LookAsync(target, stop) is { WasReached: true } second
                    ? (first.ConfirmedBy(second), true)
                    : (first with { LacksConfirmation = true }, false);
            }
        );

    /// <summary>Counts only what was really looked at: after an interruption the rest passes by in no time.</summary>
    private async Task<ConcurrentDictionary<ConnectTarget, ProbedTarget>> ForEachAsync(
        IReadOnlyList<ConnectTarget> targets,
        bool confirming,
        IProgress<AuditProgress>? progress,
        Func<ConnectTarget, Task<(ProbedTarget Sight, bool WasLookedAt)>> look
    )
    {
        var sights = new ConcurrentDictionary<ConnectTarget, ProbedTarget>();
        var (done, failing) = (0, 0);
        if (targets.Count > 0)
        {
            progress?.Report(new(targets.Count, 0, 0, confirming));
        }

        await Parallel.ForEachAsync(
            targets,
            new ParallelOptions { MaxDegreeOfParallelism = AtOnce },
            async (target, _) =>
            {
                var (sight, wasLookedAt) = await look(target);
                sights[target] = sight;
                if (wasLookedAt)
                {
                    var failed = sight.HasFailed ? Interlocked.Increment(ref failing) : Volatile.Read(ref failing);
                    progress?.Report(new(targets.Count, Interlocked.Increment(ref done), failed, confirming));
                }
            }
        );
        return sights;
    }

    private async Task<ProbedTarget> LookAsync(ConnectTarget target, CancellationToken stop)
    {
        try
        {
            stop.ThrowIfCancellationRequested();
            var outcome = target switch
            {
                ProbeTarget tls => await prober.ProbeAsync(tls, stop),
                HttpTarget http => await prober.ConnectAsync(http, stop),
                _ => throw new UnreachableException(),
            };
            return ProbedTarget.Of(outcome, verifier.OfOneTarget(judgedAt), time.GetUtcNow());
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            return ProbedTarget.NotReached(target, time.GetUtcNow());
        }
    }

    private async Task<bool> WaitedAsync(ProbedTarget first, CancellationToken stop)
    {
        var wait = first.SeenAt + options.ConfirmationDelay - time.GetUtcNow();
        try
        {
            await Task.Delay(wait > TimeSpan.Zero ? wait : TimeSpan.Zero, time, stop);
            return true;
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }
}
