using System.Security.Cryptography;

namespace OriginWatch.Edge;

/// <summary>How edges are asked.</summary>
public sealed record EdgeOptions
{
    /// <summary>What all questions of a run may take.</summary>
    public static readonly TimeSpan DefaultBudget = TimeSpan.FromSeconds(180);

    public TimeSpan Budget { get; init; } = DefaultBudget;

    /// <summary>From a failure to the second question about it.</summary>
    public TimeSpan ConfirmationDelay { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Random letters and digits for the path, another one each time.</summary>
    internal Func<string> NewToken { get; init; } = () => RandomNumberGenerator.GetHexString(20, lowercase: true);
}

/// <summary>
/// Asks many questions, worst first, at most two at a time of one distribution and sixteen in all. A failure is asked about again before
/// any new question is put. What there is no time for stays without an answer.
/// </summary>
internal sealed class EdgeSurvey(IEdgeClient client, EdgeOptions options, TimeProvider time)
{
    /// <param name="questions">Worst first.</param>
    /// <param name="progress">Told the number of answers.</param>
    /// <param name="stop">Ends the asking; what is known by then is returned.</param>
    /// <returns>One outcome for each question, in their order.</returns>
    public async Task<IReadOnlyList<EdgeOutcome>> AskAsync(
        IReadOnlyList<EdgeQuestion> questions,
        IProgress<int>? progress,
        CancellationToken stop
    )
    {
        ArgumentNullException.ThrowIfNull(questions);
        using var budget = new CancellationTokenSource(options.Budget > TimeSpan.Zero ? options.Budget : TimeSpan.Zero, time);
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(budget.Token, stop);
        var turns = new EdgeTurns(questions, options.ConfirmationDelay, time);
        var running = new Dictionary<Task<EdgeAnswer?>, EdgeTurn>();
        while (turns.IsOpen || running.Count > 0)
        {
            while (!linked.IsCancellationRequested && turns.Next() is { } turn)
            {
                running.Add(AskAsync(turn.Question, linked.Token), turn);
            }

            if (running.Count == 0 && linked.IsCancellationRequested)
            {
                break;
            }

            await WaitAsync(running.Keys, turns.UntilDue(), linked.Token).ConfigureAwait(false);
            foreach (var (task, turn) in running.Where(pair => pair.Key.IsCompleted).ToList())
            {
                running.Remove(task);
                turns.Done(turn, await task.ConfigureAwait(false));
                progress?.Report(turns.Answered);
            }
        }

        return turns.Outcomes;
    }

    private async Task<EdgeAnswer?> AskAsync(EdgeQuestion question, CancellationToken stop)
    {
        try
        {
            var reply = question.PathFor(options.NewToken()) is { } path
                ? await client
                    .AskAsync(new(question.Host, question.ConnectTo, question.Port, path, question.TimeBudget), stop)
                    .ConfigureAwait(false)
                : new EdgeReply.Nothing("no path was found that matches the behavior");
            return AnswerClassifier.Classify(reply, question);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            return null;
        }
    }

    /// <summary>Until a request ends or a confirmation falls due; once asking is over, until a request ends.</summary>
    private async Task WaitAsync(IReadOnlyCollection<Task> running, TimeSpan? untilDue, CancellationToken stop)
    {
        if (stop.IsCancellationRequested)
        {
            await Task.WhenAny(running).ConfigureAwait(false);
            return;
        }

        using var over = CancellationTokenSource.CreateLinkedTokenSource(stop);
        var timer = Task.Delay(untilDue ?? Timeout.InfiniteTimeSpan, time, over.Token);
        await Task.WhenAny([.. running, timer]).ConfigureAwait(false);
        await over.CancelAsync().ConfigureAwait(false);
    }
}
