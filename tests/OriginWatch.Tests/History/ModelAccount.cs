using OriginWatch.Aws.Publishing;
using OriginWatch.History;
using OriginWatch.Mail;
using OriginWatch.Rules;
using OriginWatch.Tests.History.Routing;

namespace OriginWatch.Tests.History;

/// <summary>One account of the model: it plans its nights from a seed, lives through them and checks each.</summary>
internal sealed class ModelAccount(int seed)
{
    private const int Origins = 12;

    private static readonly Sky[] Weather =
    [
        Sky.Good,
        Sky.Good,
        Sky.Good,
        Sky.Good,
        Sky.Good,
        Sky.Good,
        Sky.Good,
        Sky.Good,
        Sky.Expired,
        Sky.WrongName,
        Sky.Ending,
        Sky.Refused,
        Sky.Silent,
        Sky.NotReached,
        Sky.SeenOnce,
    ];

    private readonly Nights _nights = new();

    /// <summary>Faults that a delivered mail has named and that no run has seen repaired since.</summary>
    private readonly HashSet<(string Id, Sky Sky, string? Topic)> _told = [];

    public IReadOnlyList<ModelNight> Plan(int nights)
    {
#pragma warning disable CA5394 // The same nights for the same seed are the point.
        var random = new Random(seed);
        var skies = new Sky[Origins];
        var ways = ModelNight.AllWays[random.Next(ModelNight.AllWays.Count)];
        var plans = new List<ModelNight>();
        for (var night = 0; night < nights; night++)
        {
            for (var origin = 0; origin < Origins; origin++)
            {
                skies[origin] = random.Next(4) == 0 ? Weather[random.Next(Weather.Length)] : skies[origin];
            }

            ways = random.Next(4) == 0 ? ModelNight.AllWays[random.Next(ModelNight.AllWays.Count)] : ways;
            var trouble = random.Next(2) == 0 ? Trouble.None : (Trouble)random.Next(Enum.GetValues<Trouble>().Length);
            var outage = random.Next(2) == 0 ? Sky.Silent : Sky.Refused;
            Sky[] tonight = trouble == Trouble.Outage ? [.. skies.Select(sky => random.Next(3) > 0 ? outage : sky)] : [.. skies];
            plans.Add(new(tonight, trouble, random.Next(1, 26), random.Next(8) == 0 ? random.Next(-40, 40) : 0, ways));
        }
#pragma warning restore CA5394

        // What was owed must have been told after two nights without trouble.
        return
        [
            .. plans,
            plans[^1] with
            {
                Trouble = Trouble.None,
                ClockAhead = 0,
            },
            plans[^1] with
            {
                Trouble = Trouble.None,
                ClockAhead = 0,
            },
        ];
    }

    public async Task LiveAsync(int nights)
    {
        var now = Night.First;
        foreach (var (i, plan) in Plan(nights).Index())
        {
            now = now.AddDays(1);
            _nights.Time.AdjustTime(now.AddDays(plan.ClockAhead));
            await LiveAsync(plan, $"seed {seed}, night {i}: {plan}");
        }

        _nights.Store.State!.Pending.ShouldBeEmpty($"seed {seed}");
    }

    private async Task LiveAsync(ModelNight plan, string where)
    {
        var before = _nights.Mailbox.Count;
        _nights.Store.Routes = plan.Routes;
        using var trouble = new ModelTrouble(_nights, plan);
        var outcome = await RunAsync(plan);
        var mails = _nights.Mailbox.Skip(before).ToList();
        mails.Select(mail => mail.Id).ShouldBeUnique(where);
        foreach (var (id, sky) in Faults(plan, outcome?.Review))
        {
            var topic = plan.TopicOf(id);
            var isNamed = mails.Exists(mail => mail.Topic == topic && Names(mail, id, sky));
            var mustBeNamed =
                outcome is not null
                && plan.Trouble != Trouble.TopicFails
                && !(plan.Trouble == Trouble.RouteTopicFails && topic == RoutedNights.Shop)
                && (
                    sky == Sky.SeenOnce
                    || !(plan.RoutesAreIgnored ? _told.Any(told => (told.Id, told.Sky) == (id, sky)) : _told.Contains((id, sky, topic)))
                );
            (isNamed || !mustBeNamed).ShouldBeTrue(
                $"{id} is {sky} and no mail to {topic ?? "the default topic"} says so. {where}\n{string.Join("\n\n", mails.Select(mail => $"To {mail.Topic}\n{mail.Text}"))}"
            );
            foreach (var mail in mails.Where(mail => Names(mail, id, sky)))
            {
                _told.Add((id, sky, mail.Topic));
            }
        }

        if (outcome is not null)
        {
            CheckReview(plan, outcome.Review, where);
            Forget(plan, outcome);
        }
    }

