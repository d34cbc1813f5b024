using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using OriginWatch.History;
using OriginWatch.Reporting;
using OriginWatch.Text;

namespace OriginWatch.Aws.Publishing;

/// <summary>What is sent after a run that judged nothing: the mail, and the same for machines.</summary>
internal static class FaultMessage
{
    /// <summary>As an attribute, for filter policies: nobody knows how bad it is.</summary>
    public const string Severity = "unknown";

    private static readonly JsonWriterOptions Relaxed = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static DigestMessage Of(string sentence, string accountId, string environment, string id)
    {
        var mail = PlainMail.OfFault(sentence, accountId, environment);
        return new()
        {
            Id = id,
            Subject = mail.Subject,
            Text = mail.Text,
            Json = Json(mail, sentence, accountId, environment, id),
            Attributes = new Dictionary<string, string>(StringComparer.Ordinal) { ["severity"] = Severity, ["hasNew"] = "false", ["accountId"] = accountId },
        };
    }

    /// <summary>The members that a digest has too are named as there.</summary>
    private static string Json(PlainMail mail, string sentence, string accountId, string environment, string id)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, Relaxed))
        {
            json.WriteStartObject();
            json.WriteNumber("schema", 1);
            json.WriteString("id", id);
            json.WriteString("accountId", accountId);
            json.WriteString("environment", environment);
            json.WriteString("subject", mail.Subject);
            json.WriteString("severity", Severity);
            json.WriteBoolean("complete", false);
            json.WriteString("fault", Escape.Json(sentence));
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.GetBuffer(), 0, (int)buffer.Length);
    }
}
