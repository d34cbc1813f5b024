using System.Collections.Concurrent;

namespace OriginWatch.Tests.Aws;

/// <summary>SNS's answers about one topic, and what was published to it.</summary>
internal sealed class FakeTopic
{
    public const string Arn = "arn:aws:sns:us-east-1:123456789012:originwatch";

    public int Confirmed { get; init; } = 1;
    public int Pending { get; init; }
    public ConcurrentQueue<(string Subject, string Text)> Mails { get; } = new();

    /// <summary>Null where the call is not for SNS.</summary>
    public HttpAnswer? Answer(HttpCall call)
    {
        var form = call.Body.Split('&').Select(field => field.Split('=', 2)).Where(field => field.Length == 2)
            .ToDictionary(field => field[0], field => Uri.UnescapeDataString(field[1].Replace('+', ' ')), StringComparer.Ordinal);
        switch (form.GetValueOrDefault("Action"))
        {
            case "GetTopicAttributes" when form["TopicArn"] == Arn:
                return new(200, $"<GetTopicAttributesResponse xmlns=\"http://sns.amazonaws.com/doc/2010-03-31/\"><GetTopicAttributesResult><Attributes><entry><key>SubscriptionsConfirmed</key><value>{Confirmed}</value></entry><entry><key>SubscriptionsPending</key><value>{Pending}</value></entry></Attributes></GetTopicAttributesResult><ResponseMetadata><RequestId>1</RequestId></ResponseMetadata></GetTopicAttributesResponse>");
            case "Publish" when form["TopicArn"] == Arn:
                Mails.Enqueue((form["Subject"], form["Message"]));
                return new(200, "<PublishResponse xmlns=\"http://sns.amazonaws.com/doc/2010-03-31/\"><PublishResult><MessageId>m-1</MessageId></PublishResult><ResponseMetadata><RequestId>1</RequestId></ResponseMetadata></PublishResponse>");
            default:
                return null;
        }
    }
}
