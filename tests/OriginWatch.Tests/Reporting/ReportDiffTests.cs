using System.Text;
using OriginWatch.Audit;
using OriginWatch.Reporting;
using OriginWatch.Text;

namespace OriginWatch.Tests.Reporting;

public class ReportDiffTests
{
    [Fact]
    public void Same_report_has_nothing_new()
    {
        var report = SampleReports.Demo();
        ReportDiff.OnlyNew(report, ReportDiff.ReadBaseline(JsonReportTests.Bytes(report))).Findings.ShouldBeEmpty();
    }

    [Fact]
    public void What_an_earlier_report_did_not_have_is_new()
    {
        var report = SampleReports.Demo();
        var earlier = report with { Findings = [.. report.Findings.Skip(1)] };
        var only = ReportDiff.OnlyNew(report, ReportDiff.ReadBaseline(JsonReportTests.Bytes(earlier)));
        only.Findings.ShouldBe([report.Findings[0]]);
        only.Totals.ShouldBe(report.Totals);
    }

    [Fact]
    public void What_could_not_be_judged_and_fails_now_is_new()
    {
        var unknown = SampleReports.Demo().Findings.First(finding => finding.Status == FindingStatus.Undetermined);
        var baseline = ReportDiff.ReadBaseline(JsonReportTests.Bytes(SampleReports.Demo()));
        Baseline.IsNew(unknown, baseline).ShouldBeFalse();
        Baseline.IsNew(unknown with { Status = FindingStatus.Fail }, baseline).ShouldBeTrue();
    }

    [Fact]
    public void What_failed_and_can_not_be_judged_now_is_not_new()
    {
        var failing = SampleReports.Demo().Findings[0];
        Baseline
            .IsNew(
                failing with
                {
                    Status = FindingStatus.Undetermined,
                },
                ReportDiff.ReadBaseline(JsonReportTests.Bytes(SampleReports.Demo()))
            )
            .ShouldBeFalse();
    }

    [Theory]
    [InlineData("", "The baseline is not JSON (line 1). Give a report that 'originwatch scan --format json' has written.")]
    [InlineData(
        "{\"schemaVersion\": 1,\n \"findings\": [",
        "The baseline is not JSON (line 2). Give a report that 'originwatch scan --format json' has written."
    )]
    [InlineData("[]", "The baseline is JSON, but no report. Give a report that 'originwatch scan --format json' has written.")]
    [InlineData(
        "{\"DistributionList\": {}}",
        "The baseline is JSON, but no report. Give a report that 'originwatch scan --format json' has written."
    )]
    [InlineData(
        "{\"schemaVersion\": 2, \"findings\": []}",
        "The baseline has schemaVersion 2; this program reads 1. Write it anew with this version."
    )]
    [InlineData(
        "{\"schemaVersion\": 1, \"findings\": [{\"key\": 3, \"status\": \"fail\"}]}",
        "The baseline's finding 0 has no key or no status. Give a report that 'originwatch scan --format json' has written."
    )]
    [InlineData(
        "{\"schemaVersion\": 1, \"findings\": [{\"key\": \"a\"}]}",
        "The baseline's finding 0 has no key or no status. Give a report that 'originwatch scan --format json' has written."
    )]
    public void What_is_no_report_is_refused_with_advice(string json, string message) =>
        Should.Throw<OperatorException>(() => ReportDiff.ReadBaseline(Encoding.UTF8.GetBytes(json))).Message.ShouldBe(message);
}
