using System.Text;
using System.Text.Json;
using OriginWatch.History;
using OriginWatch.Rules;

namespace OriginWatch.Mail;

/// <summary>One run, one message or none.</summary>
public sealed class DigestWriter(DigestSettings settings)
{
    /// <summary>Of the SNS message as sent: its limit is 262,144 bytes, message attributes included.</summary>
    public const int MaxEnvelopeBytes = 240_000;

    private const int MaxJsonFindings = 200;

    /// <summary>Null for a quiet night.</summary>
    public DigestMessage? Compose(RunReview review)
    {
        ArgumentNullException.ThrowIfNull(review);
        return DigestDecision.Because(review, settings) is { } because ? Write(new DigestView(review, settings, because)) : null;
    }

    /// <summary>
    /// The message for SNS's <c>MessageStructure=json</c>: text for mail, and the compact JSON for every other protocol.
    /// </summary>
    public static string Envelope(DigestMessage digest)
    {
        ArgumentNullException.ThrowIfNull(digest);
        return JsonSerializer.Serialize(
            new Dictionary<string, string>(StringComparer.Ordinal) { ["default"] = digest.Json, ["email"] = digest.Text },
            DigestJsonContext.Relaxed.DictionaryStringString
        );
    }

    private static DigestMessage Write(DigestView view)
    {
        var subject = DigestSubject.Of(view);
        var message = new DigestMessage
        {
            Id = view.Id,
            Topic = view.Review.Part?.Topic,
            Subject = subject,
            Text = DigestText.Of(view),
            Json = DigestJson.Of(view, subject, MaxJsonFindings),
            Attributes = DigestAttributes.Of(view),
        };
        for (var most = MaxJsonFindings / 2; IsTooLong(message) && most > 0; most /= 2)
        {
            message = message with { Json = DigestJson.Of(view, subject, most) };
        }

        while (IsTooLong(message))
        {
            message = message with { Text = DigestText.Of(view, message.Text.Length * 9 / 10) };
        }

        return message;
    }

    private static bool IsTooLong(DigestMessage message) => Encoding.UTF8.GetByteCount(Envelope(message)) > MaxEnvelopeBytes;
}