    private async Task<RunOutcome?> RunAsync(ModelNight plan)
    {
        try
        {
            var recorder = _nights.NewRecorder();
            var start = await recorder.BeginAsync(TestContext.Current.CancellationToken);
            return await recorder.FinishAsync(
                start,
                plan.Report(_nights.Now),
                _ => [new("report.html", new MemoryStream(1), "text/html")],
                TestContext.Current.CancellationToken
            );
        }
        catch (ModelTrouble.KilledException)
        {
            return null;
        }
    }

    /// <summary>What was seen for certain; a refusal counts unless the probe itself is suspected.</summary>
    private static IEnumerable<(string Id, Sky Sky)> Faults(ModelNight plan, RunReview? review) =>
        plan
            .Skies.Select((sky, i) => (ModelNight.IdOf(i), sky))
            .Where(origin =>
                origin.sky is Sky.Expired or Sky.WrongName or Sky.Ending or Sky.SeenOnce
                || (origin.sky == Sky.Refused && review is { Suspicion: null })
            );

    private static bool Names(DigestMessage mail, string id, Sky sky)
    {
        var text = string.Join(' ', mail.Text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        return sky switch
        {
            Sky.Expired => text.Contains($"of {id} expired", StringComparison.Ordinal),
            Sky.WrongName => text.Contains($"of {id} does not cover", StringComparison.Ordinal),
            Sky.Ending => text.Contains($"{ModelNight.DistributionOf(id)}/{id} ", StringComparison.Ordinal)
                && text.Contains("DUE SOON", StringComparison.Ordinal),
            Sky.SeenOnce => text.Contains($"seen once: {id} ", StringComparison.Ordinal),
            _ => text.Contains($"{id}.example.com:443", StringComparison.Ordinal),
        };
    }

    private static void CheckReview(ModelNight plan, RunReview review, string where)
    {
        var seen = Faults(plan, review).ToLookup(fault => fault.Sky);
        var metrics = RunMetrics.Of(review, 1, TimeSpan.Zero);
        var failing = seen[Sky.Expired].Concat(seen[Sky.WrongName]).Concat(seen[Sky.Refused]).Count();
        review.Counts.Failing.ShouldBeGreaterThanOrEqualTo(failing, where);
        metrics["OriginsRejected"].ShouldBe(review.Counts.Failing, where);
        metrics["FindingsCritical"].ShouldBeGreaterThanOrEqualTo(failing, where);
        metrics["FindingsCritical"].ShouldBe(review.Changes.Open.Count(change => change.Record.Severity == Severity.Critical), where);
        review.Counts.Failing.ShouldBe(
            review.Changes.Open.Where(change => change.Record.Rejects).DistinctBy(change => change.Record.OriginId).Count(),
            where
        );
        foreach (var resolved in review.Changes.Of(ChangeKind.Resolved))
        {
            plan.Skies[int.Parse(resolved.Record.OriginId["origin".Length..], System.Globalization.CultureInfo.InvariantCulture)]
                .ShouldBeOneOf([Sky.Good, Sky.Expired, Sky.WrongName, Sky.Ending], where);
        }

        if (new DigestWriter(new()).Compose(review) is { } mail)
        {
            var failingNow = review.Counts.Failing;
            mail.Subject.Contains(".example.org failing", StringComparison.Ordinal).ShouldBe(failingNow > 0, where);
            mail.Subject.Contains($" failing, {failingNow - 1} more", StringComparison.Ordinal).ShouldBe(failingNow > 1, where);
            mail.Text.ShouldContain($"{review.Counts.Failing} failing, {review.Counts.NotJudged} not evaluated", Case.Sensitive, where);
        }
    }

    /// <summary>What a saved run saw repaired is new when it comes back.</summary>
    private void Forget(ModelNight plan, RunOutcome outcome)
    {
        if (_nights.Store.State?.LastRun.Id == outcome.Review.RunId)
        {
            var open = _nights.Store.State.Findings.Select(finding => finding.Key).ToHashSet(StringComparer.Ordinal);
            _told.RemoveWhere(fault =>
                plan.Skies[int.Parse(fault.Id["origin".Length..], System.Globalization.CultureInfo.InvariantCulture)] != fault.Sky
                && !open.Any(key => key.Contains($"/{fault.Id}/{RuleOf(fault.Sky)}/", StringComparison.Ordinal))
            );
        }
    }

    private static string RuleOf(Sky sky) =>
        sky switch
        {
            Sky.Expired => "OW301",
            Sky.WrongName => "OW304",
            Sky.Ending => "OW303",
            _ => "OW203",
        };
}
