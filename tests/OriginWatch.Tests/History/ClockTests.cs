using OriginWatch.Tests.Reporting;
using static OriginWatch.Tests.Night;

namespace OriginWatch.Tests.History;

/// <summary>A run whose clock was ahead leaves times that lie in the future of every run after it.</summary>
public class ClockTests
{
    [Fact]
    public async Task A_clock_that_ran_ahead_delays_no_reminder()
    {
        var nights = new Nights();
        await nights.RunAsync(Refused("api"));
        await nights.RunAsync(Report(First.AddDays(60), Refused("api")));
        nights.Mailbox.Count.ShouldBe(2);
        await nights.NextAsync(Refused("api"));
        await nights.NextAsync(Refused("api"));
        nights.Mailbox.Count.ShouldBeGreaterThanOrEqualTo(3);
        nights.Mailbox[^1].Text.ShouldNotContain(", -");
        nights.Store.State!.Findings.ShouldAllBe(finding => finding.FirstSeen <= nights.Now && finding.LastMailed <= nights.Now);
    }

    [Fact]
    public async Task A_digest_that_was_claimed_by_a_clock_ahead_is_sent()
    {
        var ahead = new Nights(First.AddDays(60)) { Accept = _ => throw new InvalidOperationException("killed") };
        ahead.Store.After = operation => _ = operation == "write state" ? throw new OperationCanceledException("killed") : true;
        await Should.ThrowAsync<OperationCanceledException>(() => ahead.RunAsync(Refused("api")));
        ahead.Store.After = _ => { };
        ahead.Store.State!.Pending.ShouldHaveSingleItem().ClaimedBy.ShouldNotBeNull();

        var nights = new Nights(ahead.Store);
        await nights.RunAsync(Refused("api"));
        nights.Mailbox.ShouldNotBeEmpty();
        nights.Store.State!.Pending.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_prior_outcome_from_a_clock_ahead_is_dated_no_later_than_now()
    {
        var nights = new Nights();
        await nights.RunAsync(Report(First.AddDays(60), Good("www")));
        var start = await nights.NewRecorder().BeginAsync(TestContext.Current.CancellationToken);
        start.Prior["E1SHOP/www"].JudgedAt.ShouldBeLessThanOrEqualTo(nights.Now);
    }
}
