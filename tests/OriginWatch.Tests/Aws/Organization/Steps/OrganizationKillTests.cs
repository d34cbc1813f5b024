using System.Globalization;
using System.Text;
using System.Text.Json;

namespace OriginWatch.Tests.Aws.Organization.Steps;

/// <summary>
/// A step is killed at one of its calls to AWS, at twenty points of a night in turn; the others go on as the state machine makes them. The
/// night after is not disturbed.
/// Redrive cannot be run here: moto has none.
/// </summary>
public sealed class OrganizationKillTests
{
    private const int Points = 20;
    private static readonly DateTimeOffset FirstNight = new(2026, 11, 25, 6, 0, 0, TimeSpan.Zero);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Wherever_a_step_is_killed_the_next_night_is_right_and_nothing_is_lost_or_mailed_as_new_twice()
    {
        Tools.SkipUnlessLong();
        Tools.SkipOrFail(await MotoServer.MissingAsync());
        await using var rig = new StepsRig(FirstNight) { TargetsPerShard = 3 };
        await rig.StartAsync([.. Plan(rig, shops: 4)], pageSizes: null, Token);
        await using var proxy = new KillingProxy(rig.Moto.Url);
        rig.Endpoint = proxy.Url;
        var undisturbed = await TwoNightsAsync(rig, proxy, killAt: 0, afterEffect: false);
        undisturbed.Aftermath.Findings.Count.ShouldBe(7);
        undisturbed.CallsOfFirstNight.ShouldBeGreaterThan(60);

        var kinds = new HashSet<string>(StringComparer.Ordinal);
        for (var point = 0; point < Points; point++)
        {
            var killAt = 1 + (point * (undisturbed.CallsOfFirstNight - 1) / (Points - 1));
            var killed = await TwoNightsAsync(rig, proxy, killAt, afterEffect: point % 2 == 1);
            var story = $"killed at call {killAt} of {undisturbed.CallsOfFirstNight}, in {killed.KilledStep}";
            kinds.Add(killed.KilledStep ?? "none");
            killed.Aftermath.ShouldBeThatOf(undisturbed.Aftermath, story);
        }

        kinds.ShouldBe(["list", "gather", "plan", "probe", "conclude"], ignoreOrder: true);
    }

    internal static IEnumerable<PlannedAccount> Plan(StepsRig rig, int shops)
    {
        for (var number = 1; number <= shops; number++)
        {
            yield return new(
                $"shop{number}",
                new PlannedDistribution($"E{number}A", [$"www.shop{number}.test"], rig.LoadBalancerOrigin),
                new PlannedDistribution($"E{number}B", [], rig.HealthyOrigin($"other{number}"))
            );
        }

        yield return new("expired", new PlannedDistribution("E9", ["www.expired.test"], rig.ExpiredOrigin("one"), rig.LoadBalancerOrigin));
    }

    private static async Task<Story> TwoNightsAsync(StepsRig rig, KillingProxy proxy, int killAt, bool afterEffect)
    {
        rig.Bucket = string.Create(CultureInfo.InvariantCulture, $"nights-{killAt}-{(afterEffect ? "after" : "before")}");
        using var storage = LoopbackClients.On(rig.Moto.Url, rig.Moto.Function).Storage();
        await storage.PutBucketAsync(rig.Bucket, Token);
        var mailed = rig.Moto.Mails().Count;
        proxy.BeginNight(killAt, afterEffect);
        rig.Time.Now = FirstNight;
        var driver = new Driver(rig, proxy);
        await driver.RunAsync("night-1");
        var (calls, step) = (proxy.Calls, driver.FailedStep);
        proxy.BeginNight(0, afterEffect: false);
        rig.Time.Now = FirstNight.AddDays(1);
        await driver.RunAsync("night-2");

        return new(calls, step, await Aftermath.ReadAsync(rig, rig.Bucket, mailed, Token));
    }

    private sealed record Story(int CallsOfFirstNight, string? KilledStep, Aftermath Aftermath);

    /// <summary>The steps in the order of the state machine; what it does about a step that fails is done here.</summary>
    private sealed class Driver(StepsRig rig, KillingProxy proxy)
    {
        public string? FailedStep { get; private set; }

        public async Task RunAsync(string run)
        {
            FailedStep = null;
            if (await StepAsync("list", new { run }) is not { } listed)
            {
                await StepAsync("conclude", new { run, failure = new { Error = "Killed", Cause = "killed" } });
                return;
            }

            foreach (var account in await ItemsAsync(listed.GetProperty("accountsKey").GetString()!))
            {
                await StepAsync("gather", new { run, account });
            }

            if (await StepAsync("plan", new { run }) is not { } plan)
            {
                await StepAsync("conclude", new { run, failure = new { Error = "Killed", Cause = "killed" } });
                return;
            }

            var shards = plan.GetProperty("shards").EnumerateArray().Select(shard => shard.GetInt32()).ToList();
            foreach (var shard in shards)
            {
                await StepAsync("probe", new { run, shard });
            }

            await StepAsync("conclude", new { run, shards });
        }

        private async Task<JsonElement?> StepAsync(string step, object payload)
        {
            try
            {
                return JsonElement.Parse(
                    await rig.Host.Steps[$"originwatch-{step}"](Encoding.UTF8.GetBytes(JsonSerializer.Serialize(payload)), Token)
                );
            }
#pragma warning disable CA1031 // A killed step ends with whatever it ran into.
            catch (Exception) when (!Token.IsCancellationRequested)
#pragma warning restore CA1031
            {
                FailedStep ??= step;
                return null;
            }
            finally
            {
                FailedStep ??= proxy.KillAt > 0 && proxy.Calls >= proxy.KillAt ? step : null;
                proxy.EndStep();
            }
        }

        private async Task<List<JsonElement>> ItemsAsync(string key)
        {
            using var storage = LoopbackClients.On(rig.Moto.Url, rig.Moto.Function).Storage();
            using var response = await storage.GetObjectAsync(rig.Bucket, key, Token);
            using var items = await JsonDocument.ParseAsync(response.ResponseStream, cancellationToken: Token);
            return [.. items.RootElement.EnumerateArray().Select(item => item.Clone())];
        }
    }
}
