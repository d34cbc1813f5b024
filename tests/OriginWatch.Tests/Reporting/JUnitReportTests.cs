using System.Xml.Linq;
using OriginWatch.Audit;
using OriginWatch.Reporting;
using OriginWatch.Rules;

namespace OriginWatch.Tests.Reporting;

public class JUnitReportTests
{
    [Fact]
    public void A_distribution_is_a_suite_and_a_rule_of_an_origin_a_case()
    {
        var report = SampleReports.Demo();
        var suites = Parse(report).Elements("testsuite").Skip(1).ToList();
        suites.Count.ShouldBe(report.Origins.Select(origin => origin.Planned.Distribution.Id).Distinct().Count());
        var failure = suites.Elements("testcase").First(test => test.Element("failure")?.Attribute("type")?.Value == "OW301");
        failure.Attribute("name")!.Value.ShouldStartWith("OW301 ");
        failure.Element("failure")!.Attribute("message")!.Value.ShouldStartWith("Critical: ");
        failure.Element("failure")!.Value.ShouldContain("Fix: ");
    }

    [Fact]
    public void Counts_are_those_of_the_cases()
    {
        var root = Parse(SampleReports.Demo());
        foreach (var suite in root.Elements("testsuite").Append(root))
        {
            var cases = suite.Descendants("testcase").ToList();
            suite.Attribute("tests")!.Value.ShouldBe($"{cases.Count}");
            suite.Attribute("failures")!.Value.ShouldBe($"{cases.Count(test => test.Element("failure") is not null)}");
            suite.Attribute("skipped")!.Value.ShouldBe($"{cases.Count(test => test.Element("skipped") is not null)}");
            suite.Attribute("errors")!.Value.ShouldBe($"{cases.Count(test => test.Element("error") is not null)}");
        }
    }

    [Fact]
    public void What_could_not_be_judged_and_what_is_accepted_is_skipped()
    {
        var report = SampleReports.Demo();
        var undetermined = report.Findings.First(finding => finding.Status == FindingStatus.Undetermined);
        var accepted = report.Findings.First(finding => finding.Rule.Id == "OW301");
        var all = report.Findings.Where(finding =>
            (finding.DistributionId, finding.OriginId, finding.Rule.Id) == (accepted.DistributionId, accepted.OriginId, accepted.Rule.Id)
        );
        var root = Parse(report, new() { Suppressed = all.ToDictionary(finding => finding.Key, _ => "known") });
        Case(root, undetermined).Element("skipped")!.Attribute("message")!.Value.ShouldBe($"undetermined: {undetermined.Detail}");
        Case(root, accepted).Element("skipped")!.Attribute("message")!.Value.ShouldBe("suppressed: known");
    }

    [Fact]
    public void What_is_only_worth_knowing_does_not_fail() =>
        Parse(
                SampleReports.Demo() is var report
                    ? report with
                    {
                        Findings = [.. report.Findings.Select(finding => finding with { Severity = Severity.Informational })],
                    }
                    : report
            )
            .Descendants("failure")
            .ShouldBeEmpty();

    [Fact]
    public void A_run_that_is_not_complete_is_an_error()
    {
        var report = SampleReports.Healthy();
        Parse(report).Descendants("error").ShouldBeEmpty();
        Parse(report with { Run = report.Run with { IncompleteBecause = "time was over" } })
            .Descendants("error")
            .ShouldHaveSingleItem()
            .Attribute("message")!
            .Value.ShouldBe("time was over");
    }

    [Fact]
    public void Hostile_text_stays_text()
    {
        var text = Text(HostileText.Report());
        var root = XDocument.Parse(text).Root!;
        root.DescendantsAndSelf()
            .Select(element => element.Name.LocalName)
            .Distinct()
            .ShouldBe(["testsuites", "testsuite", "properties", "property", "testcase", "error", "failure", "skipped"], ignoreOrder: true);
        text.ShouldNotContain('\u001b');
        text.ShouldNotContain('\u202e');
    }

    private static XElement Case(XElement root, Finding finding) =>
        root.Descendants("testcase")
            .Single(test =>
                test.Attribute("classname")!.Value == $"{finding.DistributionId}.{finding.OriginId}"
                && test.Attribute("name")!.Value.StartsWith(finding.Rule.Id, StringComparison.Ordinal)
            );

    private static XElement Parse(AuditReport report, ReportOptions? options = null) => XDocument.Parse(Text(report, options)).Root!;

    private static string Text(AuditReport report, ReportOptions? options = null)
    {
        using var stream = new MemoryStream();
        JUnitReport.Write(report, stream, options);
        return System.Text.Encoding.UTF8.GetString(stream.ToArray());
    }
}
