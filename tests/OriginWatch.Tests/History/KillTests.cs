using OriginWatch.History;
using OriginWatch.Tests.Reporting;
using static OriginWatch.Tests.Night;

namespace OriginWatch.Tests.History;

/// <summary>
/// A run is killed at every operation on the store and the publisher, once just before it takes effect and once just after.
/// Whatever the point, the next run must be right: nothing lost, and at most one digest sent twice, under one id.
/// </summary>
public class KillTests
{
    private static readonly SampleOrigin[] Before = [Good("www"), Refused("api"), Good("blog", "E2BLOG")];

    /// <summary>One new, one resolved.</summary>
    private static readonly SampleOrigin[] Tonight = [Refused("www"), Good("api"), Good("blog", "E2BLOG")];

    [Theory]
    [InlineData("first run", 14)]
    [InlineData("change", 14)]
    [InlineData("digest left over", 20)]
    [InlineData("corrupt state", 16)]
    public async Task The_next_run_is_right_wherever_the_last_one_was_killed(string scenario, int points)
    {
        var killed = 0;
        for (var point = 1; await IsKilledAtAsync(scenario, point); point++)
        {
            killed++;
        }

        killed.ShouldBe(points);
    }

    /// <summary>False when the run has fewer operations than <paramref name="point"/>.</summary>
    private static async Task<bool> IsKilledAtAsync(string scenario, int point)
    {
        var nights = new Nights();
        await PrepareAsync(nights, scenario);
        var mailedBefore = nights.Mailbox.Count;
        var owed = nights.Store.State?.Pending.Select(item => item.Digest.Id).ToList() ?? [];
        nights.Time.Advance(TimeSpan.FromDays(1));
        var wasKilled = await RunKilledAsync(nights, point);

        nights.Time.Advance(TimeSpan.FromDays(1));
        var outcome = await RunAsync(nights);
        var where = $"{scenario}, killed at {point}";
        outcome.Failures.ShouldBeEmpty(where);
        nights.Store.State!.Pending.ShouldBeEmpty(where);
        nights.Store.State.Findings.Select(finding => finding.OriginId).ShouldBe(["www"], where);
        var mails = nights.Mailbox.Skip(mailedBefore).ToList();
        mails.CountBy(mail => mail.Id).Count(id => id.Value > 1).ShouldBeLessThanOrEqualTo(1, where);
        mails.CountBy(mail => mail.Id).ShouldAllBe(id => id.Value <= 2);
        mails.GroupBy(mail => mail.Id).ShouldAllBe(same => same.Select(mail => mail.Text).Distinct().Count() == 1);
        owed.ShouldAllBe(id => mails.Any(mail => mail.Id == id));
        var told = mails.DistinctBy(mail => mail.Id).Where(mail => !owed.Contains(mail.Id)).ToList();
        told.Count(mail => mail.Subject.Contains("1 new", StringComparison.Ordinal)).ShouldBe(1, where);
        told.Count(mail => mail.Subject.Contains("1 resolved", StringComparison.Ordinal))
            .ShouldBe(scenario is "change" or "digest left over" ? 1 : 0, where);
        nights.Store.KeptAside.Count.ShouldBeInRange(scenario == "corrupt state" ? 1 : 0, scenario == "corrupt state" ? 2 : 0, where);
        return wasKilled;
    }

    private static async Task PrepareAsync(Nights nights, string scenario)
    {
        switch (scenario)
        {
            case "corrupt state":
                nights.Store.Put("{\"format\":");
                break;
            case "change":
                await nights.RunAsync(Before);
                break;
            case "digest left over":
                nights.Accept = _ => throw new IOException("SNS is down");
                await nights.RunAsync(Before);
                nights.Accept = _ => { };
                nights.Store.State!.Pending.Count.ShouldBe(1);
                break;
        }
    }

    private static async Task<RunOutcome> RunAsync(Nights nights)
    {
        var recorder = nights.NewRecorder();
        var start = await recorder.BeginAsync(TestContext.Current.CancellationToken);
        return await recorder.FinishAsync(
            start,
            Report(nights.Now, Tonight),
            _ => [new("report.html", new MemoryStream(1), "text/html")],
            TestContext.Current.CancellationToken
        );
    }

    private static async Task<bool> RunKilledAsync(Nights nights, int point)
    {
        var step = 0;
        void Step()
        {
            if (++step >= point)
            {
                throw new KilledException(); // and everything after it, too: the process is gone
            }
        }

        (nights.Store.Before, nights.Store.After, nights.Accept, nights.Delivered) = (_ => Step(), _ => Step(), _ => Step(), _ => Step());
        try
        {
            await RunAsync(nights);
            return false;
        }
        catch (KilledException)
        {
            return true;
        }
        finally
        {
            (nights.Store.Before, nights.Store.After, nights.Accept, nights.Delivered) = (_ => { }, _ => { }, _ => { }, _ => { });
        }
    }

#pragma warning disable CA1032, CA1064 // Thrown and caught here alone; nothing else may catch it by its base.
    private sealed class KilledException : Exception;
#pragma warning restore CA1032, CA1064
}
