using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
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

    private static readonly JsonSerializerOptions Relaxed = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Of(DigestMessage digest)
    {
        ArgumentNullException.ThrowIfNull(digest);
        var payload = JsonNode.Parse(digest.Json)!;
        var (account, environment, severity) = (
            (string?)payload["accountId"] ?? "unknown",
            (string?)payload["environment"] ?? "default",
            (string?)payload["severity"] ?? "unknown"
        );
        return new JsonObject
        {
            ["version"] = "1.0",
            ["source"] = "custom",
            ["id"] = Bound(digest.Id, 255),
            ["content"] = new JsonObject
            {
                ["textType"] = "client-markdown",
                ["title"] = Bound(Plain(digest.Subject), MaxTitle),
                ["description"] = Description(payload),
                ["nextSteps"] = List(Texts(payload, "nextSteps").Select(step => Bound(Plain(step), MaxNextStep))),
                ["keywords"] = List([Bound(Plain(severity), MaxKeyword), Bound(Plain(account), MaxKeyword)]),
            },
            ["metadata"] = new JsonObject
            {
                ["threadId"] = Bound($"originwatch-{account}-{environment}", 255),
                ["summary"] = Bound(Plain(digest.Subject), MaxTitle),
                ["eventType"] = "originwatch",
                ["additionalContext"] = new JsonObject
                {
                    ["accountId"] = Bound(Plain(account), MaxKeyword),
                    ["environment"] = Bound(Plain(environment), MaxKeyword),
                    ["severity"] = Bound(Plain(severity), MaxKeyword),
                },
                ["enableCustomActions"] = false,
            },
        }.ToJsonString(Relaxed);
    }

    /// <summary>The counts, the worst findings, and where the report is.</summary>
    private static string Description(JsonNode payload)
    {
        var text = new StringBuilder();
        if ((string?)payload["fault"] is { } fault)
        {
            text.Append(Plain(fault)).Append('\n');
        }

        if ((string?)payload["incompleteBecause"] is { } because)
        {
            text.Append("The run is incomplete: ").Append(Plain(because)).Append('\n');
        }

        AddFindings(text, payload);
        foreach (var report in Texts(payload, "report").Take(3))
        {
            text.Append("Report: ").Append(Plain(report)).Append('\n');
        }

        return text.Length == 0 ? "Nothing is open." : Bound(text.ToString().TrimEnd(), MaxDescription);
    }

    private static void AddFindings(StringBuilder text, JsonNode payload)
    {
        var findings = Items(payload, "findings")
            .Select(finding => (finding, Words: Words(finding)))
            .Concat(Items(payload, "seenOnce").Select(finding => (finding, Words: "seen once")))
            .ToList();
        var told = 0;
        foreach (var (finding, words) in findings.Take(MaxFindings))
        {
            var where = (string?)finding["target"] ?? $"{(string?)finding["distribution"]}/{(string?)finding["origin"]}";
            var line = $"• {words}: {Code(where)} {Code((string?)finding["detail"] ?? "")} ({Plain((string?)finding["rule"] ?? "")})\n";
            if (text.Length + line.Length > MaxDescription - 500)
            {
                break;
            }

            text.Append(line);
            told++;
        }

        if (findings.Count - told + ((int?)payload["findingsOmitted"] ?? 0) is > 0 and var more)
        {
            text.Append(CultureInfo.InvariantCulture, $"{more:N0} more in the mail\n");
        }
    }

    /// <summary>"critical, new"; the change is left out where nobody knows it.</summary>
    private static string Words(JsonNode finding) =>
        (string?)finding["change"] is { } change && change != "unknown"
            ? $"{Plain((string?)finding["severity"] ?? "")}, {Plain(change)}"
            : Plain((string?)finding["severity"] ?? "");

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

    private static JsonArray List(IEnumerable<string> items) =>
        new([.. items.Where(item => item.Length > 0).Select(item => (JsonNode)item)]);

    private static IEnumerable<JsonNode> Items(JsonNode payload, string name) => (payload[name] as JsonArray ?? []).OfType<JsonNode>();

    private static IEnumerable<string> Texts(JsonNode payload, string name) => Items(payload, name).Select(item => (string)item!);
}
