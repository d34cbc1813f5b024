using OriginWatch.Reporting;

namespace OriginWatch.Tests.Reporting;

public class MarkdownReportTests
{
    [Fact]
    public void Healthy_account_needs_no_table() =>
        MarkdownReport
            .Render(SampleReports.Healthy())
            .ShouldBe(
                """
                ## OriginWatch

                **CloudFront accepts all 2 probed origins, and no certificate is about to expire.**

                <details><summary>This run</summary>

                - Origins: 3 origins in 1 distribution, 2 targets probed: 2 accepted, 0 rejected, 0 undetermined, 1 not probed
                - Findings: 0 critical, 0 high, 0 medium, 0 low, 0 informational, 0 undetermined
                - Run: started 2026-11-23T06:00:00Z, took 9 s, account 123456789012, complete
                - Run: roots: Mozilla, NSS 2.92, 41 days old

                </details>

                """
            );

    [Fact]
    public void Demo_fits_a_pull_request() => MarkdownReport.Render(SampleReports.Demo()).ShouldBeApproved("demo.md");

    [Fact]
    public void Hostile_text_makes_no_link_no_image_no_mention_and_no_row()
    {
        var markdown = MarkdownReport.Render(HostileText.Report());
        markdown.ShouldNotContain("](https://evil.example");
        markdown.ShouldNotContain("@octocat");
        markdown.ShouldNotContain("<script");
        markdown.ShouldNotContain("<img");
        markdown.Where(letter => char.IsControl(letter) && letter != '\n').ShouldBeEmpty();
        markdown.Split('\n').Where(line => line.StartsWith('|')).ShouldAllBe(row => Cells(row) == 6);
    }

    [Fact]
    public void Fifty_thousand_findings_fit_into_a_comment() => MarkdownReport.Render(SampleReports.Large).Length.ShouldBeLessThan(65_536);

    /// <summary>Cells of a row: pipes that no backslash makes text.</summary>
    private static int Cells(string row) => row.Where((letter, i) => letter == '|' && (i == 0 || row[i - 1] != '\\')).Count() - 1;
}
