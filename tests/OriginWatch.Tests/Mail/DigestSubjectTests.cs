using OriginWatch.History;
using OriginWatch.Mail;
using OriginWatch.Tests.History;
using OriginWatch.Tests.Reporting;
using static OriginWatch.Tests.Night;

namespace OriginWatch.Tests.Mail;

public class DigestSubjectTests
{
    private static readonly DateTimeOffset Second = First.AddDays(1);

    [Fact]
    public void The_first_name_that_fails_comes_first_by_its_alternate_domain_name() =>
        Subject(
                [Good("www"), Refused("api"), Refused("old"), Good("img"), Good("pay")],
                [Refused("www"), Refused("api"), Good("old"), Refused("img", "E2NEWS"), Good("pay")]
            )
            .ShouldBe("[CRITICAL] www.example.org failing, 2 more, 2 new, 1 resolved (prod)");

    [Fact]
    public void Without_an_alternate_domain_name_the_origin_domain_stands_in() =>
        Subject([Good("api")], [Refused("api")], aliases: []).ShouldBe("[CRITICAL] api.example.com failing, 1 new (prod)");

    [Fact]
    public void A_wildcard_stands_in_only_where_there_is_no_other_name()
    {
        Subject([Good("api")], [Refused("api")], aliases: ["*.shop.example", "www.shop.example"])
            .ShouldBe("[CRITICAL] www.shop.example failing, 1 new (prod)");
        Subject([Good("api")], [Refused("api")], aliases: ["*.shop.example"]).ShouldBe("[CRITICAL] *.shop.example failing, 1 new (prod)");
    }

    [Fact]
    public void Origins_are_counted_and_not_findings()
    {
        var twice = Refused("api") with
        {
            OfTarget =
            [
                (SampleRules.Refused, new OriginWatch.Rules.Verdict.Fail("refused")),
                (SampleRules.NotTls, new OriginWatch.Rules.Verdict.Fail("HTTP")),
            ],
        };
        Subject([Good("api")], [twice]).ShouldBe("[CRITICAL] www.example.org failing, 1 new (prod)");
    }

    [Fact]
    public void What_is_due_is_not_failing()
    {
        Subject([Good("www")], [Ending("www", Second.AddDays(3), Second)]).ShouldBe("[HIGH] www.example.org has 3 days left, 1 new (prod)");
        Subject([Good("www")], [Ending("www", Second.AddHours(3), Second)])
            .ShouldBe("[HIGH] www.example.org has under 1 day left, 1 new (prod)");
        Subject([Good("www")], [Fails("www", SampleRules.HttpOnly, "HTTP")])
            .ShouldBe("[HIGH] www.example.org needs attention, 1 new (prod)");
    }

    [Fact]
    public void The_all_clear_is_ok_and_a_doubt_is_said()
    {
        Subject([Refused("www")], [Good("www")]).ShouldBe("[OK] www.example.org resolved (prod)");
        Subject([Refused("www"), Good("vpn")], [Good("www"), Silent("vpn")])
            .ShouldBe("[OK] www.example.org resolved, 1 not evaluated (prod)");
        Subject([Good("www"), Refused("old", "E2OLD")], [Good("www")]).ShouldBe("[OK] CloudFront origins: none failing, 1 gone (prod)");
    }

    [Fact]
    public void An_incomplete_run_is_never_an_all_clear()
    {
        Subject([Refused("www")], [Good("www")], cut: true)
            .ShouldBe("[INCOMPLETE] CloudFront origins: none known to fail, 1 resolved (prod)");
        Subject([Good("www")], [Refused("www")], cut: true).ShouldBe("[CRITICAL] www.example.org failing, run incomplete, 1 new (prod)");
    }

    [Fact]
    public void An_installation_without_a_name_has_its_account_in_the_line() =>
        Subject([Good("www")], [Refused("www")], environment: "default")
            .ShouldBe("[CRITICAL] www.example.org failing, 1 new (123456789012)");

    [Fact]
    public void A_line_that_would_be_too_long_loses_its_least_important_counts()
    {
        var subject = Subject(
            [Good("a"), Refused("b"), Refused("old", "E2OLD"), Ending("c", Second.AddDays(9), First)],
            [Refused("a"), Good("b"), Ending("c", Second.AddDays(3), Second)],
            cut: true,
            environment: "an-environment-with-a-long-name",
            aliases: ["a-host-with-quite-a-long-name.shop.example"]
        );
        subject.ShouldBe("[CRITICAL] a-host-with-qu...ong-name.shop.example failing, run incomplete (an-environment-with-...)");
        subject.Length.ShouldBeLessThanOrEqualTo(99);
    }

    [Theory]
    [InlineData(
        "a-very-long-host-name-in-a-region-far-away.eu-central-1.service.shop.example",
        "a-very-long-ho....service.shop.example failing"
    )]
    [InlineData("bücher.example", "xn--bcher-kva.example failing")]
    [InlineData("www.shop.example\r\nBcc: all@shop.example", "www.shop.examp...Bcc: all@shop.example failing")]
    [InlineData("\u202e\u0000\"evil\"", "\\u{202e}\\x00'evil' failing")]
    public void Long_foreign_and_hostile_names_keep_to_what_SNS_takes(string name, string expected)
    {
        var subject = Subject([Good("api")], [Refused("api")], aliases: [name]);
        subject.ShouldStartWith($"[CRITICAL] {expected}");
        subject.Length.ShouldBeLessThanOrEqualTo(99);
        subject.ShouldAllBe(character => character >= ' ' && character <= '~');
    }

    private static string Subject(
        SampleOrigin[] before,
        SampleOrigin[] now,
        bool cut = false,
        string environment = "prod",
        string[]? aliases = null
    )
    {
        var report = Report(Second, now);
        if (aliases is not null)
        {
            report = report with
            {
                Origins =
                [
                    .. report.Origins.Select(origin =>
                        origin with
                        {
                            Observation = origin.Observation with
                            {
                                Planned = origin.Planned with { Distribution = origin.Planned.Distribution with { Aliases = aliases } },
                            },
                        }
                    ),
                ],
            };
        }

        var review = RunReview.Of("2", cut ? report.CutShort() : report, Mornings.After(Report(First, before)), SuppressionList.Empty);
        return new DigestWriter(new() { Environment = environment }).Compose(review).ShouldNotBeNull().Subject;
    }
}
