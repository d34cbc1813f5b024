using OriginWatch.Audit;
using OriginWatch.History.Routing;

namespace OriginWatch.History;

/// <summary>Sends a digest to everyone who should have it, or throws.</summary>
public delegate Task PublishDigest(DigestMessage digest, CancellationToken cancellationToken);

/// <summary>
/// Keeps a run's memory in the order that survives a kill at any point: digests left over from earlier runs first, under their own ids;
/// then the conditional write of the new state with this run's digest pending; then publishing; then the pending mark is cleared.
/// </summary>
/// <param name="store">Where the state lies.</param>
/// <param name="compose">What a run, or the part of it that belongs to one topic, has to say; null for nothing.</param>
/// <param name="publish">How it is said.</param>
/// <param name="time">The clock of the claims.</param>
/// <param name="defaultTopic">Its ARN, where it is known.</param>
public sealed class RunRecorder(
    IRunStore store,
    Func<RunReview, DigestMessage?> compose,
    PublishDigest publish,
    TimeProvider time,
    string? defaultTopic = null
)
{
    private const int MaxConflicts = 5;
    private readonly DigestOutbox _outbox = new(store, publish, time);

    /// <summary>Before anything is probed: reads what the last run left and sends the digest that it could not.</summary>
    /// <exception cref="RunStoreException">A newer version wrote the state.</exception>
    public Task<RunStart> BeginAsync(CancellationToken cancellationToken) =>
        new RunOpening(store, _outbox, time, defaultTopic).BeginAsync(cancellationToken);

    /// <summary>After the audit: compares, saves, speaks.</summary>
    /// <param name="start">From <see cref="BeginAsync"/>.</param>
    /// <param name="report">As the audit built it.</param>
    /// <param name="render">The report objects to save before the digest that points at them goes out, one after the other.</param>
    /// <param name="cancellationToken">Abandons what is left; the next run takes it up.</param>
    public async Task<RunOutcome> FinishAsync(
        RunStart start,
        AuditReport report,
        Func<RunReview, IEnumerable<ReportObject>> render,
        CancellationToken cancellationToken
    )
    {
        ArgumentNullException.ThrowIfNull(start);
        ArgumentNullException.ThrowIfNull(report);
        ArgumentNullException.ThrowIfNull(render);
        start = await StateLoader.RejectForeignAsync(store, start, report.Run.AccountId, cancellationToken);
        var attempt = new RunAttempt(start, report);
        for (var conflicts = 0; conflicts < MaxConflicts; conflicts++)
        {
            attempt = await ReviewAsync(attempt, render, cancellationToken);
            if (attempt.Start.HistoryMissing is not null)
            {
                return await SpeakAsync(attempt, cancellationToken);
            }

            try
            {
                attempt = await SaveAsync(attempt, cancellationToken);
            }
            catch (RunStoreException exception)
            {
                return await SpeakUnsavedAsync(attempt, exception, cancellationToken);
            }

            if (attempt.Saved is { } saved)
            {
                var sent = await _outbox.SendAsync(saved, start.RunId, cancellationToken);
                return new(
                    attempt.Review!,
                    attempt.Digests,
                    [.. start.SentAtStart, .. sent.Sent.Select(digest => digest.Id)],
                    [.. attempt.Start.Failures, .. sent.Failures]
                );
            }
        }

        return await SpeakUnsavedAsync(
            attempt,
            new RunStoreException($"Other runs keep writing {store.Location}. Check that only one schedule writes there."),
            cancellationToken
        );
    }

    private async Task<RunAttempt> ReviewAsync(
        RunAttempt attempt,
        Func<RunReview, IEnumerable<ReportObject>> render,
        CancellationToken cancellationToken
    )
    {
        var start = attempt.Start;
        var review = RunReview.Of(start.RunId, attempt.Report, start.Previous, start.Suppressions);
        review = review with
        {
            Routes = start.Routes,
            Notices =
            [
                .. start.Notices,
                .. review.Notices,
                .. NewProblem(start.Routes, review.Previous),
                .. DigestOutbox.Dropped(start.Pending),
            ],
            HistoryMissing = start.HistoryMissing,
            Overlaps = attempt.Overlaps,
            KeepsHistory = store.KeepsHistory,
            FollowsLateDigest = start.LateTopics.Count > 0,
            LateTopics = start.LateTopics,
        };
        var failures = new List<Exception>();
        foreach (var report in render(review))
        {
            await using var content = report.Content;
            try
            {
                await store.WriteReportAsync(report, cancellationToken);
            }
            catch (RunStoreException exception)
            {
                failures.Add(exception);
                review = review with { Notices = [.. review.Notices, $"The report {report.Name} could not be saved: {exception.Message}"] };
            }
        }

        return Composed(attempt with { Start = start with { Failures = [.. start.Failures, .. failures] } }, review);
    }

    /// <summary>It is mailed once and not every night.</summary>
    private static IEnumerable<string> NewProblem(RouteTable routes, RunState? previous) =>
        routes.Problem is { } problem && problem != previous?.RoutesProblem ? [problem] : [];

    private RunAttempt Composed(RunAttempt attempt, RunReview review) =>
        attempt with
        {
            Review = review,
            Mails =
            [
                .. RunParts
                    .Of(review)
                    .SelectMany(part => compose(part) is { } digest ? [(part, digest)] : Array.Empty<(RunReview, DigestMessage)>()),
            ],
        };

    /// <summary>Without <see cref="RunAttempt.Saved"/> afterwards, somebody wrote in between and the attempt has what they wrote.</summary>
    private async Task<RunAttempt> SaveAsync(RunAttempt attempt, CancellationToken cancellationToken)
    {
        var state = attempt.Review!.NextState(
            _outbox.Queue(attempt.Start.Pending, attempt.Digests, attempt.Start.RunId),
            [.. attempt.Mails.Select(mail => mail.Part)]
        );
        var write = await store.WriteStateAsync(RunStateJson.Write(state), attempt.Start.Version, cancellationToken);
        if (write.Version is { } version)
        {
            return attempt with { Saved = new(state, version) };
        }

        var loaded = await StateLoader.LoadAsync(store, cancellationToken);
        return loaded.State?.LastRun.Id == attempt.Start.RunId
            ? attempt with
            {
                Saved = new(loaded.State, loaded.Version!),
            } // this run's own write, whose answer was lost
            : attempt with
            {
                Start = attempt.Start.With(loaded),
                Overlaps =
                    loaded.State?.LastRun is { } other
                    && other.Id != attempt.Start.Previous?.LastRun.Id
                    && other.FinishedAt >= attempt.Report.Run.StartedAt,
            };
    }

    private Task<RunOutcome> SpeakUnsavedAsync(RunAttempt attempt, RunStoreException problem, CancellationToken cancellationToken)
    {
        var review = attempt.Review! with
        {
            Notices =
            [
                .. attempt.Review.Notices,
                $"The state of this run could not be saved, so the next run compares with an older one: {problem.Message}",
            ],
        };
        return SpeakAsync(
            Composed(attempt with { Start = attempt.Start with { Failures = [.. attempt.Start.Failures, problem] } }, review),
            cancellationToken
        );
    }

    /// <summary>The store is out of reach: the mail still goes out, and says so.</summary>
    private async Task<RunOutcome> SpeakAsync(RunAttempt attempt, CancellationToken cancellationToken)
    {
        var (sent, failures) = await _outbox.SendUnsavedAsync(attempt.Digests, cancellationToken);
        return new(
            attempt.Review!,
            attempt.Digests,
            [.. attempt.Start.SentAtStart, .. sent.Select(digest => digest.Id)],
            [.. attempt.Start.Failures, .. failures]
        );
    }
}
