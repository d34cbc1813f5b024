using OriginWatch.History;
using OriginWatch.Mail;
using OriginWatch.Tests.History;
using OriginWatch.Tests.Reporting;
using static OriginWatch.Tests.History.Night;

namespace OriginWatch.Tests.Mail;

public class DigestSubjectTests
{
    private static readonly DateTimeOffset Second = First.AddDays(1);

    [Fact]
    public void The_verdict_comes_first()
        => Subject([Good("www"), Refused("api"), Refused("old")], [Refused("www"), Refused("api"), Good("old")])
            .ShouldBe("[CRITICAL] CloudFront origins: 2 failing, 1 new, 1 resolved (123456789012 prod)");

    [Fact]
    public void Origins_are_counted_and_not_findings()
    {
        var twice = Refused("api") with { OfTarget = [(SampleRules.Refused, new OriginWatch.Rules.Verdict.Fail("refused")), (SampleRules.NotTls, new OriginWatch.Rules.Verdict.Fail("HTTP"))] };
        Subject([Good("api")], [twice]).ShouldBe("[CRITICAL] CloudFront origins: 1 failing, 1 new (123456789012 prod)");
    }

    [Fact]
    public void What_is_due_is_not_failing()
        => Subject([Good("www")], [Ending("www", Second.AddDays(3), Second)]).ShouldBe("[HIGH] CloudFront origins: 0 failing, 1 new (123456789012 prod)");

    [Fact]
    public void The_all_clear_is_ok_and_a_doubt_is_said()
    {
        Subject([Refused("www")], [Good("www")]).ShouldBe("[OK] CloudFront origins: 0 failing, 1 resolved (123456789012 prod)");
        Subject([Refused("www"), Good("vpn")], [Good("www"), Silent("vpn")]).ShouldBe("[OK] CloudFront origins: 0 failing, 1 resolved, 1 not judged (123456789012 prod)");
    }

    [Fact]
    public void An_incomplete_run_is_never_an_all_clear()
    {
        Subject([Refused("www")], [Good("www")], cut: true).ShouldBe("[INCOMPLETE] CloudFront origins: 0 failing, run incomplete, 1 resolved (123456789012 prod)");
        Subject([Good("www")], [Refused("www")], cut: true).ShouldBe("[CRITICAL] CloudFront origins: 1 failing, run incomplete, 1 new (123456789012 prod)");
    }

    [Fact]
    public void A_line_that_would_be_too_long_loses_its_least_important_counts()
    {
        var subject = Subject([Good("a"), Refused("b"), Refused("old", "E2OLD"), Ending("c", Second.AddDays(9), First)], [Refused("a"), Good("b"), Ending("c", Second.AddDays(3), Second)], cut: true, environment: "an-environment-with-a-long-name");
        subject.Length.ShouldBeLessThanOrEqualTo(99);
        subject.ShouldBe("[CRITICAL] CloudFront origins: 1 failing, run incomplete (123456789012 an-environment-with-...)");
    }

    private static string Subject(SampleOrigin[] before, SampleOrigin[] now, bool cut = false, string environment = "prod")
    {
        var report = Report(Second, now);
        var review = RunReview.Of("2", cut ? report.CutShort() : report, Mornings.After(Report(First, before)), SuppressionList.Empty);
        return new DigestWriter(new() { Environment = environment }).Compose(review).ShouldNotBeNull().Subject;
    }
}
