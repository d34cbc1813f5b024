using System.Net;
using System.Text.Json;
using Amazon.S3;
using Amazon.S3.Model;
using Microsoft.Extensions.Time.Testing;
using OriginWatch.Aws;
using OriginWatch.History;
using OriginWatch.Probing;

namespace OriginWatch.Tests.Aws;

/// <summary>The function in the deployed account, with its own role and bucket, night after night.</summary>
[Collection(nameof(MotoAccount))]
public class LambdaNightsTests
{
    private const string ScheduledEvent = """{"source":"aws.scheduler","detail-type":"Scheduled Event","detail":"{}"}""";
    private const string Recovering = "o1.origins.test";

    /// <summary>Nobody listens there on any port.</summary>
    private static readonly IPAddress Closed = IPAddress.Parse("127.0.0.2");

    private readonly MotoAccount _account;
    private readonly FakeTimeProvider _time = new(DateTimeOffset.UtcNow);
    private string _log = "";

    public LambdaNightsTests(MotoAccount account)
    {
        Tools.SkipOrFail(account.Missing);
        _account = account;
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_first_night_mails_the_second_keeps_quiet_and_the_third_tells_what_is_resolved()
    {
        (await NightAsync(Closed)).GetProperty("new").GetInt32().ShouldBe(3);
        var first = (await _account.Function.MessagesAsync(Token)).ShouldHaveSingleItem();
        first.Subject.ShouldBe("[CRITICAL] expired.origins.test failing, 2 more, 3 new (prod)");
        first.Attributes.ShouldBe(
            new Dictionary<string, string>
            {
                ["severity"] = "critical",
                ["hasNew"] = "true",
                ["scope"] = "account",
                ["accountId"] = "123456789012",
            },
            ignoreOrder: true
        );
        JsonElement.Parse(first.Message).GetProperty("findings").GetArrayLength().ShouldBe(3);
        Metrics("RunCompleted", "FindingsCritical", "FindingsNew", "FindingsResolved", "OriginsSuppressed").ShouldBe([1, 3, 3, 0, 0]);
        EmfLines.Count(_log).ShouldBe(1);

        _time.Advance(TimeSpan.FromHours(12));
        await NightAsync(Closed);
        (await _account.Function.MessagesAsync(Token)).ShouldBeEmpty();
        Metrics("RunCompleted", "FindingsCritical", "FindingsNew").ShouldBe([1, 3, 0]);

        _time.Advance(TimeSpan.FromHours(6));
        (await NightAsync(IPAddress.Loopback)).GetProperty("resolved").GetInt32().ShouldBe(1);
        (await _account.Function.MessagesAsync(Token))
            .ShouldHaveSingleItem()
            .Subject.ShouldBe("[CRITICAL] expired.origins.test failing, 1 more, 1 resolved (prod)");
        Metrics("FindingsCritical", "FindingsNew", "FindingsResolved").ShouldBe([2, 0, 1]);
        await CheckBucketAsync();
    }

    private async Task<JsonElement> NightAsync(IPAddress addressOfTheRecovering)
    {
        await using var output = new KeptStream();
        var parts = _account.Function.Parts(output) with
        {
            Time = _time,
            Prober = settings => DeployedFunction.ProberTo(settings, _account.Resolve((Recovering, addressOfTheRecovering))),
        };
        var summary = await DeployedFunction.InvokeAsync(parts, ScheduledEvent, TimeSpan.FromSeconds(900));
        _log = output.Text();
        return summary;
    }

    private IEnumerable<double> Metrics(params string[] names)
    {
        var run = _log.Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => JsonElement.Parse(line))
            .Single(line => line.GetProperty("type").GetString() == "run");
        return names.Select(name => run.GetProperty(name).GetDouble());
    }

    private async Task CheckBucketAsync()
    {
        using var storage = LoopbackClients.On(_account.Server.Url, _account.Server.Administrator).Storage();
        var bucket = _account.Server.Text("variables", "BUCKET");
        var objects = (await storage.ListObjectsV2Async(new ListObjectsV2Request { BucketName = bucket }, Token)).S3Objects;
        objects
            .Count(found => found.Key.StartsWith("reports/", StringComparison.Ordinal))
            .ShouldBe(6, "a page and its JSON for each night");
        objects
            .Where(found => !found.Key.StartsWith("reports/", StringComparison.Ordinal))
            .Select(found => found.Key)
            .ShouldBe(["state.json"]);
        using var stored = await storage.GetObjectAsync(bucket, "state.json", Token);
        using var content = new MemoryStream();
        await stored.ResponseStream.CopyToAsync(content, Token);
        var state = RunStateJson.Read(content.ToArray()).ShouldBeOfType<StateReading.Usable>().State;
        state.Pending.ShouldBeEmpty();
        state.Findings.Count(finding => finding.Rejects).ShouldBe(2);
        TestContext.Current.TestOutputHelper!.WriteLine(
            $"{MotoAccount.Distributions} origins: {_log.Length} bytes of log, {content.Length} of state, reports of {string.Join(", ", objects.Where(found => found.Key != "state.json").Select(found => found.Size))}"
        );
    }
}
