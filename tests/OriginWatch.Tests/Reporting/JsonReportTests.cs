using System.Text;
using System.Text.Json;
using OriginWatch.Reporting;

namespace OriginWatch.Tests.Reporting;

public class JsonReportTests
{
    [Fact]
    public void Two_renderings_are_byte_identical() => Bytes(SampleReports.Demo()).ShouldBe(Bytes(SampleReports.Demo()));

    [Fact]
    public void Carries_run_and_totals()
    {
        using var json = JsonDocument.Parse(Bytes(SampleReports.Demo()));
        json.RootElement.GetProperty("schemaVersion").GetInt32().ShouldBe(1);
        json.RootElement.GetProperty("run").GetProperty("startedAt").GetString().ShouldBe("2026-11-23T06:00:00Z");
        json.RootElement.GetProperty("run").GetProperty("complete").GetBoolean().ShouldBeTrue();
        json.RootElement.GetProperty("totals").GetProperty("bySeverity").GetRawText().ReplaceLineEndings("\n").ShouldBe("""
            {
                  "critical": 10,
                  "high": 5,
                  "medium": 1,
                  "low": 0,
                  "informational": 1
                }
            """);
    }

    public static byte[] Bytes(AuditReport report, ReportOptions? options = null)
    {
        using var stream = new MemoryStream();
        JsonReport.Write(report, stream, options);
        return stream.ToArray();
    }

    public static string Text(AuditReport report) => Encoding.UTF8.GetString(Bytes(report));
}
