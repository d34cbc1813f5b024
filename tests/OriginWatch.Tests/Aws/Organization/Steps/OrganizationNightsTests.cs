using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using OriginWatch.Aws.Organization.Steps;

namespace OriginWatch.Tests.Aws.Organization.Steps;

/// <summary>150 accounts with 500 distributions, most of which share a load balancer, on two nights: the exact mails, metrics, states and
/// log.</summary>
public sealed partial class OrganizationNightsTests
{
    private const int Accounts = 150;
    private const int Distributions = 500;
    private const int Pages = 40;
    private static readonly DateTimeOffset FirstNight = new(2026, 11, 25, 6, 0, 0, TimeSpan.Zero);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Two_nights_with_an_account_without_the_role_one_with_another_external_id_a_closed_one_a_crash_and_forty_pages()
    {
        Tools.SkipUnlessLong();
        Tools.SkipOrFail(await MotoServer.MissingAsync());
        await using var rig = new StepsRig(FirstNight);
        await rig.StartAsync([.. Plan(rig)], new Dictionary<string, int>(StringComparer.Ordinal) { [MotoOrganization.Id(5)] = 1 }, Token);
        var gather = rig.Host.Steps["originwatch-gather"];
        rig.Host.Steps["originwatch-gather"] = (payload, token) =>
            JsonElement.Parse(payload).GetProperty("account").GetProperty("name").GetString() == "crashes"
                ? throw new InvalidDataException("The page does not end.")
                : gather(payload, token);

        var first = await rig.Moto.RunAsync("night-1", Token);
        (first.Status, first.Error).ShouldBe(("FAILED", "OriginWatch.Incomplete"));
        rig.LoadBalancer.Connections.ShouldBe(1);
        await ApproveAsync(rig, "night-1", first);

        rig.Time.Now = FirstNight.AddDays(1);
        rig.Host.Steps["originwatch-gather"] = gather;
        await rig.RenewLoadBalancerAsync();
        var second = await rig.Moto.RunAsync("night-2", Token);
        rig.LoadBalancer.Connections.ShouldBe(1);
        await ApproveAsync(rig, "night-2", second);
        rig.Moto.Mails().Count.ShouldBe(2);
    }

    /// <summary>Member 1 has no role, 2 another external id, 3 is closed, 4 crashes, 5 lists forty pages; the others have three or four
    /// distributions, whose first one is behind the load balancer.</summary>
    private static IEnumerable<PlannedAccount> Plan(StepsRig rig)
    {
        yield return new("norole", Own(rig, 1, 1)) { Role = false };
        yield return new("external", Own(rig, 2, 1)) { ExternalId = "abc-123" };
        yield return new("closed", Own(rig, 3, 1)) { Closed = true };
        yield return new("crashes", Own(rig, 4, 1));
        yield return new("pages", [.. Enumerable.Range(1, Pages).Select(number => Own(rig, 5, number))]);
        var left = Distributions - Pages - 4;
        for (var account = 6; account <= Accounts; account++)
        {
            var own = left / (Accounts - account + 1);
            left -= own;
            yield return new(
                string.Create(CultureInfo.InvariantCulture, $"team{account:000}"),
                [Behind(rig, account), .. Enumerable.Range(2, own - 1).Select(number => Own(rig, account, number))]
            );
        }
    }

    private static PlannedDistribution Behind(StepsRig rig, int account) =>
        new(
            $"E{account:000}LB",
            [$"www.team{account:000}.test"],
            account == 100 ? [rig.ExpiredOrigin("team100")] : [rig.LoadBalancerOrigin]
        );

    private static PlannedDistribution Own(StepsRig rig, int account, int number) =>
        new(
            $"E{account:000}N{number:00}",
            [],
            rig.HealthyOrigin(number % 2 == 0 ? $"shared{account % 10}" : $"own{account:000}-{number:00}")
        );

    private static async Task ApproveAsync(StepsRig rig, string night, EndedExecution ended)
    {
        var lines = rig
            .Output.Text()
            .Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .ToLookup(line => JsonElement.Parse(line).GetProperty("type").GetString()!, StringComparer.Ordinal);
        EmfLines.Count(rig.Output.Text()).ShouldBe(1);
        Scrub(rig, $"{ended.Status} {ended.Error}: {ended.Cause}\n\n{rig.Moto.Mails()[^1].Subject}\n\n{rig.Moto.Mails()[^1].Text}")
            .ShouldBeApproved($"{night}-mail.txt");
        Scrub(
                rig,
                string.Join(
                    '\n',
                    [.. lines["account"], .. lines["fault"], Metrics(lines["run"].Single()), $"{lines["origin"].Count()} lines of origins"]
                ) + "\n"
            )
            .ShouldBeApproved($"{night}-log.txt");
        Scrub(rig, await StatesAsync(rig)).ShouldBeApproved($"{night}-states.txt");
    }

    /// <summary>Without the times of handshakes.</summary>
    private static string Metrics(string line)
    {
        var run = JsonElement.Parse(line);
        return string.Join(
            '\n',
            run.EnumerateObject()
                .Where(member => member.Name is not ("_aws" or "HandshakeP50" or "HandshakeP95" or "RunDurationSeconds"))
                .Select(member => $"{member.Name}: {member.Value}")
        );
    }

    private static async Task<string> StatesAsync(StepsRig rig)
    {
        var text = new StringBuilder();
        var keys = await rig.Moto.KeysAsync(AccountRecords.Prefix, Token);
        foreach (var key in keys.Prepend("state.json"))
        {
            var state = await rig.Moto.ObjectAsync(key, Token);
            text.Append(
                CultureInfo.InvariantCulture,
                $"{key}: account {state.GetProperty("accountId")}, {state.GetProperty("origins").EnumerateObject().Count()} origins, {state.GetProperty("pending").GetArrayLength()} pending, {state.GetProperty("accountsRead").GetArrayLength()} accounts read\n"
            );
            var findings = state.GetProperty("findings").EnumerateArray().ToList();
            foreach (var finding in key == "state.json" ? findings.Where(finding => finding.GetProperty("rejects").GetBoolean()) : findings)
            {
                text.Append(
                    CultureInfo.InvariantCulture,
                    $"  {finding.GetProperty("key")} {finding.GetProperty("severity")} since {finding.GetProperty("firstSeen")}\n"
                );
            }
        }

        return text.ToString();
    }

    private static string Scrub(StepsRig rig, string text)
    {
        text = text.Replace($":{rig.LoadBalancer.EndPoint.Port}", ":PORT", StringComparison.Ordinal)
            .Replace($":{rig.Healthy.EndPoint.Port}", ":PORT", StringComparison.Ordinal)
            .Replace($":{rig.Expired.EndPoint.Port}", ":PORT", StringComparison.Ordinal);
        return Random()
            .Replace(
                text,
                match =>
                    match.Groups["run"].Success ? "RUN"
                    : match.Groups["organization"].Success ? "o-ORGANIZATION"
                    : match.Groups["root"].Success ? "r-ROOT"
                    : "serial SERIAL"
            );
    }

    [GeneratedRegex(
        "(?<run>20261[0-9]{3}T[0-9]{6}Z-[0-9a-f]{8})|(?<organization>o-[a-z0-9]{10})|(?<root>(?<![a-z])r-[a-z0-9]{4}\\b)|serial\\s+[0-9a-f]+",
        RegexOptions.ExplicitCapture,
        10_000
    )]
    private static partial Regex Random();
}
