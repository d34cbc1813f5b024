using System.Collections.Concurrent;
using System.Text.Json;

namespace OriginWatch.Tests.Aws;

/// <summary>SNS's answers about one topic, and what was published to it.</summary>
internal sealed class FakeTopic
{
    public const string Arn = "arn:aws:sns:us-east-1:123456789012:originwatch";

    public const string ChatArn = "arn:aws:sns:us-east-1:123456789012:originwatch-chat";

    public int Confirmed { get; init; } = 1;
    public int Pending { get; init; }

    /// <summary>As a subscriber by e-mail gets them.</summary>
    public ConcurrentQueue<(string Subject, string Text)> Mails { get; } = new();

    /// <summary>As a queue gets them.</summary>
    public ConcurrentQueue<string> Messages { get; } = new();

    /// <summary>As the chat's topic gets them.</summary>
    public ConcurrentQueue<string> Chats { get; } = new();

    /// <summary>As subscribers of other topics get them.</summary>
    public ConcurrentQueue<(string Topic, string Subject, string Text, string Scope)> Routed { get; } = new();

    /// <summary>Confirmed subscriptions of other topics; whoever asks about one that is not here is denied.</summary>
    public ConcurrentDictionary<string, int> Others { get; } = new(StringComparer.Ordinal);

    /// <summary>Attributes of the last message.</summary>
    public IReadOnlyDictionary<string, string> Attributes { get; private set; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>Null where the call is not for SNS.</summary>
    public HttpAnswer? Answer(HttpCall call)
    {
        var form = call
            .Body.Split('&')
            .Select(field => field.Split('=', 2))
            .Where(field => field.Length == 2)
            .ToDictionary(field => field[0], field => Uri.UnescapeDataString(field[1].Replace('+', ' ')), StringComparer.Ordinal);
        switch (form.GetValueOrDefault("Action"))
        {
            case "GetTopicAttributes" when form["TopicArn"] == Arn:
                return Count(Confirmed, Pending);
            case "GetTopicAttributes":
                return Others.TryGetValue(form["TopicArn"], out var others) ? Count(others, 0) : Denied;
            case "Publish" when Others.ContainsKey(form["TopicArn"]):
                return call.Headers["Authorization"].Contains($"/{form["TopicArn"].Split(':')[3]}/sns/", StringComparison.Ordinal)
                    ? Route(form)
                    : Denied;
            case "Publish" when form["TopicArn"] is not (Arn or ChatArn):
                return Denied;
            case "Publish" when form["TopicArn"] == ChatArn:
                Chats.Enqueue(form["Message"]);
                return Published;
            case "Publish" when form["TopicArn"] == Arn:
                Mails.Enqueue((form["Subject"], By("email", form)));
                Messages.Enqueue(By("default", form));
                Attributes = AttributesOf(form);
                return Published;
            default:
                return null;
        }
    }

    private HttpAnswer Route(Dictionary<string, string> form)
    {
        Routed.Enqueue((form["TopicArn"], form["Subject"], By("email", form), AttributesOf(form)["scope"]));
        return Published;
    }

    private static Dictionary<string, string> AttributesOf(Dictionary<string, string> form) =>
        Enumerable
            .Range(1, 10)
            .Select(number => $"MessageAttributes.entry.{number}")
            .Where(entry => form.ContainsKey($"{entry}.Name"))
            .ToDictionary(entry => form[$"{entry}.Name"], entry => form[$"{entry}.Value.StringValue"], StringComparer.Ordinal);

    private static HttpAnswer Count(int confirmed, int pending) =>
        new(
            200,
            $"<GetTopicAttributesResponse xmlns=\"http://sns.amazonaws.com/doc/2010-03-31/\"><GetTopicAttributesResult><Attributes><entry><key>SubscriptionsConfirmed</key><value>{confirmed}</value></entry><entry><key>SubscriptionsPending</key><value>{pending}</value></entry></Attributes></GetTopicAttributesResult><ResponseMetadata><RequestId>1</RequestId></ResponseMetadata></GetTopicAttributesResponse>"
        );

    private static HttpAnswer Denied =>
        new(
            403,
            "<ErrorResponse><Error><Type>Sender</Type><Code>AuthorizationError</Code><Message>not authorized</Message></Error></ErrorResponse>"
        );

    private static HttpAnswer Published =>
        new(
            200,
            "<PublishResponse xmlns=\"http://sns.amazonaws.com/doc/2010-03-31/\"><PublishResult><MessageId>m-1</MessageId></PublishResult><ResponseMetadata><RequestId>1</RequestId></ResponseMetadata></PublishResponse>"
        );

    /// <summary>SNS falls back to "default" where a protocol has no text of its own.</summary>
    private static string By(string protocol, Dictionary<string, string> form)
    {
        if (form.GetValueOrDefault("MessageStructure") != "json")
        {
            return form["Message"];
        }

        var message = JsonElement.Parse(form["Message"]);
        return (message.TryGetProperty(protocol, out var text) ? text : message.GetProperty("default")).GetString()!;
    }
}
