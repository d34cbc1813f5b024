using System.Text;
using System.Text.Json;
using OriginWatch.Aws.Publishing;
using OriginWatch.History;
using OriginWatch.Tests.Reporting;

namespace OriginWatch.Tests.Aws.Publishing;

public class LogStreamTests
{
    [Fact]
    public async Task The_metrics_are_one_line_by_the_specification()
    {
        await using var output = new KeptStream();
        new LogStream(output).WriteMetrics(
            RunMetrics.Of(RunReview.Of("run", SampleReports.Demo(), previous: null, SuppressionList.Empty), 1, TimeSpan.FromSeconds(9)),
            "123456789012",
            "prod",
            SampleReports.Now
        );
        EmfLines.Count(output.Text()).ShouldBe(1);
    }

    [Fact]
    public async Task An_origin_is_one_line_that_holds_no_metrics()
    {
        await using var output = new KeptStream();
        var report = SampleReports.Demo();
        var log = new LogStream(output);
        foreach (var origin in report.Origins)
        {
            log.WriteOrigin(origin, [.. report.Findings.Where(finding => finding.OriginId == origin.Planned.Origin.Id)]);
        }

        var lines = output.Lines();
        lines.Count.ShouldBe(report.Origins.Count);
        lines.Count(line => line.RootElement.TryGetProperty("_aws", out _)).ShouldBe(0);
        var expired = lines.Select(line => line.RootElement).First(line => line.GetProperty("origin").GetString() == "expired");
        expired.GetProperty("verdict").GetString().ShouldBe("rejects");
        expired.GetProperty("reason").GetString()!.ShouldStartWith("OW301: ");
        lines
            .Select(line => line.RootElement)
            .Where(line => line.GetProperty("verdict").GetString() != "rejects")
            .ShouldAllBe(line => !HasReason(line));
        expired.GetProperty("daysToExpiry").GetDouble().ShouldBe(-10);
        expired.GetProperty("findings")[0].GetProperty("severity").GetString().ShouldBe("critical");
    }

    [Fact]
    public async Task Hostile_text_stays_in_its_line_and_within_the_size_of_an_event()
    {
        await using var output = new KeptStream();
        var report = HostileText.Report();
        foreach (var origin in report.Origins)
        {
            new LogStream(output).WriteOrigin(
                origin,
                [.. Enumerable.Repeat(report.Findings[0] with { Detail = new string('\u202e', 100_000) }, 1000)]
            );
        }

        output.Lines().Count.ShouldBe(report.Origins.Count);
        output.Text().Split('\n').ShouldAllBe(line => Encoding.UTF8.GetByteCount(line) < 256 * 1024);
        output.Lines().ShouldAllBe(line => line.RootElement.GetProperty("findingCount").GetInt32() == 1000);
    }

    private static bool HasReason(JsonElement line) => line.TryGetProperty("reason", out _);
}
