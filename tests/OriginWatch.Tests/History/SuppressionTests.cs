using OriginWatch.Audit;
using OriginWatch.History;
using OriginWatch.Reporting;
using OriginWatch.Rules;
using static OriginWatch.Tests.Night;

namespace OriginWatch.Tests.History;

public class SuppressionTests
{
    private static readonly Suppression Refusals = new()
    {
        Distribution = "E1*",
        Origin = "a?i",
        Rule = "ow203",
        Reason = "moved",
        Owner = "shop",
        Expires = new(2026, 11, 10),
    };

    [Theory]
    [InlineData("E1SHOP", "api", "OW203", true)]
    [InlineData("e1shop", "API", "OW203", true)]
    [InlineData("E2SHOP", "api", "OW203", false)]
    [InlineData("E1SHOP", "apii", "OW203", false)]
    [InlineData("E1SHOP", "api", "OW204", false)]
    public void All_three_patterns_must_match(string distribution, string origin, string rule, bool matches) =>
        Refusals.Matches(distribution, origin, rule).ShouldBe(matches);

    [Fact]
    public void It_holds_to_the_end_of_its_last_day_in_utc()
    {
        Refusals.HoldsAt(new(2026, 11, 10, 23, 59, 59, TimeSpan.Zero)).ShouldBeTrue();
        Refusals.HoldsAt(new(2026, 11, 11, 0, 0, 0, TimeSpan.Zero)).ShouldBeFalse();
        Refusals.HoldsAt(new(2026, 11, 11, 0, 30, 0, TimeSpan.FromHours(1))).ShouldBeTrue();
    }

    [Fact]
    public void Suppressed_findings_stay_in_the_report_and_leave_the_counts()
    {
        var report = new SuppressionList([Refusals], null).Mark(Report(First, Refused("api"), Refused("web")));
        report
            .Findings.Select(finding => (finding.OriginId, finding.SuppressedBy is not null))
            .ShouldBe([("api", true), ("web", false)], ignoreOrder: true);
        report.Totals.BySeverity[Severity.Critical].ShouldBe(1);
    }

    [Fact]
    public void A_finding_that_could_not_be_judged_leaves_its_count_too()
    {
        var mute = Refusals with { Rule = "OW204" };
        new SuppressionList([mute], null).Mark(Report(First, Silent("api"), Silent("web"))).Totals.Undetermined.ShouldBe(1);
    }

    [Fact]
    public void Expired_lapsing_and_unused_entries_are_named()
    {
        var list = new SuppressionList(
            [Refusals, Refusals with { Rule = "OW999", Expires = new(2027, 5, 1) }, Refusals with { Expires = new(2026, 10, 31) }],
            null
        );
        var review = Review(list, Report(First, Refused("api")));
        review.Lapsing.ShouldBe([list.Entries[0]]);
        review.Unused.ShouldBe([list.Entries[1]]);
        review.Expired.ShouldBe([list.Entries[2]]);
        (review.Findings, review.Origins).ShouldBe((1, 1));
    }

    [Fact]
    public void A_cut_run_calls_nothing_unused() =>
        Review(new([Refusals], null), Report(First, Good("www")).CutShort()).Unused.ShouldBeEmpty();

    [Fact]
    public void An_entry_whose_finding_could_not_be_judged_tonight_is_in_use()
    {
        var list = new SuppressionList([Refusals], null);
        var first = RunReview.Of("1", Report(First, Refused("api")), null, list).NextState([], mailed: false);
        RunReview.Of("2", Report(First.AddDays(1), Silent("api")), first, list).Suppressions.Unused.ShouldBeEmpty();
    }

    private static SuppressionReview Review(SuppressionList list, AuditReport report) => list.Review(list.Mark(report), []);
}
