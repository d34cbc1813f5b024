using Amazon.SimpleNotificationService;
using OriginWatch.History;
using OriginWatch.Text;

namespace OriginWatch.Aws.Publishing;

/// <summary>
/// Sends each mail to its topic: the default one, whose mails the chat hears of too, or that of a route, in whichever region and account it
/// is.
/// </summary>
/// <param name="clients">Of the function.</param>
/// <param name="topic">The default one.</param>
/// <param name="chat">Never decides whether a mail was sent.</param>
internal sealed class MailSender(AwsClients clients, TopicPublisher topic, ChatPublisher chat) : IDisposable
{
    private readonly Dictionary<string, AmazonSimpleNotificationServiceClient> _byRegion = new(StringComparer.Ordinal);
    private readonly Dictionary<string, TopicPublisher> _routes = new(StringComparer.Ordinal);

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

    /// <summary>Topics of routes that got a mail and that nobody hears, one sentence each. Asked when all mails are out and known to be: it
    /// must not come between the two.</summary>
    public async Task<IReadOnlyList<string>> WarningsAsync(CancellationToken cancellationToken) =>
        [.. (await Task.WhenAll(_routes.Values.Select(publisher => WarningAsync(publisher, cancellationToken)))).OfType<string>()];

    public void Dispose()
    {
        foreach (var client in _byRegion.Values)
        {
            client.Dispose();
        }
    }

    private async Task SendByRouteAsync(string route, DigestMessage digest, CancellationToken cancellationToken)
    {
        var arn =
            TopicArn.Parse(route)
            ?? throw new OperatorException(
                $"The mail {digest.Id} is for {Escape.Text(route, 300)}, which is not the ARN of an SNS topic in a "
                    + "known region. Correct the topic in config/routes.yaml."
            );
        var publisher = new TopicPublisher(ClientOf(arn), arn);
        try
        {
            await publisher.PublishAsync(digest, cancellationToken);
        }
        catch (Exception exception) when (exception is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            var fault = AwsFault.Of(IamActions.Publish, exception);
            throw new OperatorException(
                $"The mail for {arn.Text}, which config/routes.yaml names, could not be sent: "
                    + $"{fault.Sentence}{(fault.Kind == AwsFaultKind.Denied ? " Name the topic in the template's parameter RouteTopicArns; the policy of a topic in another account must allow this role, too." : "")}",
                exception
            );
        }

        _routes[route] = publisher;
    }

    /// <summary>The owner of a topic may keep that to himself: whoever may not ask does not know.</summary>
    private static async Task<string?> WarningAsync(TopicPublisher publisher, CancellationToken cancellationToken)
    {
        try
        {
            return await publisher.CountAsync(cancellationToken) is { Confirmed: 0, Pending: var pending }
                ? $"No subscription is confirmed for {publisher.Topic.Text} ({pending} pending), "
                    + "which config/routes.yaml names, so nobody received its mail. Confirm or add a subscription."
                : null;
        }
#pragma warning disable CA1031 // The mail is out: whatever this call answers is no fault of the run.
        catch (Exception)
#pragma warning restore CA1031
        {
            return null;
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
