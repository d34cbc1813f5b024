using System.Text;
using OriginWatch.Aws.Publishing;
using OriginWatch.Tests.Reporting;

namespace OriginWatch.Tests.Aws.Publishing;

public class PlainMailTests
{
    [Fact]
    public void The_subject_says_the_verdict_first()
        => PlainMail.Of(SampleReports.Demo(), "prod").Subject.ShouldStartWith("[CRITICAL] CloudFront origins: ");

    [Fact]
    public void All_clear_is_said_of_a_complete_run_only()
    {
        var healthy = SampleReports.Healthy();
        PlainMail.Of(healthy, "prod").Subject.ShouldBe("[OK] CloudFront origins: none known to fail (123456789012 prod)");
        var cut = healthy with { Run = healthy.Run with { IncompleteBecause = "The time was over." } };
        PlainMail.Of(cut, "prod").Subject.ShouldBe("[INCOMPLETE] CloudFront origins: none known to fail (123456789012 prod)");
    }

    [Fact]
    public void An_incomplete_run_with_findings_says_both()
    {
        var demo = SampleReports.Demo();
        PlainMail.Of(demo with { Run = demo.Run with { IncompleteBecause = "The time was over." } }, "prod").Subject.ShouldContain(" failing, incomplete run, ");
    }

    [Fact]
    public void A_long_subject_gives_up_facts_before_it_gives_up_the_account()
    {
        var subject = PlainMail.Of(SampleReports.Many(4000), new string('e', 32)).Subject;
        subject.Length.ShouldBeLessThanOrEqualTo(PlainMail.LongestSubject);
        subject.ShouldEndWith($"(123456789012 {new string('e', 32)})");
        subject.ShouldStartWith("[CRITICAL] CloudFront origins: 1000 failing");
    }

    [Fact]
    public void Hostile_text_cannot_leave_the_subject_or_the_line()
    {
        var mail = PlainMail.Of(HostileText.Report(), "prod");
        mail.Subject.Length.ShouldBeLessThanOrEqualTo(PlainMail.LongestSubject);
        mail.Subject.ShouldAllBe(character => character >= ' ' && character <= '~');
        mail.Text.ShouldAllBe(character => character == '\n' || !char.IsControl(character));
    }

    [Fact]
    public void A_text_over_the_bound_is_cut_at_a_line_and_says_so()
    {
        var many = HostileText.Report();
        var mail = PlainMail.Of(many with { Run = many.Run with { Remarks = [.. Enumerable.Range(0, 5_000).Select(number => $"Remark {number}, with an é in it.")] } }, "prod");
        Encoding.UTF8.GetByteCount(mail.Text).ShouldBeInRange(PlainMail.LongestText - 2000, PlainMail.LongestText);
        mail.Text.ShouldEndWith("\nThis report was cut here: SNS takes no longer message. The log has one line per origin.\n");
    }
}
