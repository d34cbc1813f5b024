using System.Text.Json;
using OriginWatch.Aws.Organization.Steps;

namespace OriginWatch.Tests.Aws.Organization.Steps;

/// <summary>The state machine executes in moto, and its functions are the real handlers.</summary>
public sealed class OrganizationRunTests
{
    private static readonly DateTimeOffset FirstNight = new(2026, 11, 25, 6, 0, 0, TimeSpan.Zero);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_organization_is_read_planned_probed_and_concluded_and_what_is_missing_is_told()
    {
        Tools.SkipUnlessLong();
        Tools.SkipOrFail(await MotoServer.MissingAsync());
        await using var rig = new StepsRig(FirstNight) { TargetsPerShard = 3 };
        await rig.StartAsync([.. Plan(rig)], pageSizes: null, Token);
        var gather = rig.Host.Steps["originwatch-gather"];
        rig.Host.Steps["originwatch-gather"] = (payload, token) =>
            JsonElement.Parse(payload).GetProperty("account").GetProperty("name").GetString() == "crashes"
                ? throw new InvalidDataException("The page does not end.")
                : gather(payload, token);

        var first = await rig.Moto.RunAsync("night-1", Token);
        first.ShouldBe(new("FAILED", "OriginWatch.Incomplete", first.Cause, null));
        first.Cause.ShouldNotBeNull().ShouldBe("2 of 9 accounts could not be read: 100000000006 (norole), 100000000008 (crashes).");
        rig.LoadBalancer.Connections.ShouldBe(1, "five accounts share it");
        rig.Host.Calls.Count(call => call == "originwatch-probe").ShouldBeGreaterThan(1);
        (await rig.Moto.ObjectAsync("runs/night-1/failures/account-100000000008.json", Token))
            .ToString()
            .ShouldContain("InvalidDataException");

        var run = rig.Output.Lines().Select(line => line.RootElement).Single(line => line.GetProperty("type").GetString() == "run");
        EmfLines.Count(rig.Output.Text()).ShouldBe(1);
        run.GetProperty("OrganizationId").GetString().ShouldNotBeNull().ShouldStartWith("o-");
        string[] names =
        [
            "AccountsListed",
            "AccountsScanned",
            "AccountsDenied",
            "AccountsFailed",
            "AccountsSkipped",
            "TargetsShared",
            "ShardsLost",
            "RunCompleted",
            "OriginsRejected",
        ];
        names.Select(name => run.GetProperty(name).GetInt32()).ShouldBe([10, 7, 1, 1, 1, 1, 0, 0, 1]);

        var mail = rig.Moto.Mails().ShouldHaveSingleItem();
        mail.Text.ShouldContain("crashes");
        var state = await rig.Moto.ObjectAsync(AccountRecords.StateKey(MotoOrganization.Id(4)), Token);
        state
            .GetProperty("findings")
            .EnumerateArray()
            .ShouldAllBe(finding => finding.GetProperty("accountId").GetString() == MotoOrganization.Id(4));
        state.GetProperty("findings").GetArrayLength().ShouldBeGreaterThan(0);

        rig.Time.Now = FirstNight.AddDays(1);
        rig.Host.Steps["originwatch-gather"] = gather;
        (await rig.Moto.RunAsync("night-2", Token)).Cause.ShouldBe("1 of 9 accounts could not be read: 100000000006 (norole).");
    }

    [Fact]
    public async Task Without_a_list_of_accounts_the_last_step_mails_why_and_the_execution_fails_with_it()
    {
        Tools.SkipUnlessLong();
        Tools.SkipOrFail(await MotoServer.MissingAsync());
        await using var rig = new StepsRig(FirstNight);
        await rig.StartAsync([], pageSizes: null, Token);
        rig.Host.Steps["originwatch-list"] = (_, _) =>
            throw new OriginWatch.Inventory.InventoryException("AWS denied organizations:ListAccounts.");
        var ended = await rig.Moto.RunAsync("night-1", Token);
        ended.Status.ShouldBe("FAILED");
        ended.Cause.ShouldNotBeNull().ShouldContain("AWS denied organizations:ListAccounts");
        var mail = rig.Moto.Mails().ShouldHaveSingleItem();
        mail.Subject.ShouldContain("FAILED");
        mail.Text.ShouldContain("The run ended before anything was probed: InventoryException: AWS denied organizations:ListAccounts.");
    }

    /// <summary>Nine members; five of them share the load balancer.</summary>
    private static IEnumerable<PlannedAccount> Plan(StepsRig rig)
    {
        for (var number = 1; number <= 4; number++)
        {
            yield return new(
                $"shop{number}",
                new PlannedDistribution(
                    $"E{number}A",
                    [$"www.shop{number}.test"],
                    rig.LoadBalancerOrigin,
                    rig.HealthyOrigin($"shop{number}")
                ),
                new PlannedDistribution($"E{number}B", [], rig.HealthyOrigin($"other{number}"))
            );
        }

        yield return new("norole", new PlannedDistribution("E5", [], rig.HealthyOrigin("norole"))) { Role = false };
        yield return new("closed", new PlannedDistribution("E6", [], rig.HealthyOrigin("closed"))) { Closed = true };
        yield return new("crashes", new PlannedDistribution("E7", [], rig.HealthyOrigin("crashes")));
        yield return new("empty");
        yield return new("expired", new PlannedDistribution("E9", ["www.expired.test"], rig.ExpiredOrigin("one"), rig.LoadBalancerOrigin));
    }
}
