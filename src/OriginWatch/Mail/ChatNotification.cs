using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using OriginWatch.History;
using OriginWatch.Text;

namespace OriginWatch.Mail;

/// <summary>
/// A digest as a custom notification of Amazon Q Developer in chat applications, which shows it in Slack and Microsoft Teams and drops
/// whatever else is published
/// (https://docs.aws.amazon.com/chatbot/latest/adminguide/custom-notifs.html). One thread for an installation, so that a long outage is one
/// conversation.
/// </summary>
public static class ChatNotification
{
    /// <summary>Lengths that its schema takes.</summary>
    public const int MaxTitle = 250;
    public const int MaxDescription = 8000;
    public const int MaxNextStep = 350;
    public const int MaxKeyword = 75;

    private const int MaxFindings = 15;

    private static readonly JsonWriterOptions Relaxed = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Of(DigestMessage digest)
    {
        ArgumentNullException.ThrowIfNull(digest);
        using var payload = JsonDocument.Parse(digest.Json);
        var root = payload.RootElement;
        var (account, environment, severity) = (
            Text(root, "accountId") ?? "unknown",
            Text(root, "environment") ?? "default",
            Text(root, "severity") ?? "unknown"
        );
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, Relaxed))
        {
            json.WriteStartObject();
            json.WriteString("version", "1.0");
            json.WriteString("source", "custom");
            json.WriteString("id", Bound(digest.Id, 255));
            json.WriteStartObject("content");
            json.WriteString("textType", "client-markdown");
            json.WriteString("title", Bound(Plain(digest.Subject), MaxTitle));
            json.WriteString("description", Description(root));
            WriteList(json, "nextSteps", Texts(root, "nextSteps").Select(step => Bound(Plain(step), MaxNextStep)));
            WriteList(json, "keywords", [Bound(Plain(severity), MaxKeyword), Bound(Plain(account), MaxKeyword)]);
            json.WriteEndObject();
            json.WriteStartObject("metadata");
            json.WriteString("threadId", Bound($"originwatch-{account}-{environment}", 255));
            json.WriteString("summary", Bound(Plain(digest.Subject), MaxTitle));
            json.WriteString("eventType", "originwatch");
            json.WriteStartObject("additionalContext");
            json.WriteString("accountId", Bound(Plain(account), MaxKeyword));
            json.WriteString("environment", Bound(Plain(environment), MaxKeyword));
            json.WriteString("severity", Bound(Plain(severity), MaxKeyword));
            json.WriteEndObject();
            json.WriteBoolean("enableCustomActions", false);
            json.WriteEndObject();
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.GetBuffer(), 0, (int)buffer.Length);
    }

    /// <summary>The counts, the worst findings, and where the report is.</summary>
    private static string Description(JsonElement root)
    {
        var text = new StringBuilder();
        if (Text(root, "fault") is { } fault)
        {
            text.Append(Plain(fault)).Append('\n');
        }

        if (Text(root, "incompleteBecause") is { } because)
        {
            text.Append("The run is incomplete: ").Append(Plain(because)).Append('\n');
        }

        AddFindings(text, root);
        foreach (var report in Texts(root, "report").Take(3))
        {
            text.Append("Report: ").Append(Plain(report)).Append('\n');
        }

        return text.Length == 0 ? "Nothing is open." : Bound(text.ToString().TrimEnd(), MaxDescription);
    }

    private static void AddFindings(StringBuilder text, JsonElement root)
    {
        var findings = Items(root, "findings")
            .Select(finding => (finding, Words: Words(finding)))
            .Concat(Items(root, "seenOnce").Select(finding => (finding, Words: "seen once")))
            .ToList();
        var told = 0;
        foreach (var (finding, words) in findings.Take(MaxFindings))
        {
            var where = Text(finding, "target") ?? $"{Text(finding, "distribution")}/{Text(finding, "origin")}";
            var line = $"• {words}: {Code(where)} {Code(Text(finding, "detail") ?? "")} ({Plain(Text(finding, "rule") ?? "")})\n";
            if (text.Length + line.Length > MaxDescription - 500)
            {
                break;
            }

            text.Append(line);
            told++;
        }

        if (findings.Count - told + Number(root, "findingsOmitted") is > 0 and var more)
        {
            text.Append(CultureInfo.InvariantCulture, $"{more:N0} more in the mail\n");
        }
    }

    /// <summary>"critical, new"; the change is left out where nobody knows it.</summary>
    private static string Words(JsonElement finding) =>
        Text(finding, "change") is { } change && change != "unknown"
            ? $"{Plain(Text(finding, "severity") ?? "")}, {Plain(change)}"
            : Plain(Text(finding, "severity") ?? "");

    /// <summary>Shown as it is by every client.</summary>
    private static string Code(string text) => $"`{Plain(text)}`";

    /// <summary>
    /// The clients' dialects differ, and none has an escape that all of them honour: what could format, link or mention somebody becomes a
    /// look-alike.
    /// </summary>
    private static string Plain(string text)
    {
        var plain = new StringBuilder(text.Length);
        foreach (var character in Escape.Text(text))
        {
            plain.Append(
                character switch
                {
                    '<' => '‹',
                    '>' => '›',
                    '&' => '＆',
                    '`' => '\'',
                    '*' => '∗',
                    '_' => 'ˍ',
                    '~' => '∼',
                    '[' => '(',
                    ']' => ')',
                    '@' => '＠',
                    '#' => '＃',
                    '|' => '¦',
                    _ => character,
                }
            );
        }

        return plain.ToString();
    }

    private static string Bound(string text, int most) =>
        text.Length <= most ? text : $"{text[..(char.IsHighSurrogate(text[most - 2]) ? most - 2 : most - 1)]}…";

    private static void WriteList(Utf8JsonWriter json, string name, IEnumerable<string> items)
    {
        json.WriteStartArray(name);
        foreach (var item in items.Where(item => item.Length > 0))
        {
            json.WriteStringValue(item);
        }

        json.WriteEndArray();
    }

    private static JsonElement.ArrayEnumerator Items(JsonElement root, string name) =>
        root.TryGetProperty(name, out var list) && list.ValueKind == JsonValueKind.Array ? list.EnumerateArray() : default;

    private static IEnumerable<string> Texts(JsonElement root, string name) =>
        Items(root, name).Where(item => item.ValueKind == JsonValueKind.String).Select(item => item.GetString()!);

    private static int Number(JsonElement root, string name) =>
        root.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var number)
            ? number
            : 0;

    private static string? Text(JsonElement root, string name) =>
        root.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
