using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace OriginWatch.Tests.Aws.Organization.Steps;

/// <summary>Forty accounts and three owners, two nights through the state machine: the mails of each topic, metrics and state.</summary>
public sealed partial class RoutedNightsTests
{
    private const int Accounts = 40;
    private const int Pages = 40;
    private const int LastOfUnit = 19;

    /// <summary>A fifth of the requests to the expired origin, with additional metrics.</summary>
    private static readonly Dictionary<string, double> Failing = new(StringComparer.Ordinal)
    {
        ["Requests"] = 1000,
        ["5xxErrorRate"] = 20,
        ["502ErrorRate"] = 20,
    };

    private static readonly string[] Owners = ["owners", "pages", "shop", "web"];
    private static readonly DateTimeOffset FirstNight = new(2026, 11, 25, 6, 0, 0, TimeSpan.Zero);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Each_owner_is_mailed_his_part_by_account_unit_alias_or_tag_and_the_default_topic_the_rest()
    {
        Tools.SkipUnlessLong();
        Tools.SkipOrFail(await MotoServer.MissingAsync());
        await using var rig = new StepsRig(FirstNight) { Topics = Owners, ReadsMetrics = true };
        await rig.StartAsync([.. Plan(rig)], new Dictionary<string, int>(StringComparer.Ordinal) { [MotoOrganization.Id(4)] = 1 }, Token);
        await rig.Moto.PutAsync(
            "config/routes.yaml",
            $"""
            routes:
              - name: pages
                topic: {TopicOf(rig, "pages")}
                alias: "*.pages.test"
              - name: owners
                topic: {TopicOf(rig, "owners")}
                account: ["{MotoOrganization.Id(1)}", "{MotoOrganization.Id(5)}", "{MotoOrganization.Id(6)}"]
              - name: web
                topic: {TopicOf(rig, "web")}
                path: {rig.Moto.Unit("web")}
              - name: shop
                topic: {TopicOf(rig, "shop")}
                tag: ["team=shop", "team=checkout*"]
            """,
            Token
        );

        await rig.Moto.RunAsync("night-1", Token);
        rig.LoadBalancer.Connections.ShouldBe(1, $"{Accounts} accounts share it");
        var saved = await rig.Moto.ObjectAsync($"runs/night-1/inventory/{MotoOrganization.Id(20)}.json", Token);
        saved.GetProperty("listing").GetProperty("distributions")[0].GetProperty("routeTags").ToString().ShouldBe("""["team=shop"]""");
        saved.ToString().ShouldNotContain("budget");
        await ApproveAsync(rig, "night-1", before: 0);
        var attributes = (await rig.Moto.NotificationsAsync(Token)).ShouldHaveSingleItem().Attributes;
        attributes["scope"].ShouldBe("organization");
        JsonElement
            .Parse(attributes["accounts"])
            .EnumerateArray()
            .Select(account => account.GetString()!)
            .ShouldBe([MotoOrganization.Id(1), MotoOrganization.Id(2), .. Enumerable.Range(22, 19).Select(MotoOrganization.Id)]);

        rig.Time.Now = FirstNight.AddDays(1);
        await rig.RenewLoadBalancerAsync();
        await rig.Moto.RunAsync("night-2", Token);
        await ApproveAsync(rig, "night-2", before: 5);
    }

    /// <summary>Member 1 has no role, 2 another external id, 3 is closed, 4 lists forty pages, 5 and 6 have an expired origin of their own,
    /// 7 to 19 are a unit, 20 and 21 have a tag; all are behind the load balancer.</summary>
    private static IEnumerable<PlannedAccount> Plan(StepsRig rig)
    {
        yield return new("norole", Behind(rig, "E001")) { Role = false };
        yield return new("external", Behind(rig, "E002")) { ExternalId = "another-tenant" };
        yield return new("closed", Behind(rig, "E003")) { Closed = true };
        yield return new(
            "pages",
            [.. Enumerable.Range(0, Pages).Select(number => Behind(rig, $"EPAGE{number:00}", $"p{number:00}.pages.test"))]
        );
        yield return new(
            "own-one",
            Behind(rig, "E005"),
            new PlannedDistribution("E105", ["one.own.test"], rig.ExpiredOrigin("one")) { Metrics = Failing }
        );
        yield return new("own-two", Behind(rig, "E006"), new PlannedDistribution("E106", ["two.own.test"], rig.ExpiredOrigin("two")));
        for (var account = 7; account <= Accounts; account++)
        {
            var own = Behind(rig, $"E{account:000}", $"www.team{account:00}.test") with { Tags = TagsOf(account) };
            yield return new($"team-{account:00}", own) { Unit = account <= LastOfUnit ? "web" : null };
        }
    }

