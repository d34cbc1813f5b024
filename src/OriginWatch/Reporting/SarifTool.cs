using System.Text.Json;
using OriginWatch.Audit;
using OriginWatch.Rules;
using OriginWatch.Text;

namespace OriginWatch.Reporting;

/// <summary>The tool, its rules and the run, as SARIF has them.</summary>
internal static class SarifTool
{
    public static string LevelOf(Severity severity) => severity switch
    {
        Severity.Critical or Severity.High => "error",
        Severity.Medium => "warning",
        _ => "note",
    };

    public static void Write(Utf8JsonWriter json, IEnumerable<RuleMetadata> rules)
    {
        json.WriteStartObject("tool");
        json.WriteStartObject("driver");
        json.WriteString("name", "OriginWatch");
        json.WriteString("semanticVersion", typeof(SarifTool).Assembly.GetName().Version?.ToString(3) ?? "0.0.0");
        json.WriteStartArray("rules");
        foreach (var rule in rules)
        {
            WriteRule(json, rule);
        }

        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndObject();
    }

    public static void WriteInvocation(Utf8JsonWriter json, AuditReport report, int leftOut)
    {
        json.WriteStartArray("invocations");
        json.WriteStartObject();
        json.WriteBoolean("executionSuccessful", report.Run.Complete);
        json.WriteString("startTimeUtc", WireNames.Of(report.Run.StartedAt));
        json.WriteString("endTimeUtc", WireNames.Of(report.Run.FinishedAt));
        json.WriteStartArray("toolExecutionNotifications");
        if (report.Run.IncompleteBecause is { } reason)
        {
            WriteNotification(json, "error", reason);
        }

        if (leftOut > 0)
        {
            WriteNotification(json, "warning", $"{Phrases.Number(leftOut)} findings of lower severity are left out; the JSON report has all.");
        }

        foreach (var remark in report.Run.Remarks)
        {
            WriteNotification(json, "note", remark);
        }

        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndArray();
    }

    public static void WriteMessage(Utf8JsonWriter json, string name, string text)
    {
        json.WriteStartObject(name);
        json.WriteString("text", Escape.Sarif(text));
        json.WriteEndObject();
    }

    private static void WriteNotification(Utf8JsonWriter json, string level, string text)
    {
        json.WriteStartObject();
        json.WriteString("level", level);
        WriteMessage(json, "message", text);
        json.WriteEndObject();
    }

    private static void WriteRule(Utf8JsonWriter json, RuleMetadata rule)
    {
        json.WriteStartObject();
        json.WriteString("id", rule.Id);
        WriteMessage(json, "shortDescription", $"{rule.Title}.");
        WriteMessage(json, "fullDescription", rule.Rationale);
        WriteMessage(json, "help", $"{rule.Rationale} {rule.Remediation}");
        json.WriteString("helpUri", rule.Reference.AbsoluteUri);
        json.WriteStartObject("defaultConfiguration");
        json.WriteString("level", LevelOf(rule.Severity));
        json.WriteEndObject();
        json.WriteStartObject("properties");
        if (SecuritySeverityOf(rule.Severity) is { } score)
        {
            json.WriteString("security-severity", score);
        }

        json.WriteStartArray("tags");
        json.WriteStringValue("security");
        json.WriteStringValue("cloudfront");
        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndObject();
    }

    /// <summary>GitHub's scale: over 9.0 is critical, 7.0 high, 4.0 medium, below low. Informational rules have none.</summary>
    private static string? SecuritySeverityOf(Severity severity) => severity switch
    {
        Severity.Critical => "9.0",
        Severity.High => "7.0",
        Severity.Medium => "4.0",
        Severity.Low => "2.0",
        _ => null,
    };
}
