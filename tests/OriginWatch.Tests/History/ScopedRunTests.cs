using OriginWatch.Audit;
using OriginWatch.History;
using OriginWatch.Rules;
using OriginWatch.Tests.Reporting;
using Shouldly;
using Xunit;
using static OriginWatch.Tests.Night;

namespace OriginWatch.Tests.History;

/// <summary>Runs over a part, between two nights.</summary>
public sealed class ScopedRunTests
{
    private readonly Nights _nights = new();

    [Fact]
    public async Task A_follow_up_looks_at_what_fails_was_undetermined_or_expires_within_7_days()
    {
        await _nights.RunAsync(
            Refused("fails"),
            Silent("silent"),
            Good("good"),
            Ending("due", First.AddDays(6), First),
            Ending("later", First.AddDays(8), First)
        );
        FollowUpScope
            .Of(_nights.Store.State!, _nights.Now)
            .Origins.ShouldBe(["E1SHOP/fails", "E1SHOP/silent", "E1SHOP/due"], ignoreOrder: true);
    }

    [Fact]
    public async Task It_resolves_what_it_saw_repaired_and_keeps_everything_else_as_it_was()
    {
        await _nights.RunAsync(Refused("fails"), Silent("silent"), Ending("medium", First.AddDays(15), First), Refused("other", "E2NEWS"));
        var before = _nights.Store.State!;
        var followUp = await LaterAsync(Of("E1SHOP/fails", "E1SHOP/silent"), Good("fails"), Silent("silent"));
        followUp.Review.Changes.Of(ChangeKind.Resolved).ShouldHaveSingleItem().Record.OriginId.ShouldBe("fails");
        followUp.Review.Changes.Of(ChangeKind.Gone).ShouldBeEmpty();
        followUp.Review.Counts.Failing.ShouldBe(1, "the origin of the other distribution still fails");
        var after = _nights.Store.State!;
        after
            .Findings.Select(finding => finding.OriginId)
            .ShouldBe(before.Findings.Select(finding => finding.OriginId).Where(id => id != "fails"));
        after.Origins.Keys.ShouldBe(before.Origins.Keys, ignoreOrder: true);
        after.Undetermined.ShouldBe(before.Undetermined);
        after.Answering.ShouldContain("medium.example.com:443");
    }

    [Fact]
    public async Task It_mails_only_what_changed_and_reminds_of_nothing()
    {
        await _nights.RunAsync(Refused("fails"), Refused("other", "E2NEWS"));
        _nights.Mailbox.Clear();
        (await LaterAsync(Of("E1SHOP/fails", "E2NEWS/other"), Refused("fails"), Refused("other", "E2NEWS"))).Digest.ShouldBeNull();
        _nights.Time.Advance(TimeSpan.FromDays(9));
        (await LaterAsync(Of("E1SHOP/fails", "E2NEWS/other"), Refused("fails"), Refused("other", "E2NEWS"))).Digest.ShouldBeNull();
        var digest = (
            await LaterAsync(Of("E1SHOP/fails", "E2NEWS/other"), Good("fails"), Refused("other", "E2NEWS"))
        ).Digest.ShouldNotBeNull();
        digest.Text.ShouldContain("RESOLVED");
        digest.Text.ShouldNotContain("FAILING NOW");
        digest.Text.ShouldContain("1 origin is failing");
    }

    [Fact]
    public async Task A_distribution_that_was_changed_is_compared_alone()
    {
        await _nights.RunAsync(Good("www"), Refused("other", "E2NEWS"));
        var outcome = await LaterAsync(
            new AuditScope.Distributions(new HashSet<string>(StringComparer.Ordinal) { "E1SHOP", "E9NONE" }),
            Refused("www")
        );
        outcome.Review.Changes.Of(ChangeKind.New).ShouldHaveSingleItem().Record.OriginId.ShouldBe("www");
        outcome.Digest.ShouldNotBeNull().Text.ShouldContain("www.example.com:443");
        _nights.Store.State!.Findings.Count.ShouldBe(2);
    }

    [Fact]
    public async Task An_origin_that_was_removed_from_a_changed_distribution_is_gone_and_a_distribution_that_is_not_listed_is_left_to_the_night()
    {
        await _nights.RunAsync(Good("www"), Refused("old"), Refused("other", "E2NEWS"));
        var scope = new AuditScope.Distributions(new HashSet<string>(StringComparer.Ordinal) { "E1SHOP", "E2NEWS" });
        var outcome = await LaterAsync(scope, Good("www"));
        outcome.Review.Changes.Of(ChangeKind.Gone).ShouldHaveSingleItem().Record.OriginId.ShouldBe("old");
    }

    [Fact]
    public async Task Reminders_of_the_night_do_not_wait_for_follow_ups()
    {
        await _nights.RunAsync(Refused("fails"));
        await LaterAsync(Of("E1SHOP/fails"), Refused("fails"));
        _nights.Time.Advance(TimeSpan.FromHours(23));
        (await _nights.RunAsync(Refused("fails"))).Digest.ShouldNotBeNull();
    }

    private static AuditScope.FollowUp Of(params string[] origins) => new(origins.ToHashSet(StringComparer.Ordinal));

    private Task<RunOutcome> LaterAsync(AuditScope scope, params SampleOrigin[] origins)
    {
        _nights.Time.Advance(TimeSpan.FromHours(1));
        var report = Report(_nights.Now, origins);
        return _nights.RunAsync(report with { Run = report.Run with { Scope = scope } });
    }
}
