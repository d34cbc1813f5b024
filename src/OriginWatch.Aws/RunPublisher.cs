using OriginWatch.Audit;
using OriginWatch.Aws.History;
using OriginWatch.Aws.Publishing;
using OriginWatch.History;
using OriginWatch.Mail;
using OriginWatch.Text;

namespace OriginWatch.Aws;

/// <summary>What became of the audit.</summary>
internal abstract record AuditedRun
{
    private AuditedRun() { }

    /// <param name="Report">As the audit built it.</param>
    /// <param name="Start">What was known before it.</param>
    internal sealed record Judged(AuditReport Report, RunStart Start) : AuditedRun;

    /// <summary>A follow-up that had nothing to look at again.</summary>
    /// <param name="Start">What was known before it.</param>
    internal sealed record Idle(RunStart Start) : AuditedRun;

    /// <param name="Start">Null where the history itself refused to begin.</param>
    /// <param name="Fault">Why nothing was judged, for the operator.</param>
    /// <param name="Cause">What was thrown.</param>
    internal sealed record Failed(RunStart? Start, string Fault, Exception Cause) : AuditedRun
    {
        /// <summary>True for a run that was to look at a part: the alarm on the function's errors tells of it, and no mail every
        /// hour.</summary>
        public bool IsPartial { get; init; }
    }
}

/// <summary>Tells everybody about a run. Each way is tried, whatever became of the others; what failed is kept.</summary>
/// <param name="topic">Where people listen.</param>
/// <param name="chat">Where a chat channel listens.</param>
/// <param name="mails">Sends them to their topics.</param>
/// <param name="history">What earlier runs have left, and where the mail is sent from.</param>
/// <param name="log">Where metrics and lines go.</param>
/// <param name="notify">Which runs are mailed.</param>
/// <param name="cancellationToken">Ends all of it.</param>
internal sealed class RunPublisher(
    TopicPublisher topic,
    ChatPublisher chat,
    MailSender mails,
    RunHistory history,
    LogStream log,
    NotifyMode notify,
    CancellationToken cancellationToken
)
{
    private readonly List<string> _failures = [];

    public IReadOnlyList<string> Failures => [.. _failures, .. chat.Failures];

    /// <summary>The review of the run; null where nothing was judged.</summary>
    public async Task<RunReview?> PublishAsync(AuditedRun audited, RunContext run)
    {
        if (audited is AuditedRun.Idle idle)
        {
            _failures.AddRange([.. idle.Start.Failures.Select(SentenceOf), .. await mails.WarningsAsync(cancellationToken)]);
            return null;
        }

        var subscribers = await AskAsync();
        var review = audited is AuditedRun.Judged judged ? await RecordAsync(judged) : null;
        if (audited is AuditedRun.Failed failed)
        {
            await TellAsync(failed, run);
        }

        _failures.AddRange(await mails.WarningsAsync(cancellationToken));

        await TryAsync(
            "writing the log",
            () =>
            {
                WriteOrigins(review?.Report);
                if (audited is AuditedRun.Failed { IsPartial: true })
                {
                    return Task.CompletedTask;
                }

                WriteMetrics(RunMetrics.Of(review, subscribers?.Confirmed, run.Duration), review, run);
                return Task.CompletedTask;
            }
        );
        return review;
    }

    /// <summary>A topic that nobody hears is an error of the run: the e-mail would be the last to tell.</summary>
    private async Task<Subscribers?> AskAsync()
    {
        Subscribers? subscribers = null;
        await TryAsync(IamActions.GetTopicAttributes, async () => subscribers = await topic.CountAsync(cancellationToken));
        if (subscribers is { Confirmed: 0 })
        {
            _failures.Add(
                $"No subscription is confirmed for {topic.Topic.Text} ({subscribers.Pending} pending), so no e-mail is delivered. Follow the link in the confirmation that AWS sent, or add a subscription."
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
                var outcome = await history.FinishAsync(audited.Start, audited.Report, cancellationToken);
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
        if (notify == NotifyMode.Never || failed.IsPartial)
        {
            return;
        }

        var mail = FaultMail.Of(failed.Fault, run.AccountId, run.Environment, failed.Start?.RunId ?? run.RequestId);
        await TryAsync(IamActions.Publish, () => mails.SendAsync(mail, cancellationToken));
    }

    private void WriteOrigins(AuditReport? report)
    {
        var findings = report?.Findings.ToLookup(finding => (finding.DistributionId, finding.OriginId));
        foreach (var origin in report?.Origins ?? [])
        {
            log.WriteOrigin(origin, [.. findings![(origin.Planned.Distribution.Id, origin.Planned.Origin.Id)]]);
        }
    }

    private void WriteMetrics(IReadOnlyDictionary<string, double> values, RunReview? review, RunContext run)
    {
        if (run.Organization is not { } organization)
        {
            log.WriteMetrics(values, run.AccountId, run.Environment, run.Now);
            return;
        }

        foreach (var account in review is null ? [] : AccountSummary.Of(review.Report))
        {
            log.WriteAccount(account);
            if (organization.SendsAccountMetrics)
            {
                log.WriteMetrics(
                    OrganizationMetrics.OfAccount(account),
                    RunMetrics.All,
                    new(RunMetrics.AccountDimension, account.Account.Id),
                    run.Environment,
                    run.Now
                );
            }
        }

        log.WriteMetrics(
            OrganizationMetrics.AddTo(values, review, organization.ShardsLost),
            OrganizationMetrics.All,
            new(OrganizationMetrics.OrganizationDimension, organization.Id),
            run.Environment,
            run.Now
        );
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
internal sealed record RunContext(string AccountId, string Environment, string RequestId, TimeSpan Duration, DateTimeOffset Now)
{
    /// <summary>Null for a run over one account.</summary>
    public OrganizationRun? Organization { get; init; }
}

/// <param name="Id"><c>o-…</c>.</param>
/// <param name="ShardsLost">Shards that left no observations.</param>
internal sealed record OrganizationRun(string Id, int ShardsLost)
{
    /// <summary>True to send a few numbers of each account too: CloudWatch bills each of them.</summary>
    public bool SendsAccountMetrics { get; init; }
}
