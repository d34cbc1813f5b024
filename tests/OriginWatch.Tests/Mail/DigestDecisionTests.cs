using OriginWatch.Audit;
using OriginWatch.History;
using OriginWatch.Mail;
using OriginWatch.Rules;
using OriginWatch.Tests.History;
using OriginWatch.Tests.Reporting;
using static OriginWatch.Tests.Night;

namespace OriginWatch.Tests.Mail;

public class DigestDecisionTests
{
    private static readonly DigestSettings Settings = new();

    [Fact]
    public void A_night_without_news_is_quiet() =>
        Because(Next(Report(First, Good("www")), Report(First.AddDays(1), Good("www")))).ShouldBeNull();

    [Fact]
    public void News_is_told()
    {
        Because(Next(Report(First, Good("www")), Report(First.AddDays(1), Refused("www")))).ShouldBe("something changed");
        Because(Next(Report(First, Refused("www")), Report(First.AddDays(1), Good("www")))).ShouldBe("something changed");
        Because(Next(Report(First, Good("www"), Refused("old", "E2OLD")), Report(First.AddDays(1), Good("www"))))
            .ShouldBe("something changed");
    }

    [Fact]
    public void An_incomplete_run_is_told_although_nothing_changed() =>
        Because(Next(Report(First, Good("www")), Report(First.AddDays(1), Good("www")).CutShort())).ShouldBe("the run was incomplete");

    [Theory]
    [InlineData(23.5, true)]
    [InlineData(24, true)]
    [InlineData(22, false)]
    public void A_critical_finding_is_repeated_every_day(double hours, bool repeated) =>
        (Because(Next(Report(First, Refused("www")), Report(First.AddHours(hours), Refused("www")))) is not null).ShouldBe(repeated);

    [Theory]
    [InlineData(6, false)]
    [InlineData(7, true)]
    public void A_high_finding_is_repeated_every_week(int days, bool repeated)
    {
        var end = First.AddDays(60);
        SampleOrigin Due() => Fails("www", SampleRules.NotExpiring, $"expires on {end:yyyy-MM-dd}", Severity.High);
        (Because(Next(Report(First, Due()), Report(First.AddDays(days), Due()))) is not null).ShouldBe(repeated);
    }

    [Fact]
    public void A_medium_finding_is_told_once() =>
        Because(
                Next(
                    Report(First, Fails("www", SampleRules.NotExpiring, "x")),
                    Report(First.AddDays(100), Fails("www", SampleRules.NotExpiring, "x"))
                )
            )
            .ShouldBeNull();

    [Fact]
    public void The_reminder_counts_from_the_last_mail_and_not_from_the_last_run()
    {
        var third = Next(Report(First, Refused("www")), Report(First.AddHours(12), Refused("www"))).NextState([], mailed: false);
        Because(RunReview.Of("3", Report(First.AddHours(24), Refused("www")), third, SuppressionList.Empty)).ShouldNotBeNull();
    }

    [Fact]
    public void What_a_late_digest_has_just_said_is_not_repeated_at_once()
    {
        var review = Next(Report(First, Refused("www")), Report(First.AddDays(1), Refused("www")));
        Because(review with { FollowsLateDigest = true }).ShouldBeNull();
        Because(Next(Report(First, Refused("www")), Report(First.AddDays(1), Good("www"))) with { FollowsLateDigest = true })
            .ShouldBe("something changed");
    }

    [Fact]
    public void Suppressed_and_informational_findings_never_cause_a_mail()
    {
        var muted = new SuppressionList(
            [
                new()
                {
                    Rule = "OW203",
                    Reason = "r",
                    Owner = "o",
                    Expires = new(2027, 1, 1),
                },
            ],
            null
        );
        Because(RunReview.Of("1", Report(First, Refused("www")), null, muted)).ShouldBeNull();
        Because(
                RunReview.Of(
                    "1",
                    Report(First, Good("www") with { OfTarget = [(SampleRules.NoSuperfluous, new Verdict.Fail("the root was sent"))] }),
                    null,
                    SuppressionList.Empty
                )
            )
            .ShouldBeNull();
    }

    [Fact]
    public void Always_and_never_mean_what_they_say()
    {
        Because(Next(Report(First, Good("www")), Report(First.AddDays(1), Good("www"))), NotifyMode.Always)
            .ShouldBe("every run is to be mailed");
        Because(Next(Report(First, Good("www")), Report(First.AddDays(1), Refused("www")).CutShort()), NotifyMode.Never).ShouldBeNull();
    }

    [Fact]
    public void A_run_overtaken_by_another_repeats_nothing() =>
        Because(
                Next(Report(First, Good("www")), Report(First.AddDays(1), Good("www")).CutShort()) with
                {
                    Overlaps = true,
                },
                NotifyMode.Always
            )
            .ShouldBeNull();

    [Fact]
    public void Without_a_history_every_run_is_told_unless_nobody_wants_mail()
    {
        var quiet = Next(Report(First, Good("www")), Report(First.AddDays(1), Good("www"))) with { KeepsHistory = false };
        Because(quiet).ShouldBe("no history is kept, so every run is mailed");
        Because(quiet, NotifyMode.Never).ShouldBeNull();
    }

    [Fact]
    public void Missing_history_is_told() => Because(Mornings.HistoryMissing()).ShouldNotBeNull();

    private static string? Because(RunReview review, NotifyMode mode = NotifyMode.Changes) =>
        DigestDecision.Because(review, Settings with { Notify = mode });

    private static RunReview Next(OriginWatch.Audit.AuditReport first, OriginWatch.Audit.AuditReport second) =>
        RunReview.Of("2", second, Mornings.After(first), SuppressionList.Empty);
}
