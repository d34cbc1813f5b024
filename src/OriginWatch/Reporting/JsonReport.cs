using System.Text.Json;
using OriginWatch.Audit;
using OriginWatch.Rules;
using OriginWatch.Text;

namespace OriginWatch.Reporting;

/// <summary>The report as JSON: a stable contract, described by <c>report.schema.json</c>. The same report always gives the same bytes.</summary>
public static class JsonReport
{
    /// <summary>Changes only when a member is removed or changes meaning.</summary>
    public const int SchemaVersion = 1;

    private const int FlushAt = 1 << 16;

    /// <summary>The JSON Schema of what <see cref="Write"/> writes.</summary>
    public static string Schema => EmbeddedText.Read("report.schema.json");

    public static void Write(AuditReport report, Stream stream, ReportOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(report);
        options ??= ReportOptions.Default;
        using var json = new Utf8JsonWriter(stream, new JsonWriterOptions { Indented = true, NewLine = "\n" });
        json.WriteStartObject();
        json.WriteNumber("schemaVersion", SchemaVersion);
        WriteRun(json, report.Run);
        WriteTotals(json, report.Totals);
        json.WriteStartArray("origins");
        foreach (var origin in report.Origins)
        {
            JsonOrigin.Write(json, origin);
            FlushFull(json);
        }

        json.WriteEndArray();
        json.WriteStartArray("findings");
        foreach (var finding in report.Findings)
        {
            WriteFinding(json, finding, options);
            FlushFull(json);
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void FlushFull(Utf8JsonWriter json)
    {
        if (json.BytesPending > FlushAt)
        {
            json.Flush();
        }
    }

    private static void WriteRun(Utf8JsonWriter json, RunFacts run)
    {
        json.WriteStartObject("run");
        json.WriteString("startedAt", WireNames.Of(run.StartedAt));
        json.WriteString("finishedAt", WireNames.Of(run.FinishedAt));
        json.WriteString("judgedAt", WireNames.Of(run.JudgedAt));
        json.WriteText("accountId", run.AccountId);
        json.WriteBoolean("complete", run.Complete);
        json.WriteText("incompleteBecause", run.IncompleteBecause);
        json.WriteText("trustStore", run.TrustStore);
        json.WriteCount("trustStoreAgeDays", run.TrustStoreAgeDays);
        json.WriteString("edge", WireNames.Of(run.Edge));
        json.WriteTexts("remarks", run.Remarks);
        json.WriteEndObject();
    }

    private static void WriteTotals(Utf8JsonWriter json, Totals totals)
    {
        json.WriteStartObject("totals");
        json.WriteNumber("distributions", totals.Distributions);
        json.WriteNumber("origins", totals.Origins);
        json.WriteNumber("targets", totals.Targets);
        json.WriteStartObject("bySeverity");
        foreach (var severity in WireNames.SeveritiesWorstFirst)
        {
            json.WriteNumber(WireNames.Of(severity), totals.BySeverity.GetValueOrDefault(severity));
        }

        json.WriteEndObject();
        json.WriteNumber("undetermined", totals.Undetermined);
        json.WriteNumber("originsAskedAtEdge", totals.AskedAtEdge);
        json.WriteNumber("verdictsContradicted", totals.Contradicted);
        json.WriteStartObject("byVerdict");
        foreach (var verdict in Enum.GetValues<OriginVerdict>())
        {
            json.WriteNumber(WireNames.Of(verdict), totals.ByVerdict.GetValueOrDefault(verdict));
        }

        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteFinding(Utf8JsonWriter json, Finding finding, ReportOptions options)
    {
        json.WriteStartObject();
        json.WriteString("key", finding.Key);
        json.WriteString("ruleId", finding.Rule.Id);
        json.WriteString("severity", WireNames.Of(finding.Severity));
        json.WriteString("status", WireNames.Of(finding.Status));
        json.WriteText("distributionId", finding.DistributionId);
        json.WriteText("originId", finding.OriginId);
        json.WriteTexts("aliases", finding.Aliases);
        json.WriteText("target", finding.Target);
        json.WriteText("detail", finding.Detail);
        json.WriteText("remediation", finding.Remediation, Escape.MaxBlockLength);
        json.WriteText("title", finding.Rule.Title);
        json.WriteString("reference", finding.Rule.Reference.AbsoluteUri);
        json.WriteText("cause", finding.Cause);
        json.WriteBoolean("rejectsTraffic", finding.Rejects);
        if (finding.Traffic is { } traffic)
        {
            json.WriteText("traffic", traffic);
        }

        json.WriteText("suppressedBecause", options.SuppressedBecause(finding));
        if (options.IsNew(finding) is { } isNew)
        {
            json.WriteBoolean("isNew", isNew);
        }

        json.WriteEndObject();
    }
}
