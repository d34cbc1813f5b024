using Amazon.SimpleNotificationService;
using OriginWatch.Audit;
using OriginWatch.Aws.History;
using OriginWatch.Aws.Publishing;
using OriginWatch.History;
using OriginWatch.Mail;
using OriginWatch.Text;

namespace OriginWatch.Aws;

/// <summary>Tells everybody about a run. Each way is tried, whatever became of the others; what failed is kept.</summary>
internal sealed class RunPublisher : IAsyncDisposable
{
    private readonly AmazonSimpleNotificationServiceClient _notifications;
    private readonly Stream _output;
    private readonly LogStream _log;
    private readonly TopicPublisher _topic;
    private readonly ChatPublisher _chat;
    private readonly MailSender _mails;
    private readonly NotifyMode _notify;
    private readonly CancellationToken _cancellationToken;
    private readonly List<string> _failures = [];

    /// <param name="clients">Of the function.</param>
    /// <param name="settings">Name the topics, the bucket and which runs are mailed.</param>
    /// <param name="ownerAccountId">Whose the bucket must be.</param>
    /// <param name="parts">Where lines go, the clock and the page.</param>
    /// <param name="cancellationToken">Ends all of it.</param>
    public RunPublisher(
        AwsClients clients,
        Settings settings,
        string? ownerAccountId,
        LambdaDependencies parts,
        CancellationToken cancellationToken
    )
    {
        (_notify, _cancellationToken) = (settings.Notify, cancellationToken);
        _notifications = clients.Notifications();
        _output = parts.Output();
        _log = new(_output);
        _topic = new(_notifications, settings.Topic);
        _chat = new(_notifications, settings.ChatTopic);
        _mails = new(clients, _topic, _chat);
        History = RunHistory.Open(settings, ownerAccountId, clients, _mails.SendAsync, parts);
    }

    /// <summary>What earlier runs have left, and where the mail is sent from.</summary>
    public RunHistory History { get; }

    /// <summary>The review of the run; null where nothing was judged.</summary>
    public async Task<RunReview?> PublishAsync(AuditedRun audited, RunContext run)
    {
        if (audited is AuditedRun.Idle idle)
        {
            _failures.AddRange([.. idle.Start.Failures.Select(SentenceOf), .. await _mails.WarningsAsync(_cancellationToken)]);
            return null;
        }

        var subscribers = await AskAsync();
        var review = audited is AuditedRun.Judged judged ? await RecordAsync(judged) : null;
        if (audited is AuditedRun.Failed failed)
        {
            await TellAsync(failed, run);
        }

        _failures.AddRange(await _mails.WarningsAsync(_cancellationToken));

        await TryAsync(
            "writing the log",
            () =>
            {
                var lines = new RunLines(_log);
                lines.WriteOrigins(review?.Report);
                if (audited is not AuditedRun.Failed { IsPartial: true })
                {
                    lines.WriteMetrics(RunMetrics.Of(review, subscribers?.Confirmed, run.Duration), review, run);
                }

                return Task.CompletedTask;
            }
        );
        return review;
    }

    /// <param name="audited">What became of the audit.</param>
    /// <param name="others">What failed after publishing.</param>
    /// <exception cref="RunFailedException">Something failed; everything else was done before.</exception>
    public void ThrowFailures(AuditedRun audited, IReadOnlyList<string> others)
    {
        var failed = audited as AuditedRun.Failed;
        string[] failures = [.. failed is null ? [] : new[] { failed.Fault }, .. _failures, .. _chat.Failures, .. others];
        foreach (var failure in failures)
        {
            _log.WriteFault(failure);
        }

        if (failures.Length > 0)
        {
            throw new RunFailedException(string.Join(' ', failures), failed?.Cause!);
        }
    }

    public async ValueTask DisposeAsync()
    {
        History.Dispose();
        _mails.Dispose();
        await _output.DisposeAsync();
        _notifications.Dispose();
    }

    /// <summary>A topic that nobody hears is an error of the run: the e-mail would be the last to tell.</summary>
    private async Task<Subscribers?> AskAsync()
    {
        Subscribers? subscribers = null;
        await TryAsync(IamActions.GetTopicAttributes, async () => subscribers = await _topic.CountAsync(_cancellationToken));
        if (subscribers is { Confirmed: 0 })
        {
            _failures.Add(
                $"No subscription is confirmed for {_topic.Topic.Text} ({subscribers.Pending} pending), "
                    + "so no e-mail is delivered. Follow the link in the confirmation that AWS sent, or add a subscription."
            );
        }

        return subscribers;
    }

    /// <summary>Compares, saves and mails what is worth a mail. Whatever fails on the way, the run is reviewed.</summary>
    private async Task<RunReview> RecordAsync(AuditedRun.Judged audited)
    {
        var review = RunReview.Of(audited.Start.RunId, audited.Report, audited.Start.Previous, audited.Start.Suppressions);
        await TryAsync(
            "keeping the history",
            async () =>
            {
                var outcome = await History.FinishAsync(audited.Start, audited.Report, _cancellationToken);
                review = outcome.Review;
                _failures.AddRange(outcome.Failures.Select(SentenceOf));
            }
        );
        return review;
    }

    /// <summary>What fails beside the store is the topic.</summary>
    private static string SentenceOf(Exception failure) =>
        failure is OperatorException ? failure.Message : AwsFault.Of(IamActions.Publish, failure).Sentence;

    private async Task TellAsync(AuditedRun.Failed failed, RunContext run)
    {
        _failures.AddRange(failed.Start?.Failures.Select(SentenceOf) ?? []);
        if (_notify == NotifyMode.Never || failed.IsPartial)
        {
            return;
        }

        var mail = FaultMail.Of(
            failed.Fault,
            run.AccountId,
            run.Environment,
            failed.Start?.RunId ?? run.RequestId,
            run.Organization is not null
        );
        await TryAsync(IamActions.Publish, () => _mails.SendAsync(mail, _cancellationToken));
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
