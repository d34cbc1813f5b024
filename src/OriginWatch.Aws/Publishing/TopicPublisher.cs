using System.Globalization;
using Amazon.SimpleNotificationService;
using Amazon.SimpleNotificationService.Model;
using OriginWatch.History;
using OriginWatch.Mail;

namespace OriginWatch.Aws.Publishing;

/// <summary>How many would hear it.</summary>
/// <param name="Confirmed">Subscriptions that get messages.</param>
/// <param name="Pending">Subscriptions whose owners have not followed the link yet.</param>
internal sealed record Subscribers(int Confirmed, int Pending);

/// <summary>The topic that people are subscribed to.</summary>
internal sealed class TopicPublisher(AmazonSimpleNotificationServiceClient client, TopicArn topic)
{
    public TopicArn Topic => topic;

    public async Task<Subscribers> CountAsync(CancellationToken cancellationToken)
    {
        var response = await client.GetTopicAttributesAsync(new GetTopicAttributesRequest { TopicArn = topic.Text }, cancellationToken);
        return new(Count(response, "SubscriptionsConfirmed"), Count(response, "SubscriptionsPending"));
    }

    /// <summary>Text by e-mail, JSON by every other protocol, and attributes for filter policies.</summary>
    public Task PublishAsync(DigestMessage digest, CancellationToken cancellationToken) =>
        client.PublishAsync(
            new PublishRequest
            {
                TopicArn = topic.Text,
                Subject = digest.Subject,
                Message = DigestWriter.Envelope(digest),
                MessageStructure = "json",
                MessageAttributes = digest.Attributes.ToDictionary(
                    attribute => attribute.Key,
                    attribute => new MessageAttributeValue
                    {
                        DataType = attribute.Key == DigestAttributes.Accounts ? "String.Array" : "String",
                        StringValue = attribute.Value,
                    },
                    StringComparer.Ordinal
                ),
            },
            cancellationToken
        );

    private static int Count(GetTopicAttributesResponse response, string attribute) =>
        response.Attributes?.GetValueOrDefault(attribute) is { } text
        && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var count)
            ? count
            : throw new FormatException($"the topic has no attribute {attribute}.");
}
