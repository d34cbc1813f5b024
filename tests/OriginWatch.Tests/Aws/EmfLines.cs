using System.Text;
using System.Text.Json;

namespace OriginWatch.Tests.Aws;

/// <summary>
/// Checks log lines against CloudWatch's embedded metric format, its limits included.
/// https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html
/// </summary>
internal static class EmfLines
{
    private const int MaxEventBytes = (256 * 1024) - 26;
    private const int MaxMetrics = 100;
    private const int MaxDimensions = 30;
    private const int MaxName = 1024;
    private static readonly string[] Units =
    [
        "Seconds",
        "Microseconds",
        "Milliseconds",
        "Percent",
        "Count",
        "Count/Second",
        "None",
        "Bytes",
        "Kilobytes",
        "Megabytes",
        "Gigabytes",
        "Terabytes",
        "Bits",
        "Kilobits",
        "Megabits",
        "Gigabits",
        "Terabits",
        "Bytes/Second",
        "Kilobytes/Second",
        "Megabytes/Second",
        "Gigabytes/Second",
        "Terabytes/Second",
        "Bits/Second",
        "Kilobits/Second",
        "Megabits/Second",
        "Gigabits/Second",
        "Terabits/Second",
    ];

    /// <summary>How many lines of the log hold metrics; each of them must be right.</summary>
    public static int Count(string log)
    {
        var lines = log.Split('\n').Where(line => line.Contains("\"_aws\"", StringComparison.Ordinal)).ToList();
        lines.SelectMany(Problems).ShouldBeEmpty();
        return lines.Count;
    }

    internal static IEnumerable<string> Problems(string line)
    {
        if (Encoding.UTF8.GetByteCount(line) > MaxEventBytes)
        {
            yield return "the event is larger than 256 KiB";
        }

        using var document = JsonDocument.Parse(line);
        var metadata = document.RootElement.GetProperty("_aws");
        if (
            !metadata.TryGetProperty("Timestamp", out var timestamp)
            || timestamp.ValueKind is not JsonValueKind.Number
            || !timestamp.TryGetInt64(out _)
        )
        {
            yield return "Timestamp is not milliseconds since 1970";
        }

        var directives = metadata.GetProperty("CloudWatchMetrics").EnumerateArray();
        foreach (var problem in directives.SelectMany(directive => OfDirective(directive, document.RootElement)))
        {
            yield return problem;
        }
    }

    private static IEnumerable<string> OfDirective(JsonElement directive, JsonElement root)
    {
        if (!IsText(directive, "Namespace"))
        {
            yield return "Namespace is not a text of 1 to 1024 characters";
        }

        foreach (var set in directive.GetProperty("Dimensions").EnumerateArray())
        {
            var dimensions = set.EnumerateArray().Select(name => name.GetString()!).ToList();
            if (dimensions.Count > MaxDimensions || dimensions.FirstOrDefault(name => !IsText(root, name)) is not null)
            {
                yield return $"{string.Join(", ", dimensions)}: more than 30, or no such ASCII text in the line";
            }
        }

        var metrics = directive.GetProperty("Metrics").EnumerateArray().ToList();
        if (metrics.Count > MaxMetrics)
        {
            yield return "more than 100 metrics";
        }

        foreach (var metric in metrics.Where(metric => !IsMetric(metric, root)))
        {
            yield return $"{metric}: unknown unit or resolution, or no such number in the line";
        }
    }

    private static bool IsMetric(JsonElement metric, JsonElement root) =>
        IsText(metric, "Name")
        && (!metric.TryGetProperty("Unit", out var unit) || Units.Contains(unit.GetString(), StringComparer.Ordinal))
        && (!metric.TryGetProperty("StorageResolution", out var resolution) || resolution.GetInt32() is 1 or 60)
        && root.TryGetProperty(metric.GetProperty("Name").GetString()!, out var value)
        && (value.ValueKind is JsonValueKind.Number || AreNumbers(value));

    private static bool AreNumbers(JsonElement value) =>
        value.ValueKind is JsonValueKind.Array
        && value.GetArrayLength() is > 0 and <= MaxMetrics
        && value.EnumerateArray().All(item => item.ValueKind is JsonValueKind.Number);

    private static bool IsText(JsonElement parent, string name) =>
        parent.TryGetProperty(name, out var value)
        && value.ValueKind is JsonValueKind.String
        && value.GetString() is { Length: > 0 and <= MaxName } text
        && text.All(char.IsAscii);
}
