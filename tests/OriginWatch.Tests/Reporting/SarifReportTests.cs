using System.Text.Json;
using OriginWatch.Audit;
using OriginWatch.Reporting;

namespace OriginWatch.Tests.Reporting;

public class SarifReportTests
{
    [Fact]
    public void Every_finding_is_a_result_of_a_rule_that_is_described()
    {
        var report = SampleReports.Demo();
        var run = Run(report);
        var rules = run.GetProperty("tool").GetProperty("driver").GetProperty("rules").EnumerateArray().ToList();
        var results = run.GetProperty("results").EnumerateArray().ToList();
        results.Count.ShouldBe(report.Findings.Count);
        results.ShouldAllBe(result =>
            rules[result.GetProperty("ruleIndex").GetInt32()].GetProperty("id").GetString() == result.GetProperty("ruleId").GetString()
        );
        rules
            .Single(rule => rule.GetProperty("id").GetString() == "OW301")
            .GetProperty("properties")
            .GetProperty("security-severity")
            .GetString()
            .ShouldBe("9.0");
    }

    [Theory]
    [InlineData("OW301", "fail", "error")]
    [InlineData("OW101", "fail", "error")]
    [InlineData("OW104", "fail", "warning")]
    [InlineData("OW405", "fail", "note")]
    [InlineData("OW204", "open", "none")]
    public void Severity_becomes_a_level_and_what_is_unknown_stays_open(string rule, string kind, string level)
    {
        var result = Run(SampleReports.Demo())
            .GetProperty("results")
            .EnumerateArray()
            .First(result => result.GetProperty("ruleId").GetString() == rule);
        result.GetProperty("kind").GetString().ShouldBe(kind);
        result.GetProperty("level").GetString().ShouldBe(level);
    }

    [Fact]
    public void Fingerprints_are_the_same_from_run_to_run_and_differ_between_findings()
    {
        var fingerprints = Fingerprints();
        fingerprints.ShouldBeUnique();
        fingerprints.ShouldBe(Fingerprints());
    }

    [Fact]
    public void Location_names_the_origin_and_stays_within_the_repository()
    {
        var outside = SampleReports.Rejected("../../etc/passwd", SampleChains.Expired("x", -1), SampleRules.NotExpired, "expired") with
        {
            DistributionId = "..",
        };
        var result = Run(SampleReports.Of(outside)).GetProperty("results")[0];
        result
            .GetProperty("locations")[0]
            .GetProperty("physicalLocation")
            .GetProperty("artifactLocation")
            .GetProperty("uri")
            .GetString()
            .ShouldBe("cloudfront/..%2F..%2Fetc%2Fpasswd");
        result
            .GetProperty("locations")[0]
            .GetProperty("logicalLocations")[0]
            .GetProperty("fullyQualifiedName")
            .GetString()
            .ShouldBe("../../../etc/passwd");
    }

    [Fact]
    public void Saved_listing_is_the_place_of_all_its_findings() =>
        Run(SampleReports.Demo(), new() { InventoryPath = "infra/my distributions.json" })
            .GetProperty("results")
            .EnumerateArray()
            .Select(result =>
                result
                    .GetProperty("locations")[0]
                    .GetProperty("physicalLocation")
                    .GetProperty("artifactLocation")
                    .GetProperty("uri")
                    .GetString()
            )
            .ShouldAllBe(uri => uri == "infra/my%20distributions.json");

    [Fact]
    public void Known_and_suppressed_findings_say_so()
    {
        var report = SampleReports.Demo();
        var results = Run(
                report,
                new()
                {
                    Baseline = new HashSet<string>(StringComparer.Ordinal) { report.Findings[0].Key },
                    Suppressed = new Dictionary<string, string>(StringComparer.Ordinal) { [report.Findings[1].Key] = "moves next week" },
                }
            )
            .GetProperty("results");
        results[0].GetProperty("baselineState").GetString().ShouldBe("unchanged");
        results[1].GetProperty("baselineState").GetString().ShouldBe("new");
        results[1].GetProperty("suppressions")[0].GetProperty("justification").GetString().ShouldBe("moves next week");
    }

    [Fact]
    public void More_results_than_code_scanning_takes_are_cut_and_counted()
    {
        var report = SampleReports.Demo();
        var run = Run(report with { Findings = [.. Enumerable.Repeat(report.Findings[0], SarifReport.MaxResults + 5)] });
        run.GetProperty("results").GetArrayLength().ShouldBe(SarifReport.MaxResults);
        run.GetProperty("invocations")[0]
            .GetProperty("toolExecutionNotifications")[0]
            .GetProperty("message")
            .GetProperty("text")
            .GetString()
            .ShouldStartWith("5 findings");
    }

    private static List<string?> Fingerprints() =>
        [
            .. Run(SampleReports.Demo())
                .GetProperty("results")
                .EnumerateArray()
                .Select(result => result.GetProperty("partialFingerprints").GetProperty("originWatchKey/v1").GetString()),
        ];

    private static JsonElement Run(AuditReport report, ReportOptions? options = null)
    {
        using var stream = new MemoryStream();
        SarifReport.Write(report, stream, options);
        using var json = JsonDocument.Parse(stream.ToArray());
        return json.RootElement.GetProperty("runs")[0].Clone();
    }
}
