using OriginWatch.History;
using OriginWatch.Tests.Reporting;
using static OriginWatch.Tests.History.Routing.RoutedNights;
using static OriginWatch.Tests.Night;

namespace OriginWatch.Tests.History.Routing;

/// <summary>As <see cref="KillTests"/>, with three topics: killed between any two writes, no owner misses his mail, and at most one mail of
/// all is sent twice, under one id.</summary>
public class RoutedKillTests
{
    /// <summary>In each part one new and one resolved.</summary>
    private static readonly (string Id, string Distribution)[] Parts = [("cart", "E1SHOP"), ("feed", "E2NEWS"), ("blog", "E3BLOG")];

    private static readonly string?[] Topics = [null, Shop, News];

    [Theory]
    [InlineData("first run", 22)]
    [InlineData("change", 22)]
    [InlineData("digests left over", 36)]
    public async Task No_owner_misses_a_mail_wherever_the_run_was_killed(string scenario, int points)
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
        var nights = Routed();
        if (scenario != "first run")
        {
            nights.Accept = scenario == "change" ? _ => { } : _ => throw new IOException("SNS is down");
            await nights.RunAsync([
                .. Parts.SelectMany(part => new[] { Good($"{part.Id}1", part.Distribution), Refused($"{part.Id}2", part.Distribution) }),
            ]);
            nights.Accept = _ => { };
        }

        var before = nights.Mailbox.Count;
        var owed = nights.Store.State?.Pending.Select(item => item.Digest.Id).ToList() ?? [];
        nights.Time.Advance(TimeSpan.FromDays(1));
        var wasKilled = await RunKilledAsync(nights, point);
        nights.Time.Advance(TimeSpan.FromDays(1));
        (await TonightAsync(nights)).Failures.ShouldBeEmpty();

        var where = $"{scenario}, killed at {point}";
        nights.Store.State!.Pending.ShouldBeEmpty(where);
        var mails = nights.Mailbox.Skip(before).ToList();
        mails.CountBy(mail => mail.Id).Count(id => id.Value > 1).ShouldBeLessThanOrEqualTo(1, where);
        mails.CountBy(mail => mail.Id).ShouldAllBe(id => id.Value <= 2);
        mails.GroupBy(mail => mail.Id).ShouldAllBe(same => same.Select(mail => mail.Topic + mail.Text).Distinct().Count() == 1);
        owed.ShouldAllBe(id => mails.Any(mail => mail.Id == id));
        foreach (var topic in Topics)
        {
            var told = mails.Where(mail => mail.Topic == topic && !owed.Contains(mail.Id)).DistinctBy(mail => mail.Id).ToList();
            told.Count(mail => mail.Subject.Contains("1 new", StringComparison.Ordinal)).ShouldBe(1, $"{where}: {topic}");
            told.Count(mail => mail.Subject.Contains("1 resolved", StringComparison.Ordinal))
                .ShouldBe(scenario == "first run" ? 0 : 1, $"{where}: {topic}");
        }

        return wasKilled;
    }

    private static async Task<RunOutcome> TonightAsync(Nights nights)
    {
        var recorder = nights.NewRecorder();
        var start = await recorder.BeginAsync(TestContext.Current.CancellationToken);
        SampleOrigin[] origins =
        [
            .. Parts.SelectMany(part => new[] { Refused($"{part.Id}1", part.Distribution), Good($"{part.Id}2", part.Distribution) }),
        ];
        return await recorder.FinishAsync(
            start,
            Report(nights.Now, origins),
            _ => [new("report.html", new MemoryStream(1), "text/html")],
            TestContext.Current.CancellationToken
        );
    }

    private static async Task<bool> RunKilledAsync(Nights nights, int point)
    {
        var plan = new ModelNight([], Trouble.Killed, point, ClockAhead: 0, []);
        using var trouble = new ModelTrouble(nights, plan);
        try
        {
            await TonightAsync(nights);
            return false;
        }
        catch (ModelTrouble.KilledException)
        {
            return true;
        }
    }
}
