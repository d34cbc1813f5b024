using Amazon.SimpleNotificationService;
using Amazon.SimpleNotificationService.Model;
using OriginWatch.History;
using OriginWatch.Mail;

namespace OriginWatch.Aws.Publishing;

/// <summary>
/// The topic of a chat channel, where there is one: it gets a notification whenever a mail was sent. What fails here is a failure of the
/// run,
/// and never a reason to send the mail again.
/// </summary>
internal sealed class ChatPublisher(AmazonSimpleNotificationServiceClient client, TopicArn? topic)
{
    private readonly List<string> _failures = [];

    public IReadOnlyList<string> Failures => _failures;

    public async Task PublishAsync(DigestMessage digest, CancellationToken cancellationToken)
    {
        if (topic is null)
        {
            return;
        }

        try
        {
            await client.PublishAsync(
                new PublishRequest { TopicArn = topic.Text, Message = ChatNotification.Of(digest) },
                cancellationToken
            );
        }
#pragma warning disable CA1031 // The mail is out: whatever the chat's topic answers is told at the end of the run.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            _failures.Add($"The chat's topic: {AwsFault.Of(IamActions.Publish, exception).Sentence}");
        }
    }
}
