using OriginWatch.Audit;
using OriginWatch.History;
using OriginWatch.Mail;
using OriginWatch.Reporting;
using OriginWatch.Rules;
using OriginWatch.Tests.History;
using OriginWatch.Tests.Mail;
using OriginWatch.Tests.Reporting;

namespace OriginWatch.Tests.Audit;

/// <summary>Findings with one cause are one item in every report, and each of its remedies stands beside the origins that it is
/// for.</summary>
public class CausesTests
{
    private static readonly AuditReport Report = Night.Report(
        Night.First,
        Old("api", "TLSv1 is allowed", "Remove TLSv1."),
        Old("www", "TLSv1 is allowed", "Remove TLSv1."),
        Old("cdn", "TLSv1.1 is allowed", "Remove TLSv1.1.")
    );

    [Fact]
    public void One_setting_on_many_origins_is_one_cause_on_the_page_and_in_the_mail()
    {
        ReportOutline.Of(Report, ReportOptions.Default)[ReportSection.Policy].ShouldHaveSingleItem().Origins.Count.ShouldBe(3);
        Groups().ShouldHaveSingleItem().Origins.Count.ShouldBe(3);
    }

    [Fact]
    public void Page_terminal_Markdown_and_mail_show_each_remedy_with_its_origins()
    {
        var (tls10, tls11) = ($"E1SHOP/api and E1SHOP/www: Remove TLSv1.", $"E1SHOP/cdn: Remove TLSv1.1.");
        string[] renderings =
        [
            HtmlReport.Render(Report),
            Flat(string.Join(' ', TextReport.Render(Report, new() { Width = 200 }).Select(line => line.ToString()))),
            MarkdownReport.Render(Report).Replace("\\", "", StringComparison.Ordinal),
            DigestGroupText.Remedy(new(Review(), Mornings.Settings, ""), Groups()[0]),
        ];
        renderings.ShouldAllBe(text => text.Contains(tls10, StringComparison.Ordinal) && text.Contains(tls11, StringComparison.Ordinal));
    }

    [Fact]
    public void Mail_tells_each_evidence_with_an_origin()
    {
        var review = Review();
        var mail = Flat(new DigestWriter(Mornings.Settings).Compose(review).ShouldNotBeNull().Text);
        mail.ShouldContain($"E1SHOP/api: TLSv1 is allowed. E1SHOP/cdn: TLSv1.1 is allowed.");
    }

    [Fact]
    public void What_one_step_fixes_is_done_first_once()
    {
        var report = Night.Report(
            Night.First,
            Failing("api", "Stop forwarding Host.", "Stop forwarding Host."),
            Failing("www", "Stop forwarding Host.", "Renew it.")
        );
        var outline = ReportOutline.Of(report, ReportOptions.Default);
        outline.FirstSteps.ShouldBe(outline[ReportSection.FailsNow], "the steps differ, or their origins");

        var alone = ReportOutline.Of(
            Night.Report(Night.First, Failing("api", "Stop forwarding Host.", "Stop forwarding Host.")),
            ReportOptions.Default
        );
        alone[ReportSection.FailsNow].Count.ShouldBe(2);
        alone.FirstSteps.ShouldHaveSingleItem();
    }

    private static SampleOrigin Failing(string id, string first, string second) =>
        Night.Good(id) with
        {
            OfOrigin =
            [
                (SampleRules.OldProtocols, new Verdict.Fail("a", Severity.Critical, first)),
                (SampleRules.NotTls, new Verdict.Fail("b", Severity.Critical, second)),
            ],
        };

    private static RunReview Review() => RunReview.Of("1", Report, null, SuppressionList.Empty);

    private static IReadOnlyList<DigestGroup> Groups()
    {
        var review = Review();
        return DigestGroup.Of(review.Changes.Open, review.Report);
    }

    private static SampleOrigin Old(string id, string detail, string remedy) =>
        Night.Good(id) with
        {
            OfOrigin = [(SampleRules.OldProtocols, new Verdict.Fail(detail, Remediation: remedy))],
        };

    private static string Flat(string text) => string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}
