namespace OriginWatch.History;

/// <summary>What was sent, what failed on the way, and the state as it is stored now.</summary>
internal sealed record OutboxResult(SavedState State, IReadOnlyList<string> Sent, IReadOnlyList<Exception> Failures);

/// <summary>
/// Digests between "decided on" and "sent". Each stands in the state until it is known to be sent, and is claimed by one run at a time,
/// so that two runs at once do not send the same one.
/// </summary>
internal sealed class DigestOutbox(IRunStore store, PublishDigest publish, TimeProvider time)
{
    private const int MaxConflicts = 5;

    /// <summary>A publisher that was down for so many digests has lost more than the oldest of them.</summary>
    private const int MaxPending = 7;

    /// <summary>All that is pending after this run, with what nobody else is sending claimed for it.</summary>
    public IReadOnlyList<PendingDigest> Queue(IReadOnlyList<PendingDigest> pending, DigestMessage? digest, string runId)
    {
        var queue = pending.Select(item => item.IsFreeAt(time.GetUtcNow()) ? ClaimFor(item, runId) : item).ToList();
        if (digest is not null)
        {
            queue.Add(ClaimFor(new() { Digest = digest }, runId));
        }

        return queue.Count <= MaxPending ? queue : queue[^MaxPending..];
    }

    /// <summary>What <see cref="Queue"/> will drop, in one sentence.</summary>
    public static IEnumerable<string> Dropped(IReadOnlyList<PendingDigest> pending)
        => pending.Count >= MaxPending
            ? [$"{pending.Count - MaxPending + 1} of the earlier mails that could not be sent were dropped: {string.Join(", ", pending.Take(pending.Count - MaxPending + 1).Select(item => item.Digest.Id))}."]
            : [];

    /// <summary>Claims and sends what earlier runs left. Where somebody else writes in between, it is left to the end of the run.</summary>
    public async Task<OutboxResult> SendLeftoversAsync(SavedState saved, string runId, CancellationToken cancellationToken)
    {
        if (!saved.State.Pending.Any(item => item.IsFreeAt(time.GetUtcNow())))
        {
            return new(saved, [], []);
        }

        try
        {
            var claimed = saved.State with { Pending = Queue(saved.State.Pending, digest: null, runId) };
            var write = await store.WriteStateAsync(RunStateJson.Write(claimed), saved.Version, cancellationToken);
            return write.Version is { } version ? await SendAsync(new(claimed, version), runId, cancellationToken) : new(saved, [], []);
        }
        catch (RunStoreException exception)
        {
            return new(saved, [], [exception]);
        }
    }

    /// <summary>Sends everything that <paramref name="runId"/> has claimed, oldest first, and takes each off the state as soon as it is sent.</summary>
    public async Task<OutboxResult> SendAsync(SavedState saved, string runId, CancellationToken cancellationToken)
    {
        var sent = new List<string>();
        var failures = new List<Exception>();
        foreach (var digest in saved.State.Pending.Where(item => item.ClaimedBy == runId).Select(item => item.Digest).ToList())
        {
            var failure = await TryPublishAsync(digest, cancellationToken);
            if (failure is null)
            {
                sent.Add(digest.Id);
            }
            else
            {
                failures.Add(failure);
            }

            try
            {
                saved = await UpdateAsync(saved, item => After(item, digest.Id, sent), cancellationToken);
            }
            catch (RunStoreException exception)
            {
                failures.Add(exception);
            }
        }

        return new(saved, sent, failures);
    }

    public async Task<Exception?> TryPublishAsync(DigestMessage digest, CancellationToken cancellationToken)
    {
        try
        {
            await publish(digest, cancellationToken);
            return null;
        }
#pragma warning disable CA1031 // Whatever a publisher throws is kept and thrown at the end of the run; the rest is still done.
        catch (Exception exception) when (exception is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
#pragma warning restore CA1031
        {
            return exception;
        }
    }

    /// <summary>What was sent is taken off, also where an earlier write that should have done so failed; what could not be sent is free again.</summary>
    private static PendingDigest? After(PendingDigest item, string tried, List<string> sent)
        => sent.Contains(item.Digest.Id) ? null : item.Digest.Id == tried ? item with { ClaimedBy = null, ClaimedUntil = null } : item;

    private PendingDigest ClaimFor(PendingDigest item, string runId)
        => item with { ClaimedBy = runId, ClaimedUntil = time.GetUtcNow() + PendingDigest.LongestClaim };

    private async Task<SavedState> UpdateAsync(SavedState saved, Func<PendingDigest, PendingDigest?> change, CancellationToken cancellationToken)
    {
        for (var conflicts = 0; conflicts < MaxConflicts; conflicts++)
        {
            var state = saved.State with { Pending = [.. saved.State.Pending.Select(change).OfType<PendingDigest>()] };
            if ((await store.WriteStateAsync(RunStateJson.Write(state), saved.Version, cancellationToken)).Version is { } version)
            {
                return new(state, version);
            }

            if (await StateLoader.LoadAsync(store, cancellationToken) is not { State: { } read, Version: { } current })
            {
                break;
            }

            saved = new(read, current);
        }

        throw new RunStoreException($"The mail was sent or given up, but {store.Location} could not be told: other runs keep writing it. The next run may send the mail again, under the same id.");
    }
}
