using OriginWatch.Aws.Publishing;
using OriginWatch.Reporting;

namespace OriginWatch.Aws;

/// <summary>Tells everybody about a run. Each way is tried, whatever became of the others; what failed is kept.</summary>
internal sealed class RunPublisher(TopicPublisher topic, LogStream log, TopicArn arn, CancellationToken cancellationToken)
{
    private readonly List<string> _failures = [];

    public IReadOnlyList<string> Failures => _failures;

    public async Task PublishAsync(AuditReport? report, Mail mail, RunContext run)
    {
        var subscribers = await AskAsync();
        await TryAsync(IamActions.Publish, () => topic.PublishAsync(mail, cancellationToken));
        await TryAsync("writing the log", () =>
        {
            WriteOrigins(report);
            log.WriteMetrics(RunMetrics.Of(report, subscribers?.Confirmed, run.Duration), run.AccountId, run.Environment, run.Now);
            return Task.CompletedTask;
        });
    }

    /// <summary>A topic that nobody hears is an error of the run: the e-mail would be the last to tell.</summary>
    private async Task<Subscribers?> AskAsync()
    {
        Subscribers? subscribers = null;
        await TryAsync(IamActions.GetTopicAttributes, async () => subscribers = await topic.CountAsync(cancellationToken));
        if (subscribers is { Confirmed: 0 })
        {
            _failures.Add($"Nobody has confirmed a subscription of {arn.Text} ({subscribers.Pending} pending), so nobody gets the e-mail. Follow the link in the confirmation that AWS sent, or subscribe somebody.");
        }

        return subscribers;
    }

    private void WriteOrigins(AuditReport? report)
    {
        var findings = report?.Findings.ToLookup(finding => (finding.DistributionId, finding.OriginId));
        foreach (var origin in report?.Origins ?? [])
        {
            log.WriteOrigin(origin, [.. findings![(origin.Use.Distribution.Id, origin.Use.Origin.Id)]]);
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
internal sealed record RunContext(string AccountId, string Environment, TimeSpan Duration, DateTimeOffset Now);
