using System.Text.Json;
using OriginWatch.Audit;
using OriginWatch.Text;

namespace OriginWatch.Reporting;

/// <summary>Compares a report with an earlier one, of which only the findings' keys are read.</summary>
public static class ReportDiff
{
    /// <summary>A report of 50,000 findings with all its origins stays well below.</summary>
    public const int MaxBytes = 512 * 1024 * 1024;

    private const string Advice = "Give a report that 'originwatch scan --format json' has written.";

    /// <summary>What <see cref="Baseline.IsNew"/> asks: the keys that failed, and in another spelling those that could not be
    /// judged.</summary>
    /// <exception cref="OperatorException">It is not a report of this program, or of a later version of it.</exception>
    public static IReadOnlySet<string> ReadBaseline(ReadOnlyMemory<byte> json)
    {
        if (json.Length > MaxBytes)
        {
            throw new OperatorException($"The baseline is larger than {MaxBytes / (1024 * 1024)} MiB. {Advice}");
        }

        try
        {
            using var report = JsonDocument.Parse(json);
            return Read(report.RootElement);
        }
        catch (JsonException exception)
        {
            throw new OperatorException($"The baseline is not JSON (line {exception.LineNumber + 1}). {Advice}", exception);
        }
    }

    /// <summary>The report with nothing in it that the earlier one had. Totals and origins stay whole.</summary>
    public static AuditReport OnlyNew(AuditReport report, IReadOnlySet<string> baseline)
    {
        ArgumentNullException.ThrowIfNull(report);
        return report with { Findings = [.. report.Findings.Where(finding => Baseline.IsNew(finding, baseline))] };
    }

    private static HashSet<string> Read(JsonElement root)
    {
        if (
            root.ValueKind != JsonValueKind.Object
            || !root.TryGetProperty("schemaVersion", out var version)
            || version.ValueKind != JsonValueKind.Number
            || !root.TryGetProperty("findings", out var findings)
            || findings.ValueKind != JsonValueKind.Array
        )
        {
            throw new OperatorException($"The baseline is JSON, but no report. {Advice}");
        }

        if (!version.TryGetInt32(out var number) || number != JsonReport.SchemaVersion)
        {
            throw new OperatorException(
                $"The baseline has schemaVersion {version.GetRawText()}; "
                    + $"this program reads {JsonReport.SchemaVersion}. Write it anew with this version."
            );
        }

        return findings.EnumerateArray().Select((finding, i) => Identity(finding, i)).ToHashSet(StringComparer.Ordinal);
    }

    private static string Identity(JsonElement finding, int index) =>
        finding.ValueKind == JsonValueKind.Object
        && finding.TryGetProperty("key", out var key)
        && key.ValueKind == JsonValueKind.String
        && finding.TryGetProperty("status", out var status)
        && status.ValueKind == JsonValueKind.String
            ? status.ValueEquals(WireNames.Of(FindingStatus.Fail))
                ? key.GetString()!
                : Baseline.Unjudged(key.GetString()!)
            : throw new OperatorException($"The baseline's finding {index} has no key or no status. {Advice}");
}
