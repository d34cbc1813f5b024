using OriginWatch.History.Routing;

namespace OriginWatch.History;

/// <summary>What was sent, what failed on the way, and the state as it is stored now.</summary>
internal sealed record OutboxResult(SavedState State, IReadOnlyList<DigestMessage> Sent, IReadOnlyList<Exception> Failures);

/// <summary>
/// Digests between "decided on" and "sent". Each stands in the state until it is known to be sent, and is claimed by one run at a time,
/// so that two runs at once do not send the same one.
/// </summary>
internal sealed class DigestOutbox(IRunStore store, PublishDigest publish, TimeProvider time)
{
    private const int MaxConflicts = 5;

    /// <summary>A publisher that was down for so many digests to one topic has lost more than the oldest of them.</summary>
    private const int MaxPending = 7;

    /// <summary>Of the digests of earlier runs together, in characters: they must not crowd the findings out of the state.</summary>
    private const int MaxPendingLength = 16 * 1024 * 1024;

    private const int MaxNamed = 20;

    /// <summary>All that is pending after this run, with what nobody else is sending claimed for it.</summary>
    public IReadOnlyList<PendingDigest> Queue(IReadOnlyList<PendingDigest> pending, IReadOnlyList<DigestMessage> digests, string runId) =>
        [.. Kept(pending).Select(item => Claimed(item, runId)), .. digests.Select(digest => ClaimFor(new() { Digest = digest }, runId))];

    /// <summary>What <see cref="Queue"/> will drop, in one sentence.</summary>
    public static IEnumerable<string> Dropped(IReadOnlyList<PendingDigest> pending)
    {
        var dropped = pending.Except(Kept(pending)).Select(item => item.Digest.Id).ToList();
        return dropped.Count == 0
            ? []
            :
            [
                $"{dropped.Count} of the earlier mails that could not be sent were dropped: "
                    + $"{string.Join(", ", dropped.Take(MaxNamed))}{(dropped.Count > MaxNamed ? $" and {dropped.Count - MaxNamed} more" : "")}.",
            ];
    }

    /// <summary>The newest to each topic, so that there is room for one more.</summary>
    private static List<PendingDigest> Kept(IReadOnlyList<PendingDigest> pending)
    {
        var (kept, length) = (new List<PendingDigest>(), 0L);
        foreach (var item in pending.Reverse())
        {
            length += item.Digest.Text.Length + item.Digest.Json.Length;
            if (length <= MaxPendingLength && kept.Count(other => other.Digest.Topic == item.Digest.Topic) < MaxPending - 1)
            {
                kept.Insert(0, item);
            }
        }

        return kept;
    }

    /// <summary>Claims and sends what earlier runs left. Where somebody else writes in between, it is left to the end of the run.</summary>
    /// <param name="saved">With the leftovers.</param>
    /// <param name="routes">A topic that no route names any more gets nothing: the default one does.</param>
    /// <param name="runId">Claims them.</param>
    /// <param name="cancellationToken">Leaves the rest to the next run.</param>
    public async Task<OutboxResult> SendLeftoversAsync(
        SavedState saved,
        RouteTable routes,
        string runId,
        CancellationToken cancellationToken
    )
    {
        if (!saved.State.Pending.Any(item => item.IsFreeAt(time.GetUtcNow())))
        {
            return new(saved, [], []);
        }

        try
        {
            var claimed = saved.State with { Pending = [.. saved.State.Pending.Select(item => Claimed(Rerouted(item, routes), runId))] };
            var write = await store.WriteStateAsync(RunStateJson.Write(claimed), saved.Version, cancellationToken);
            return write.Version is { } version ? await SendAsync(new(claimed, version), runId, cancellationToken) : new(saved, [], []);
        }
        catch (RunStoreException exception)
        {
            return new(saved, [], [exception]);
        }
    }

    /// <summary>Sends everything that <paramref name="runId"/> has claimed, oldest first, and takes each off the state as soon as it is
    /// sent.</summary>
    public async Task<OutboxResult> SendAsync(SavedState saved, string runId, CancellationToken cancellationToken)
    {
        var sent = new List<DigestMessage>();
        var failures = new List<Exception>();
        foreach (var digest in saved.State.Pending.Where(item => item.ClaimedBy == runId).Select(item => item.Digest).ToList())
        {
            var failure = await TryPublishAsync(digest, cancellationToken);
            if (failure is null)
            {
                sent.Add(digest);
            }
            else
            {
                failures.Add(failure);
            }

            try
            {
                saved = await UpdateAsync(saved, item => After(item, digest.Id, sent, runId), cancellationToken);
            }
            catch (RunStoreException exception)
            {
                failures.Add(exception);
            }
        }

        return new(saved, sent, failures);
    }

    /// <summary>Sends what stands in no state.</summary>
    public async Task<(IReadOnlyList<DigestMessage> Sent, IReadOnlyList<Exception> Failures)> SendUnsavedAsync(
        IReadOnlyList<DigestMessage> digests,
        CancellationToken cancellationToken
    )
    {
        var (sent, failures) = (new List<DigestMessage>(), new List<Exception>());
        foreach (var digest in digests)
        {
            if (await TryPublishAsync(digest, cancellationToken) is { } failure)
            {
                failures.Add(failure);
            }
            else
            {
                sent.Add(digest);
            }
        }

        return (sent, failures);
    }

    private async Task<Exception?> TryPublishAsync(DigestMessage digest, CancellationToken cancellationToken)
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

    /// <summary>
    /// What was sent is taken off, also where an earlier write that should have done so failed; what could not be sent is free again;
    /// and the claim on what is still to be sent starts anew.
    /// </summary>
    private PendingDigest? After(PendingDigest item, string tried, List<DigestMessage> sent, string runId) =>
        sent.Exists(digest => digest.Id == item.Digest.Id) ? null
        : item.Digest.Id == tried ? item with { ClaimedBy = null, ClaimedUntil = null }
        : item.ClaimedBy == runId ? ClaimFor(item, runId)
        : item;

    /// <summary>While the routes are ignored, a mail goes where it was to go.</summary>
    private static PendingDigest Rerouted(PendingDigest item, RouteTable routes) =>
        routes.Problem is not null || routes.Knows(item.Digest.Topic) ? item : item with { Digest = item.Digest with { Topic = null } };

    private PendingDigest Claimed(PendingDigest item, string runId) => item.IsFreeAt(time.GetUtcNow()) ? ClaimFor(item, runId) : item;

    private PendingDigest ClaimFor(PendingDigest item, string runId) =>
        item with
        {
            ClaimedBy = runId,
            ClaimedUntil = time.GetUtcNow() + PendingDigest.LongestClaim,
        };

    private async Task<SavedState> UpdateAsync(
        SavedState saved,
        Func<PendingDigest, PendingDigest?> change,
        CancellationToken cancellationToken
    )
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

        throw new RunStoreException(
            $"The mail was sent or given up, but {store.Location} could not be told: other runs keep writing it. "
                + "The next run may send the mail again, under the same id."
        );
    }
}
