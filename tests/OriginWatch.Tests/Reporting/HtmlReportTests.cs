using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using OriginWatch.Reporting;
using OriginWatch.Trust;

namespace OriginWatch.Tests.Reporting;

public class HtmlReportTests
{
    private static readonly string[] OwnTags =
    [
        "html",
        "head",
        "meta",
        "title",
        "style",
        "body",
        "a",
        "header",
        "p",
        "span",
        "h1",
        "nav",
        "ul",
        "li",
        "strong",
        "main",
        "section",
        "h2",
        "h3",
        "ol",
        "br",
        "figure",
        "figcaption",
        "svg",
        "line",
        "rect",
        "text",
        "table",
        "caption",
        "thead",
        "tbody",
        "tr",
        "th",
        "td",
        "article",
        "div",
        "b",
        "details",
        "summary",
        "pre",
        "code",
        "label",
        "wbr",
        "button",
        "input",
        "select",
        "option",
        "output",
        "dl",
        "dt",
        "dd",
        "script",
    ];

    [Fact]
    public void Without_a_certificate_there_is_a_page_and_no_calendar() =>
        HtmlReport
            .Render(SampleReports.Of(SampleReports.HttpOnly("legacy")))
            .ShouldSatisfyAllConditions(page => page.ShouldContain("legacy"), page => page.ShouldNotContain("Certificates by expiry"));

    [Fact]
    public void Numbers_above_neighboring_weeks_do_not_touch()
    {
        var page = HtmlReport.Render(SampleReports.Many(5000));

        var numbers = Regex.Matches(
            page,
            """<text class="count[^"]*" x="(?<x>[0-9.]+)%"[^>]*>(?<number>[0-9]+)</text>""",
            RegexOptions.ExplicitCapture,
            TimeSpan.FromMinutes(1)
        );
        numbers.Select(number => number.Groups["number"].Value).ShouldBe(["1250", "416"]);
        page.ShouldContain("data-all=\"5,000\"");
    }

    [Fact]
    public void Without_an_origin_there_is_no_table() =>
        HtmlReport
            .Render(SampleReports.Of())
            .ShouldSatisfyAllConditions(
                page => page.ShouldContain("no distributions with origins"),
                page => page.ShouldNotContain("<table class=\"origins\">")
            );

    [Fact]
    public void Policy_admits_exactly_the_one_style_and_the_one_script()
    {
        var page = new HtmlPage(HtmlReport.Render(SampleReports.Demo()));
        page.Values("content")
            .ShouldContain(
                $"default-src 'none'; style-src 'sha256-{Hash(page.Style)}'; script-src 'sha256-{Hash(page.Script)}'; base-uri 'none'; form-action 'none'"
            );
        page.Tags.Count(tag => tag.Name == "script").ShouldBe(1);
        page.Values("style").ShouldBeEmpty();
    }

    [Fact]
    public void Hostile_text_becomes_no_tag_no_attribute_and_no_control_character()
    {
        var report = HostileText.Report();
        var page = new HtmlPage(
            HtmlReport.Render(
                report,
                new() { Suppressed = new Dictionary<string, string>(StringComparer.Ordinal) { [report.Findings[0].Key] = HostileText.All } }
            )
        );
        page.Tags.Select(tag => tag.Name).Distinct().Except(OwnTags).ShouldBeEmpty();
        page.Tags.SelectMany(tag => tag.Attributes.Keys)
            .Where(name => name.StartsWith("on", StringComparison.OrdinalIgnoreCase))
            .ShouldBeEmpty();
        page.Values("href").ShouldAllBe(address => address.StartsWith('#') || address.StartsWith("https://docs.aws.amazon.com/"));
        page.Body.Where(letter => char.IsControl(letter) && letter != '\n').ShouldBeEmpty();
        page.Body.ShouldNotContain('\u202e');
        page.Body.ShouldContain("&lt;script&gt;window.owned=1&lt;/script&gt;");
    }

    [Fact]
    public void Nothing_is_fetched()
    {
        var page = new HtmlPage(HtmlReport.Render(SampleReports.Demo()));
        page.Values("src").ShouldBeEmpty();
        page.Tags.Select(tag => tag.Name).Intersect(["link", "img", "iframe", "object", "embed", "base", "form"]).ShouldBeEmpty();
        page.Style.ShouldNotContain("url(");
        page.Style.ShouldNotContain("@import");
    }

    [Fact]
    public void Every_link_within_the_page_has_its_place()
    {
        var page = new HtmlPage(HtmlReport.Render(SampleReports.Demo()));
        page.Values("id").ShouldBeUnique();
        page.Values("href")
            .Where(address => address.StartsWith('#'))
            .Select(address => address[1..])
            .Distinct()
            .Except(page.Values("id"))
            .ShouldBeEmpty();
    }

    [Fact]
    public void Verdict_and_what_to_do_first_come_before_everything_else()
    {
        var html = HtmlReport.Render(SampleReports.Demo());
        string[] inOrder =
        [
            "<h1>11 of 18 origins fail",
            "Do first</h2>",
            "Certificates by expiry",
            "Fails now <span",
            "Will fail <span",
            "Fetched over HTTP <span",
            "Recommended changes <span",
            "Could not be evaluated <span",
            "Origins <span",
            "This run</h2>",
        ];
        inOrder.ShouldAllBe(text => html.Contains(text, StringComparison.Ordinal));
        inOrder.Select(text => html.IndexOf(text, StringComparison.Ordinal)).ShouldBeInOrder();
    }

    [Fact]
    public void Missing_intermediate_is_drawn_as_a_gap() =>
        HtmlReport.Render(SampleReports.Demo()).ShouldContain($"missing: {SampleChains.Intermediate}");

    [Fact]
    public void Certificate_out_of_order_is_drawn_as_a_broken_link() =>
        HtmlReport
            .Render(SampleReports.Demo())
            .ShouldContain("<li class=\"link broken\">issued by 2, which is not the next certificate</li>");

    [Fact]
    public void Thousand_failing_origins_stay_under_two_megabytes()
    {
        var html = HtmlReport.Render(SampleReports.Many(1000));
        Encoding.UTF8.GetByteCount(html).ShouldBeLessThan(2_000_000);
        html.Split("<tr data-verdict").Length.ShouldBe(1001);
    }

    [Fact]
    public void Above_two_thousand_origins_only_those_that_do_not_pass_are_listed()
    {
        var html = HtmlReport.Render(SampleReports.Many(2400));
        html.ShouldContain("Of 2,400 origins, the 1,800 that do not pass are listed.");
        html.Split("<tr data-verdict").Length.ShouldBe(1801);
    }

    [Fact]
    public void Fifty_thousand_findings_make_a_page_that_still_opens() =>
        Encoding.UTF8.GetByteCount(HtmlReport.Render(SampleReports.Large)).ShouldBeLessThan(3_000_000);

    [Fact]
    public void Harmless_fault_of_a_chain_is_a_note_and_no_cross()
    {
        var chain = SampleChains.Good("x.example.com") with
        {
            Faults = [new(ChainFaultKind.RootSent, "certificate 1 is the root", Position: 1)],
        };
        var html = HtmlReport.Render(SampleReports.Of(SampleReports.Rejected("x", chain, SampleRules.NameCovered, "not covered")));
        html.ShouldContain("<li class=\"card note\"><span class=\"mark\" aria-hidden=\"true\">!</span>");
        html.ShouldNotContain("card bad");
    }

    private static string Hash(string text) => Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}
