using System.Text.Json;
using System.Text.RegularExpressions;
using OriginWatch.Audit;
using OriginWatch.Probing;
using OriginWatch.Reporting;

namespace OriginWatch.Tests.Reporting;

/// <summary>The reports against the schema that scripts are given, by the keywords that it uses; tests/pages does the same with a
/// validator of others.</summary>
public class JsonSchemaTests
{
    private static readonly JsonElement Schema = JsonDocument.Parse(ExportedSchema.Text()).RootElement;

    /// <summary>With ORIGINWATCH_APPROVE=1 it is written anew.</summary>
    [Fact]
    public void Schema_is_what_the_records_export() =>
        ExportedSchema.Text().ShouldBeCheckedIn("../../../src/OriginWatch/Reporting/report.schema.json");

    [Fact]
    public void Http_ports_keep_the_contract()
    {
        foreach (var seen in new ProbeResult[] { Given.Refused(), new Connected() })
        {
            var report = SampleReports.Of(SampleReports.HttpOnly("legacy") with { Http = seen });
            using var json = JsonDocument.Parse(JsonReportTests.Bytes(report, null));
            Validate(json.RootElement, Schema, "$").ShouldBeEmpty();
            var port = json.RootElement.GetProperty("origins")[0].GetProperty("httpPorts")[0];
            (port.GetProperty("port").GetInt32(), port.GetProperty("attempts")[0].GetProperty("failure").ValueKind).ShouldBe(
                (80, seen is Connected ? JsonValueKind.Null : JsonValueKind.Object)
            );
        }
    }

    [Fact]
    public void Every_sample_keeps_the_contract()
    {
        foreach (var report in new[] { SampleReports.Healthy(), SampleReports.Demo(), HostileText.Report(), SampleReports.Many(200) })
        {
            Problems(report, null).ShouldBeEmpty();
            Problems(report, new() { Baseline = new HashSet<string>(StringComparer.Ordinal) }).ShouldBeEmpty();
        }
    }

    [Theory]
    [InlineData("\"schemaVersion\": 1", "\"schemaVersion\": 2", "$.schemaVersion: const")]
    [InlineData("\"complete\": true", "\"complete\": \"yes\"", "$.run.complete: type")]
    [InlineData("\"verdict\": \"notProbed\"", "\"verdict\": \"skipped\"", "$.origins[14].verdict: enum")]
    [InlineData("\"startedAt\": \"2026-11-23T06:00:00Z\"", "\"startedAt\": \"23 November\"", "$.run.startedAt: pattern")]
    [InlineData("\"undetermined\": 1,", "", "$.totals: required undetermined")]
    public void Schema_notices_a_broken_promise(string text, string instead, string problem)
    {
        var json = JsonReportTests.Text(SampleReports.Demo());
        var at = json.IndexOf(text, StringComparison.Ordinal);
        using var broken = JsonDocument.Parse(string.Concat(json.AsSpan(0, at), instead, json.AsSpan(at + text.Length)));
        Validate(broken.RootElement, Schema, "$").ShouldContain(problem);
    }

    internal static List<string> Problems(AuditReport report, ReportOptions? options)
    {
        using var json = JsonDocument.Parse(JsonReportTests.Bytes(report, options));
        return [.. Validate(json.RootElement, Schema, "$")];
    }

    private static IEnumerable<string> Validate(JsonElement value, JsonElement schema, string path) =>
        schema
            .EnumerateObject()
            .SelectMany(keyword =>
                keyword.Name switch
                {
                    "$ref" => Validate(
                        value,
                        Schema.GetProperty("$defs").GetProperty(keyword.Value.GetString()!["#/$defs/".Length..]),
                        path
                    ),
                    "type" => Check(Types(keyword.Value).Any(type => Is(value, type)), $"{path}: type"),
                    "const" => Check(JsonElement.DeepEquals(value, keyword.Value), $"{path}: const"),
                    "enum" => Check(keyword.Value.EnumerateArray().Any(allowed => JsonElement.DeepEquals(value, allowed)), $"{path}: enum"),
                    "pattern" => Check(
                        value.ValueKind != JsonValueKind.String
                            || Regex.IsMatch(value.GetString()!, keyword.Value.GetString()!, RegexOptions.None, TimeSpan.FromMinutes(1)),
                        $"{path}: pattern"
                    ),
                    "minimum" => Check(
                        value.ValueKind != JsonValueKind.Number || value.GetDouble() >= keyword.Value.GetDouble(),
                        $"{path}: minimum"
                    ),
                    "maximum" => Check(
                        value.ValueKind != JsonValueKind.Number || value.GetDouble() <= keyword.Value.GetDouble(),
                        $"{path}: maximum"
                    ),
                    "required" => value.ValueKind != JsonValueKind.Object
                        ? []
                        : keyword
                            .Value.EnumerateArray()
                            .Where(name => !value.TryGetProperty(name.GetString()!, out _))
                            .Select(name => $"{path}: required {name}"),
                    "properties" => value.ValueKind != JsonValueKind.Object
                        ? []
                        : keyword
                            .Value.EnumerateObject()
                            .SelectMany(property =>
                                value.TryGetProperty(property.Name, out var member)
                                    ? Validate(member, property.Value, $"{path}.{property.Name}")
                                    : []
                            ),
                    "items" => value.ValueKind != JsonValueKind.Array
                        ? []
                        : value.EnumerateArray().SelectMany((item, i) => Validate(item, keyword.Value, $"{path}[{i}]")),
                    "oneOf" => Check(
                        keyword.Value.EnumerateArray().Count(choice => !Validate(value, choice, path).Any()) == 1,
                        $"{path}: oneOf"
                    ),
                    "$schema" or "$defs" or "title" or "description" or "format" => [],
                    var other => throw new NotSupportedException($"the schema uses {other}, which this test does not know"),
                }
            );

    private static IEnumerable<string> Check(bool holds, string problem) => holds ? [] : [problem];

    private static IEnumerable<string> Types(JsonElement type) =>
        type.ValueKind == JsonValueKind.Array ? type.EnumerateArray().Select(one => one.GetString()!) : [type.GetString()!];

    private static bool Is(JsonElement value, string type) =>
        type switch
        {
            "object" => value.ValueKind == JsonValueKind.Object,
            "array" => value.ValueKind == JsonValueKind.Array,
            "string" => value.ValueKind == JsonValueKind.String,
            "integer" => value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out _),
            "boolean" => value.ValueKind is JsonValueKind.True or JsonValueKind.False,
            _ => value.ValueKind == JsonValueKind.Null,
        };
}
