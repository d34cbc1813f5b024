using System.Text.Json;
using Amazon.S3.Model;

namespace OriginWatch.Tests.Aws.Organization.Steps;

/// <summary>
/// The state machine executes, and one of its functions dies, or the execution itself is aborted: what the definition does about it leaves
/// the next night right.
/// </summary>
public sealed class ExecutedKillTests
{
    private static readonly DateTimeOffset FirstNight = new(2026, 11, 25, 6, 0, 0, TimeSpan.Zero);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Whichever_function_dies_in_an_execution_the_next_one_is_right_and_nothing_is_lost_or_mailed_as_new_twice()
    {
        Tools.SkipUnlessLong();
        Tools.SkipOrFail(await MotoServer.MissingAsync());
        await using var rig = new StepsRig(FirstNight) { TargetsPerShard = 2 };
        await rig.StartAsync([.. OrganizationKillTests.Plan(rig, shops: 2)], pageSizes: null, Token);
        await using var proxy = new KillingProxy(rig.Moto.Url);
        rig.Endpoint = proxy.Url;
        var (ended, undisturbed) = await TwoNightsAsync(rig, proxy, "undisturbed", () => { });
        ended.Status.ShouldBe("SUCCEEDED", ended.Cause);
        undisturbed.Findings.Count.ShouldBe(5);

        foreach (var (story, kill, end) in Stories(rig, proxy))
        {
            var (first, aftermath) = await TwoNightsAsync(rig, proxy, story, kill);
            $"{first.Status} {first.Error}: {first.Cause}".ShouldContain(end, customMessage: story);
            aftermath.ShouldBeThatOf(undisturbed, story);
        }
    }

    /// <summary>Name of the first night, how it is disturbed, and what its execution ends with.</summary>
    private static IEnumerable<(string Story, Action Kill, string End)> Stories(StepsRig rig, KillingProxy proxy)
    {
        const string Failed = "FAILED RunFailedException: ";
        yield return ("list-dies", () => Die(rig, "list", _ => true, afterwards: false), Failed);
        yield return (
            "one-gather-and-one-probe-die",
            () =>
            {
                Die(rig, "gather", IsShop2, afterwards: false);
                Die(rig, "probe", IsFirstShard, afterwards: false);
            },
            $"FAILED OriginWatch.Incomplete: 1 of 4 accounts could not be read: {MotoOrganization.Id(2)} (shop2). 1 of 2 shards left no observations"
        );
        yield return (
            "gather-and-plan-die-after-they-saved",
            () =>
            {
                Die(rig, "gather", IsShop2, afterwards: true);
                Die(rig, "plan", _ => true, afterwards: true);
            },
            Failed
        );
        yield return ("conclude-dies-before-the-state", () => proxy.BeginNight(WritesState, afterEffect: false), Failed);
        yield return ("conclude-dies-after-the-state", () => proxy.BeginNight(WritesState, afterEffect: true), Failed);
        yield return ("conclude-dies-after-the-mail", () => proxy.BeginNight(Publishes, afterEffect: true), Failed);
        yield return ("aborted-while-it-probes", () => Abort(rig, "aborted-while-it-probes"), "ABORTED");
    }

    private static bool IsShop2(JsonElement payload) => payload.GetProperty("account").GetProperty("name").GetString() == "shop2";

    private static bool IsFirstShard(JsonElement payload) => payload.GetProperty("shard").GetInt32() == 0;

    private static bool WritesState(string call, string body) => call == $"PUT /{MotoSteps.Bucket}/state.json";

    private static bool Publishes(string call, string body) => body.StartsWith("Action=Publish&", StringComparison.Ordinal);

    /// <summary>As the runtime says that its process ended; Step Functions does not retry it.</summary>
    private static void Die(StepsRig rig, string step, Func<JsonElement, bool> victim, bool afterwards) =>
        Replace(
            rig,
            step,
            async (invoke, payload, token) =>
            {
                if (!victim(JsonElement.Parse(payload)))
                {
                    return await invoke(payload, token);
                }

                if (afterwards)
                {
                    await invoke(payload, token);
                }

                throw new InvalidOperationException("Runtime exited with error: signal: killed");
            }
        );

    private static void Abort(StepsRig rig, string execution) =>
        Replace(
            rig,
            "probe",
            async (invoke, payload, token) =>
            {
                await rig.Moto.AbortAsync(execution, token);
                return await invoke(payload, token);
            }
        );

    private static void Replace(StepsRig rig, string step, Func<InvokeStep, byte[], CancellationToken, Task<byte[]>> by)
    {
        var name = $"originwatch-{step}";
        var real = rig.Host.Steps[name];
        rig.Host.Steps[name] = (payload, token) => by(real, payload, token);
    }

    private static async Task<(EndedExecution First, Aftermath Aftermath)> TwoNightsAsync(
        StepsRig rig,
        KillingProxy proxy,
        string story,
        Action kill
    )
    {
        await EmptyAsync(rig);
        var mailed = rig.Moto.Mails().Count;
        var steps = rig.Host.Steps.ToArray();
        rig.Time.Now = FirstNight;
        proxy.BeginNight(0, afterEffect: false);
        kill();
        var first = await rig.Moto.RunAsync(story, Token);

        foreach (var (name, step) in steps)
        {
            rig.Host.Steps[name] = step;
        }

        rig.Time.Now = FirstNight.AddDays(1);
        proxy.BeginNight(0, afterEffect: false);
        var second = await rig.Moto.RunAsync($"after-{story}", Token);
        second.Status.ShouldBe("SUCCEEDED", $"{story}: {second.Cause}");
        return (first, await Aftermath.ReadAsync(rig, MotoSteps.Bucket, mailed, Token));
    }

    private static async Task EmptyAsync(StepsRig rig)
    {
        using var storage = LoopbackClients.On(rig.Moto.Url, rig.Moto.Function).Storage();
        foreach (var key in await rig.Moto.KeysAsync("", Token))
        {
            await storage.DeleteObjectAsync(new DeleteObjectRequest { BucketName = MotoSteps.Bucket, Key = key }, Token);
        }
    }
}
