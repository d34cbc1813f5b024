using System.Text;
using System.Text.Json;
using OriginWatch.Audit;
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
        json.RootElement.GetProperty("totals")
            .GetProperty("bySeverity")
            .GetRawText()
            .ReplaceLineEndings("\n")
            .ShouldBe(
                """
                {
                      "critical": 10,
                      "high": 5,
                      "medium": 1,
                      "low": 0,
                      "informational": 1
                    }
                """
            );
    }

    [Fact]
    public void Failed_attempt_carries_stage_and_reason_and_its_target_says_why_it_was_not_judged()
    {
        using var json = JsonDocument.Parse(Bytes(SampleReports.Of(SampleReports.Unjudged("blocked"))));
        var origin = json.RootElement.GetProperty("origins")[0];
        origin.GetProperty("verdict").GetString().ShouldBe("undetermined");
        var target = origin.GetProperty("targets")[0];
        target
            .GetProperty("notJudgedBecause")
            .GetString()
            .ShouldBe("192.0.2.10 did not answer within 10 s; an allow-list may admit CloudFront alone");
        target.GetProperty("attempts")[0].GetProperty("failure").GetProperty("stage").GetString().ShouldBe("connect");
        target.GetProperty("attempts")[0].GetProperty("failure").GetProperty("reason").GetString().ShouldBe("connectTimeout");
        target.GetProperty("attempts")[0].GetProperty("chain").GetArrayLength().ShouldBe(0);
    }

    [Fact]
    public void Written_bytes_hold_nothing_that_a_terminal_would_obey() =>
        Bytes(HostileText.Report()).Where(letter => letter is (< 0x20 and not 0x0a) or > 0x7e).ShouldBeEmpty();

    public static byte[] Bytes(AuditReport report, ReportOptions? options = null)
    {
        using var stream = new MemoryStream();
        JsonReport.Write(report, stream, options);
        return stream.ToArray();
    }

    public static string Text(AuditReport report) => Encoding.UTF8.GetString(Bytes(report));
}
