using OriginWatch.Audit;
using OriginWatch.History;
using OriginWatch.Mail;
using OriginWatch.Reporting;
using OriginWatch.Rules;
using OriginWatch.Tests.History;
using OriginWatch.Tests.Mail;
using OriginWatch.Trust;

namespace OriginWatch.Tests.Reporting;

/// <summary>A root that leaves Mozilla's list is one cause, however many certificates lead to it.</summary>
public class RetiringRootTests
{
    private const string Detail = "the root GlobalSign Root CA - R3 leaves Mozilla's list on 2027-04-15 (140 days left)";
    private static readonly RuleMetadata Rule = new RuleCatalog(new()).Rules.Single(rule => rule.Metadata.Id == "OW412").Metadata;

    [Fact]
    public void The_report_names_the_root_once_and_its_origins()
    {
        var cause = ReportOutline.Of(SampleReports.Of(Origins()), ReportOptions.Default)[ReportSection.WillFail].ShouldHaveSingleItem();
        (cause.Certificates, cause.Origins.Count, cause.Distributions).ShouldBe((3, 3, 2));
        var text = TextReport.Render(SampleReports.Of(Origins())).ToPlainText().ReplaceLineEndings(" ");
        text.ShouldContain("3 certificates, 3 origins, 2 distributions");
        foreach (var origin in cause.Origins)
        {
            text.ShouldContain(origin);
        }

        text.ShouldNotContain("Certificate CN=");
        HtmlReport.Render(SampleReports.Of(Origins())).ShouldContain("3 certificates, 3 origins, 2 distributions");
    }

    [Fact]
    public void Another_root_is_another_cause() =>
        ReportOutline
            .Of(SampleReports.Of([.. Origins(), Leaving("other", "E1DEMO", "another root")]), ReportOptions.Default)[ReportSection.WillFail]
            .Count.ShouldBe(2);

    [Fact]
    public void A_single_certificate_is_still_shown() =>
        TextReport.Render(SampleReports.Of(Origins()[0])).ToPlainText().ShouldContain("Certificate CN=");

    [Fact]
    public void The_mail_says_it_once()
    {
        var review = RunReview.Of("run", Night.Report(Mornings.Now, Origins()), null, SuppressionList.Empty);
        var text = new DigestWriter(Mornings.Settings).Compose(review)!.Text.ReplaceLineEndings(" ");
        text.Split("leaves Mozilla's list")
            .Length.ShouldBeLessThanOrEqualTo(3, "in the list of what is new, and in the section that explains it");
        text.ShouldContain("3 certificates lead to this root");
        text.ShouldContain("E1DEMO/a");
        text.ShouldContain("E2SHOP/c");
    }

    [Fact]
    public void The_pages_calendar_shows_the_day_beside_the_expiries()
    {
        var mozilla = TrustStore.LoadMozilla();
        var root = mozilla.Anchors.Single(anchor => anchor.Label == "GlobalSign Root CA - R3");
        var chain = new ChainVerifier(mozilla).Assess(ServedChain.Parse([root.Certificate.Raw]), SampleReports.Now);
        var page = HtmlReport.Render(SampleReports.Of([.. Origins().Select(origin => origin with { Chain = chain })]));
        page.ShouldContain("<caption>Roots that leave Mozilla's list</caption>");
        page.ShouldContain("""<th scope="row">GlobalSign Root CA - R3</th><td>2027-04-15</td>""");
        HtmlReport.Render(SampleReports.Demo()).ShouldNotContain("Roots that leave");
    }

    private static SampleOrigin[] Origins() => [Leaving("a", "E1DEMO"), Leaving("b", "E1DEMO"), Leaving("c", "E2SHOP")];

    private static SampleOrigin Leaving(string id, string distribution, string root = "one root") =>
        SampleReports.Good(id) with
        {
            DistributionId = distribution,
            OfTarget =
            [
                (Rule, new Verdict.Fail(Detail, Severity.Medium) { DueAt = new(2027, 4, 15, 0, 0, 0, TimeSpan.Zero), Cause = root }),
            ],
        };
}
