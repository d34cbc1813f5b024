using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using OriginWatch.Audit;
using OriginWatch.Rules;
using OriginWatch.Text;

namespace OriginWatch.Reporting;

/// <summary>
/// SARIF 2.1.0, for code scanning and its like. What fails is a result of kind "fail"; what could not be judged is "open" (section 3.27.9), never a pass.
/// </summary>
public static class SarifReport
{
    /// <summary>GitHub refuses a run with more results; the worst come first.</summary>
    public const int MaxResults = 25_000;

    private const string SchemaUri = "https://json.schemastore.org/sarif-2.1.0.json";

    public static void Write(AuditReport report, Stream stream, ReportOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(report);
        options ??= ReportOptions.Default;
        var rules = report.Findings.Select(finding => finding.Rule).DistinctBy(rule => rule.Id, StringComparer.Ordinal).OrderBy(rule => rule.Id, StringComparer.Ordinal).ToList();
        var index = rules.Index().ToDictionary(rule => rule.Item.Id, rule => rule.Index, StringComparer.Ordinal);
        using var json = new Utf8JsonWriter(stream, new JsonWriterOptions { Indented = true, NewLine = "\n" });
        json.WriteStartObject();
        json.WriteString("$schema", SchemaUri);
        json.WriteString("version", "2.1.0");
        json.WriteStartArray("runs");
        json.WriteStartObject();
        SarifTool.Write(json, rules);
        SarifTool.WriteInvocation(json, report, Math.Max(0, report.Findings.Count - MaxResults));
        json.WriteStartObject("automationDetails");
        json.WriteString("id", $"originwatch/{Escape.Text(report.Run.AccountId ?? "unknown")}/");
        json.WriteEndObject();
        json.WriteString("columnKind", "utf16CodeUnits");
        json.WriteStartArray("results");
        foreach (var finding in report.Findings.Take(MaxResults))
        {
            WriteResult(json, finding, index[finding.Rule.Id], options);
        }

        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteResult(Utf8JsonWriter json, Finding finding, int ruleIndex, ReportOptions options)
    {
        var failed = finding.Status == FindingStatus.Fail;
        json.WriteStartObject();
        json.WriteString("ruleId", finding.Rule.Id);
        json.WriteNumber("ruleIndex", ruleIndex);
        json.WriteString("kind", failed ? "fail" : "open");
        json.WriteString("level", failed ? SarifTool.LevelOf(finding.Severity) : "none");
        SarifTool.WriteMessage(json, "message", $"{Where(finding)}: {finding.Detail}. {finding.Remediation.Split('\n')[0]}");
        WriteLocation(json, finding, options);
        json.WriteStartObject("partialFingerprints");
        json.WriteString("originWatchKey/v1", HashOf(finding.Key));
        json.WriteEndObject();
        if (options.IsNew(finding) is { } isNew)
        {
            json.WriteString("baselineState", isNew ? "new" : "unchanged");
        }

        if (options.SuppressedBecause(finding) is { } reason)
        {
            WriteSuppression(json, reason);
        }

        json.WriteStartObject("properties");
        json.WriteString("severity", WireNames.Of(finding.Severity));
        json.WriteText("cause", finding.Cause);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    /// <summary>The alternate domain names first, then the name that was asked for.</summary>
    private static string Where(Finding finding) => Phrases.Named(finding.Aliases, finding.Target ?? finding.OriginId);

    /// <summary>
    /// An origin is no file, so it has a logical location. Code scanning shows nothing without a physical one:
    /// that is the saved listing, or where there is none a path that names distribution and origin.
    /// </summary>
    private static void WriteLocation(Utf8JsonWriter json, Finding finding, ReportOptions options)
    {
        json.WriteStartArray("locations");
        json.WriteStartObject();
        json.WriteStartObject("physicalLocation");
        json.WriteStartObject("artifactLocation");
        json.WriteString("uri", PathOf(options.InventoryPath?.Split('/', '\\') ?? ["cloudfront", finding.DistributionId, finding.OriginId]));
        json.WriteEndObject();
        json.WriteStartObject("region");
        json.WriteNumber("startLine", 1);
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteStartArray("logicalLocations");
        json.WriteStartObject();
        json.WriteString("name", Escape.Text(finding.OriginId));
        json.WriteString("fullyQualifiedName", Escape.Text(OriginKey.Of(finding.Planned)));
        json.WriteString("kind", "resource");
        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndArray();
    }

    private static void WriteSuppression(Utf8JsonWriter json, string reason)
    {
        json.WriteStartArray("suppressions");
        json.WriteStartObject();
        json.WriteString("kind", "external");
        json.WriteString("justification", Escape.Text(reason));
        json.WriteEndObject();
        json.WriteEndArray();
    }

    /// <summary>A relative reference without steps upwards.</summary>
    private static string PathOf(IEnumerable<string> segments)
        => string.Join('/', segments.Where(segment => segment is not ("" or "." or "..")).Select(segment => Uri.EscapeDataString(Escape.Json(segment))));

    private static string HashOf(string key) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(key)));
}
