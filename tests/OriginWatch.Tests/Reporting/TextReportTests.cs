using OriginWatch.Audit;
using OriginWatch.Reporting;
using OriginWatch.Rules;

namespace OriginWatch.Tests.Reporting;

public class TextReportTests
{
    [Fact]
    public void Healthy_account_is_said_in_a_few_lines() =>
        TextReport
            .Render(SampleReports.Healthy())
            .ToPlainText()
            .ShouldBe(
                """
                CloudFront accepts all 2 probed origins, and no certificate is about to expire.

                Origins   3 origins in 1 distribution, 2 targets probed: 2 accepted, 0 rejected, 0 undetermined, 1
                          not probed
                Findings  0 critical, 0 high, 0 medium, 0 low, 0 informational, 0 undetermined
                Run       started 2026-11-23T06:00:00Z, took 9 s, account 123456789012, complete
                          roots: Mozilla, NSS 2.92, 41 days old

                """
            );

    [Fact]
    public void Demo_puts_what_to_do_first_on_top() => TextReport.Render(SampleReports.Demo()).ToPlainText().ShouldBeApproved("demo.txt");

    [Theory]
    [InlineData(60)]
    [InlineData(79)]
    [InlineData(100)]
    [InlineData(200)]
    public void Table_of_failing_origins_fits_the_terminal(int width)
    {
        var text = TextReport.Render(SampleReports.Demo(), new() { Width = width }).Select(line => line.ToString()).ToList();
        var start = text.FindIndex(line => line.StartsWith("SEVERITY", StringComparison.Ordinal));
        var table = text.Skip(start).TakeWhile(line => line.Length > 0).ToList();
        table.Count.ShouldBe(12);
        table.ShouldAllBe(line => line.Length <= width);
        table.Count(line => line.EndsWith("OW301", StringComparison.Ordinal)).ShouldBe(2);
        table[0].Contains("SITE", StringComparison.Ordinal).ShouldBe(width >= 80);
    }

    [Fact]
    public void Empty_listing_is_never_called_clean() =>
        Verdict(SampleReports.Of()).ShouldBe("Warning: no distributions with origins found in account 123456789012.");

    [Fact]
    public void Nothing_judged_is_never_called_clean() =>
        Verdict(
                SampleReports.Of(
                    SampleReports.Good("assets") with
                    {
                        Chain = null,
                        NotProbedBecause = "an S3 bucket",
                        Verdict = OriginVerdict.NotProbed,
                    }
                )
            )
            .ShouldBe("Nothing was evaluated: none of 1 origin answered a TLS handshake of CloudFront's.");

    [Fact]
    public void Incomplete_run_says_so_in_its_first_words()
    {
        var report = SampleReports.Healthy();
        var text = TextReport.Render(
            report with
            {
                Run = report.Run with { IncompleteBecause = "The run was interrupted: 2 of 4 targets not reached." },
            }
        );
        text[0].ToString().ShouldBe("Incomplete run. CloudFront accepts all 2 probed origins, and no certificate is about to expire.");
        text[1].ToString().ShouldBe("The run was interrupted: 2 of 4 targets not reached.");
    }

    [Fact]
    public void What_is_only_worth_knowing_is_listed_on_request()
    {
        TextReport.Render(SampleReports.Demo()).ToPlainText().ShouldNotContain("the root was sent");
        TextReport.Render(SampleReports.Demo(), new() { Verbose = true }).ToPlainText().ShouldContain("the root was sent");
    }

    [Fact]
    public void Suppressed_findings_stay_apart_with_the_reason()
    {
        var report = SampleReports.Demo();
        var options = new ReportOptions
        {
            Suppressed = report
                .Findings.Where(finding => finding.Rule.Id == "OW301")
                .ToDictionary(finding => finding.Key, _ => "moves next week", StringComparer.Ordinal),
        };
        var text = TextReport.Render(report, options).ToPlainText();
        text.ShouldStartWith("9 of 18 origins fail for viewers now");
        text.ShouldContain("Accepted: moves next week");
    }

    [Fact]
    public void New_findings_are_marked_against_a_baseline()
    {
        var report = SampleReports.Demo();
        var options = new ReportOptions
        {
            Baseline = report.Findings.Skip(1).Select(finding => finding.Key).ToHashSet(StringComparer.Ordinal),
        };
        TextReport.Render(report, options).ToPlainText().Split("new]").Length.ShouldBe(2);
    }

    [Theory]
    [InlineData(60)]
    [InlineData(100)]
    public void No_line_is_wider_than_asked_and_no_hash_is_split(int width)
    {
        foreach (var report in new[] { SampleReports.Demo(), HostileText.Report(), SampleReports.Many(500) })
        {
            TextReport
                .Render(report, new() { Width = width, Verbose = true })
                .ShouldAllBe(line => TextFlow.WidthOf(line.ToString()) <= width);
        }

        TextReport
            .Render(SampleReports.Demo(), new() { Verbose = true })
            .ShouldContain(line => line.ToString().Trim() == $"sha256 {SampleChains.Leaf(0, "expired.example.com", 0).Sha256}");
    }

    [Fact]
    public void Hostile_text_writes_no_line_of_its_own()
    {
        var text = TextReport.Render(HostileText.Report(), new() { Verbose = true });
        text.SelectMany(line => line.ToString()).Where(char.IsControl).ShouldBeEmpty();
        text.ShouldNotContain(line => line.ToString().Contains('\u202e'));
        text.ShouldNotContain(line => line.ToString().StartsWith("Fix:"));
    }

    [Fact]
    public void One_cause_is_one_item_however_many_origins_it_stands_behind()
    {
        var chain = SampleChains.Expired("shared.example.com", -10);
        var report = SampleReports.Of([
            .. Enumerable
                .Range(0, 14)
                .Select(i =>
                    SampleReports.Rejected($"o{i}", chain, SampleRules.NotExpired, "expired") with
                    {
                        DistributionId = $"E{i % 9}",
                        DomainName = "shared.example.com",
                    }
                ),
        ]);
        TextReport.Render(report).ToPlainText().ShouldContain("1 certificate, 14 origins, 9 distributions: ");
    }

    [Fact]
    public void Fifty_thousand_findings_stay_readable()
    {
        SampleReports.Large.Findings.Count.ShouldBe(49_500);
        var lines = TextReport.Render(SampleReports.Large);
        lines.Count.ShouldBeLessThan(500);
        lines[0].ToString().ShouldStartWith("16,500 of 66,000 origins fail for viewers now");
    }

    private static string Verdict(AuditReport report) => TextReport.Render(report)[0].ToString();
}