    /// <summary>20 and 21 belong to the shop; what else they are tagged with is not read into the bucket.</summary>
    private static Dictionary<string, string>? TagsOf(int account) =>
        account switch
        {
            20 => new(StringComparer.Ordinal) { ["team"] = "shop", ["budget"] = "secret" },
            21 => new(StringComparer.Ordinal) { ["team"] = "checkout-eu" },
            22 => new(StringComparer.Ordinal) { ["team"] = "news" },
            _ => null,
        };

    private static PlannedDistribution Behind(StepsRig rig, string id, params string[] aliases) => new(id, aliases, rig.LoadBalancerOrigin);

    private static string TopicOf(StepsRig rig, string name) => $"{rig.Moto.Topic[..(rig.Moto.Topic.LastIndexOf(':') + 1)]}{name}";

    private static async Task ApproveAsync(StepsRig rig, string night, int before)
    {
        var mails = rig.Moto.Mails().Skip(before).ToList();
        mails.Select(mail => NameOf(mail.Topic)).ShouldBe(["originwatch", "pages", "owners", "web", "shop"]);
        foreach (var mail in mails)
        {
            Scrub(rig, $"Subject: {mail.Subject}\n\n{mail.Text}").ShouldBeApproved($"routed/{night}-{NameOf(mail.Topic)}.txt");
        }

        string[] metrics =
        [
            "AccountsListed",
            "AccountsScanned",
            "AccountsDenied",
            "AccountsSkipped",
            "RunCompleted",
            "DistributionsListed",
            "OriginsRejected",
            "FindingsCritical",
            "FindingsHigh",
            "FindingsNew",
            "FindingsResolved",
        ];
        var run = rig.Output.Lines().Select(line => line.RootElement).Single(line => line.GetProperty("type").GetString() == "run");
        var counted = metrics.Select(name => $"{name}: {(run.TryGetProperty(name, out var value) ? value.ToString() : "not sent")}");
        Scrub(rig, $"{string.Join('\n', counted)}\n\n{await StateAsync(rig)}").ShouldBeApproved($"routed/{night}-metrics-and-state.txt");
    }

    private static async Task<string> StateAsync(StepsRig rig)
    {
        var state = await rig.Moto.ObjectAsync("state.json", Token);
        var findings = state
            .GetProperty("findings")
            .EnumerateArray()
            .GroupBy(finding =>
                (
                    Topic: finding.TryGetProperty("routedTo", out var topic) ? topic.GetString() : "the default topic",
                    Rule: finding.GetProperty("ruleId").GetString(),
                    Severity: finding.GetProperty("severity").ToString(),
                    Mailed: finding.TryGetProperty("lastMailed", out var mailed) ? mailed.GetDateTimeOffset() : (DateTimeOffset?)null
                )
            )
            .Select(group =>
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{group.Count()} x {group.Key.Rule} {group.Key.Severity}, mailed {group.Key.Mailed:yyyy-MM-dd} to {group.Key.Topic}"
                )
            )
            .Order(StringComparer.Ordinal);
        return $"{string.Join('\n', findings)}\n{state.GetProperty("pending").GetArrayLength()} pending\n";
    }

    private static string NameOf(string? topic) => topic!.Split(':')[^1];

    private static string Scrub(StepsRig rig, string text)
    {
        text = text.Replace($":{rig.LoadBalancer.EndPoint.Port}", ":PORT", StringComparison.Ordinal)
            .Replace($":{rig.Expired.EndPoint.Port}", ":PORT", StringComparison.Ordinal);
        return Random().Replace(text, match => new string('0', match.Length));
    }

    /// <summary>Ids of the runs, serial numbers.</summary>
    [GeneratedRegex("20261[0-9]{3}T[0-9]{6}Z-[0-9a-f]{8}|[0-9a-f]{32,}", RegexOptions.None, 1000)]
    private static partial Regex Random();
}
