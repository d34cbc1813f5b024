using OriginWatch.Audit;
using OriginWatch.Aws.History;
using OriginWatch.Aws.Publishing;
using OriginWatch.History;
using OriginWatch.Mail;
using OriginWatch.Reporting;

namespace OriginWatch.Aws;

/// <summary>What became of the audit.</summary>
/// <param name="Report">Null where nothing was judged.</param>
/// <param name="Start">What was known before it; null without a memory, and where it could not be asked.</param>
/// <param name="Fault">Why nothing was judged, for the operator; null where something was.</param>
internal sealed record AuditedRun(AuditReport? Report, RunStart? Start, string? Fault);

/// <summary>Tells everybody about a run. Each way is tried, whatever became of the others; what failed is kept.</summary>
/// <param name="topic">Where people listen.</param>
/// <param name="chat">Where a chat channel listens.</param>
/// <param name="history">Null where nothing is remembered.</param>
/// <param name="log">Where metrics and lines go.</param>
/// <param name="notify">Which runs are mailed, where they are remembered.</param>
/// <param name="cancellationToken">Ends all of it.</param>
internal sealed class RunPublisher(TopicPublisher topic, ChatPublisher chat, RunHistory? history, LogStream log, NotifyMode notify, CancellationToken cancellationToken)
{
    private readonly List<string> _failures = [];

    public IReadOnlyList<string> Failures => [.. _failures, .. chat.Failures];

    /// <summary>The review of the run; null where it was not compared with any other.</summary>
    public async Task<RunReview?> PublishAsync(AuditedRun audited, RunContext run)
    {
        var subscribers = await AskAsync();
        var review = await RecordAsync(audited);
        if (review is null && (history is null || notify != NotifyMode.Never))
        {
            await TryAsync(IamActions.Publish, () => MailAsync(audited, run));
        }

        await TryAsync("writing the log", () =>
        {
            var report = review?.Report ?? audited.Report;
            WriteOrigins(report);
            log.WriteMetrics(RunMetrics.Of(report, review, subscribers?.Confirmed, run.Duration), run.AccountId, run.Environment, run.Now);
            return Task.CompletedTask;
        });
        return review;
    }

    /// <summary>A topic that nobody hears is an error of the run: the e-mail would be the last to tell.</summary>
    private async Task<Subscribers?> AskAsync()
    {
        Subscribers? subscribers = null;
        await TryAsync(IamActions.GetTopicAttributes, async () => subscribers = await topic.CountAsync(cancellationToken));
        if (subscribers is { Confirmed: 0 })
        {
            _failures.Add($"Nobody has confirmed a subscription of {topic.Topic.Text} ({subscribers.Pending} pending), so nobody gets the e-mail. Follow the link in the confirmation that AWS sent, or subscribe somebody.");
        }

        return subscribers;
    }

    /// <summary>Compares, saves and mails what is worth a mail.</summary>
    private async Task<RunReview?> RecordAsync(AuditedRun audited)
    {
        if (history is null || audited is not { Report: { } report, Start: { } start })
        {
            _failures.AddRange(audited.Start?.Failures.Select(SentenceOf) ?? []);
            return null;
        }

        RunReview? review = null;
        await TryAsync("keeping the history", async () =>
        {
            var outcome = await history.FinishAsync(start, report, cancellationToken);
            review = outcome.Review;
            _failures.AddRange(outcome.Failures.Select(SentenceOf));
        });
        return review;
    }

    /// <summary>What fails beside the store is the topic.</summary>
    private static string SentenceOf(Exception failure) => failure is RunStoreException ? failure.Message : AwsFault.Of(IamActions.Publish, failure).Sentence;

    private async Task MailAsync(AuditedRun audited, RunContext run)
    {
        if (audited.Report is { } report)
        {
            await topic.PublishAsync(PlainMail.Of(report, run.Environment), cancellationToken);
            return;
        }

        var fault = FaultMessage.Of(audited.Fault!, run.AccountId, run.Environment, audited.Start?.RunId ?? run.RequestId);
        await topic.PublishAsync(fault, cancellationToken);
        await chat.PublishAsync(fault, cancellationToken);
    }

    private void WriteOrigins(AuditReport? report)
    {
        var findings = report?.Findings.ToLookup(finding => (finding.DistributionId, finding.OriginId));
        foreach (var origin in report?.Origins ?? [])
        {
            log.WriteOrigin(origin, [.. findings![(origin.Planned.Distribution.Id, origin.Planned.Origin.Id)]]);
        }
    }

    private async Task TryAsync(string action, Func<Task> publish)
    {
        try
        {
            await publish();
        }
#pragma warning disable CA1031 // Whatever one way throws, the others are tried; the failure is thrown at the end of the run.
        catch (Exception exception)
        {
            _failures.Add(AwsFault.Of(action, exception).Sentence);
        }
#pragma warning restore CA1031
    }
}

/// <summary>Facts of the run that its report does not hold.</summary>
internal sealed record RunContext(string AccountId, string Environment, string RequestId, TimeSpan Duration, DateTimeOffset Now);
