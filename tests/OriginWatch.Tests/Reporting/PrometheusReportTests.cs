using System.Text.RegularExpressions;
using OriginWatch.Audit;
using OriginWatch.Reporting;
using OriginWatch.Rules;

namespace OriginWatch.Tests.Reporting;

public partial class PrometheusReportTests
{
    private const string NotAfter = "originwatch_certificate_not_after_timestamp_seconds";

    [Fact]
    public void Every_origin_has_its_verdict()
    {
        var report = SampleReports.Demo();
        var lines = Lines(PrometheusReport.Render(report));
        lines.Count(line => line.StartsWith("originwatch_origin_rejected{", StringComparison.Ordinal)).ShouldBe(report.Origins.Count);
        lines
            .Count(line =>
                line.StartsWith("originwatch_origin_rejected{", StringComparison.Ordinal) && line.EndsWith(" 1", StringComparison.Ordinal)
            )
            .ShouldBe(report.Totals.ByVerdict[OriginVerdict.Rejects]);
        lines
            .Count(line =>
                line.StartsWith("originwatch_origin_verdict{", StringComparison.Ordinal) && line.EndsWith(" 1", StringComparison.Ordinal)
            )
            .ShouldBe(report.Origins.Count);
    }

    [Fact]
    public void Findings_are_counted_by_every_severity_and_the_run_has_its_time()
    {
        var report = SampleReports.Demo();
        var lines = Lines(PrometheusReport.Render(report));
        foreach (var severity in Enum.GetValues<Severity>())
        {
            lines.ShouldContain(
                $"originwatch_findings{{account=\"{report.Run.AccountId}\",severity=\"{WireNames.Of(severity)}\"}} {report.Totals.BySeverity[severity]}"
            );
        }

        lines.ShouldContain(
            $"originwatch_last_complete_run_timestamp_seconds{{account=\"{report.Run.AccountId}\"}} {report.Run.FinishedAt.ToUnixTimeSeconds()}"
        );
    }

    [Fact]
    public void Every_origin_has_its_own_account()
    {
        var report = SampleReports.Healthy();
        var origin = report.Origins[0];
        var planned = origin.Planned with { Distribution = origin.Planned.Distribution with { AccountId = "210987654321" } };
        Lines(
                PrometheusReport.Render(
                    report with
                    {
                        Origins = [origin with { Observation = origin.Observation with { Planned = planned } }],
                    }
                )
            )
            .Where(line => line.StartsWith("originwatch_origin_rejected{", StringComparison.Ordinal))
            .ShouldAllBe(line => line.Contains("account=\"210987654321\"", StringComparison.Ordinal));
    }

    [Fact]
    public void A_certificate_that_expired_keeps_its_series() =>
        Lines(
                PrometheusReport.Render(
                    SampleReports.Of(new SampleOrigin { Id = "old", Chain = SampleChains.Expired("old.example.com", -3) })
                )
            )
            .ShouldContain(line =>
                line.StartsWith(NotAfter, StringComparison.Ordinal)
                && line.EndsWith($" {SampleChains.Now.AddDays(-3).ToUnixTimeSeconds()}", StringComparison.Ordinal)
            );

    [Fact]
    public void A_probe_that_failed_keeps_the_series_of_the_file_before()
    {
        var before = PrometheusReport.Render(SampleReports.Of(SampleReports.Good("app"), SampleReports.Good("gone")));
        var failed = SampleReports.Of(SampleReports.Good("app") with { Chain = null });
        Lines(PrometheusReport.Render(failed)).ShouldNotContain(line => line.StartsWith(NotAfter, StringComparison.Ordinal));
        var kept = Lines(PrometheusReport.Render(failed, before))
            .Where(line => line.StartsWith(NotAfter, StringComparison.Ordinal))
            .ToList();
        kept.ShouldHaveSingleItem()
            .ShouldBe(
                Lines(before)
                    .Single(line =>
                        line.StartsWith(NotAfter, StringComparison.Ordinal) && line.Contains("\"app\"", StringComparison.Ordinal)
                    )
            );
    }

    [Fact]
    public void A_run_that_is_not_complete_keeps_the_time_of_the_last_that_was()
    {
        var report = SampleReports.Healthy();
        var cut = report with { Run = report.Run with { IncompleteBecause = "cut", FinishedAt = report.Run.FinishedAt.AddDays(1) } };
        var line = Lines(PrometheusReport.Render(cut, PrometheusReport.Render(report)))
            .Single(line => line.StartsWith("originwatch_last_complete", StringComparison.Ordinal));
        line.ShouldEndWith($" {report.Run.FinishedAt.ToUnixTimeSeconds()}");
        Lines(PrometheusReport.Render(cut)).ShouldContain($"originwatch_run_complete{{account=\"{report.Run.AccountId}\"}} 0");
    }

    [Fact]
    public void Hostile_text_neither_ends_a_label_nor_a_line()
    {
        var text = PrometheusReport.Render(HostileText.Report());
        text.ShouldEndWith("\n");
        Lines(text).Where(line => !line.StartsWith('#')).ShouldAllBe(line => Sample().IsMatch(line));
    }

    [Fact]
    public void What_is_no_file_of_ours_is_not_taken_over() =>
        PrometheusReport
            .Render(SampleReports.Healthy(), "x{\n\n{} \noriginwatch_certificate_not_after_timestamp_seconds{a=\"b\"} 7\n")
            .ShouldNotContain("a=\"b\"");

    [GeneratedRegex(
        """^[a-z_]+\{([a-z_]+="([^"\\]|\\["\\n])*",?)*\} -?\d+$""",
        RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking
    )]
    private static partial Regex Sample();

    private static string[] Lines(string text) => text.Split('\n', StringSplitOptions.RemoveEmptyEntries);
}
