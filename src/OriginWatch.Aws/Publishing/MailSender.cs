using Amazon.SimpleNotificationService;
using OriginWatch.History;
using OriginWatch.Text;

namespace OriginWatch.Aws.Publishing;

/// <summary>
/// Sends each mail to its topic: the default one, whose mails the chat hears of too, or that of a route, in whichever region and account it is.
/// </summary>
/// <param name="clients">Of the function.</param>
/// <param name="topic">The default one.</param>
/// <param name="chat">Never decides whether a mail was sent.</param>
internal sealed class MailSender(AwsClients clients, TopicPublisher topic, ChatPublisher chat) : IDisposable
{
    private readonly Dictionary<string, AmazonSimpleNotificationServiceClient> _byRegion = new(StringComparer.Ordinal);
    private readonly List<string> _warnings = [];

    /// <summary>Topics of routes that nobody hears, one sentence each.</summary>
    public IReadOnlyList<string> Warnings => _warnings;

    public async Task SendAsync(DigestMessage digest, CancellationToken cancellationToken)
    {
        if (digest.Topic is { } route)
        {
            await SendByRouteAsync(route, digest, cancellationToken);
            return;
        }

        await topic.PublishAsync(digest, cancellationToken);
        await chat.PublishAsync(digest, cancellationToken);
    }

    public void Dispose()
    {
        foreach (var client in _byRegion.Values)
        {
            client.Dispose();
        }
    }

    private async Task SendByRouteAsync(string route, DigestMessage digest, CancellationToken cancellationToken)
    {
        var arn = TopicArn.Parse(route) ?? throw new OperatorException($"The mail {digest.Id} is for {Escape.Text(route, 300)}, which is not the ARN of an SNS topic in a known region. Correct the topic in config/routes.yaml.");
        var publisher = new TopicPublisher(ClientOf(arn), arn);
        try
        {
            await publisher.PublishAsync(digest, cancellationToken);
        }
        catch (Exception exception) when (exception is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            var fault = AwsFault.Of(IamActions.Publish, exception);
            throw new OperatorException($"The mail for {arn.Text}, which config/routes.yaml names, could not be sent: {fault.Sentence}{(fault.Kind == AwsFaultKind.Denied ? " Name the topic in the template's parameter RouteTopicArns; the policy of a topic in another account must allow this role, too." : "")}", exception);
        }

        await WarnAsync(publisher, cancellationToken);
    }

    /// <summary>The owner of a topic may keep that to himself: whoever may not ask does not know.</summary>
    private async Task WarnAsync(TopicPublisher publisher, CancellationToken cancellationToken)
    {
        try
        {
            if (await publisher.CountAsync(cancellationToken) is { Confirmed: 0, Pending: var pending })
            {
                _warnings.Add($"No subscription is confirmed for {publisher.Topic.Text} ({pending} pending), which config/routes.yaml names, so nobody received its mail. Confirm or add a subscription.");
            }
        }
#pragma warning disable CA1031 // The mail is out: what this call answers must not send it again.
        catch (Exception exception) when (exception is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
#pragma warning restore CA1031
        {
            // not known
        }
    }

    private AmazonSimpleNotificationServiceClient ClientOf(TopicArn arn)
    {
        if (!_byRegion.TryGetValue(arn.Region.SystemName, out var client))
        {
            _byRegion[arn.Region.SystemName] = client = (clients with { Region = arn.Region }).Notifications();
        }

        return client;
    }
}
