using System.Text.Json;
using Amazon.Runtime;
using OriginWatch.Aws;

namespace OriginWatch.Tests.Aws;

/// <summary>The function in the deployed account, invoked as the runtime would invoke it.</summary>
[Collection(nameof(MotoAccount))]
public class LambdaEndToEndTests
{
    private const string ScheduledEvent =
        """{"version":"0","id":"1","detail-type":"Scheduled Event","source":"aws.scheduler","account":"123456789012","time":"2026-11-23T05:00:00Z","region":"us-east-1","resources":["arn:aws:scheduler:us-east-1:123456789012:schedule/default/originwatch"],"detail":"{}"}""";
    private readonly MotoAccount _account;

    public LambdaEndToEndTests(MotoAccount account)
    {
        Tools.SkipOrFail(account.Missing);
        _account = account;
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_scheduled_run_audits_the_account_and_tells_everybody()
    {
        await using var output = new KeptStream();
        var summary = await DeployedFunction.InvokeAsync(Parts(output), ScheduledEvent, TimeSpan.FromSeconds(900));
        summary.GetProperty("complete").GetBoolean().ShouldBeTrue();
        summary.GetProperty("distributions").GetInt32().ShouldBe(MotoAccount.Distributions);
        summary.GetProperty("rejected").GetInt32().ShouldBe(2);

        var mail = await MailAsync();
        mail.Subject.ShouldBe("[CRITICAL] expired.origins.test failing, 1 more (prod)");
        JsonElement
            .Parse(mail.Message)
            .GetProperty("counts")
            .ShouldSatisfyAllConditions(
                counts => counts.GetProperty("originsFailing").GetInt32().ShouldBe(2),
                counts => counts.TryGetProperty("new", out _).ShouldBeFalse("nothing is remembered")
            );
        mail.Message.ShouldContain("expired.origins.test");
        mail.Message.ShouldContain("self-signed.origins.test");

        var lines = output.Lines();
        lines.Count.ShouldBe(MotoAccount.Distributions + 1);
        EmfLines.Count(output.Text()).ShouldBe(1);
        var run = lines[^1].RootElement;
        Metrics(
                run,
                "RunCompleted",
                "DistributionsListed",
                "OriginsJudged",
                "OriginsRejected",
                "OriginsUndetermined",
                "MinDaysToExpiry",
                "ConfirmedSubscribers"
            )
            .ShouldBe([1, 250, 250, 2, 0, -3, 1]);
        run.GetProperty("HandshakeP95").GetDouble().ShouldBeGreaterThanOrEqualTo(run.GetProperty("HandshakeP50").GetDouble());
        lines
            .Select(line => line.RootElement)
            .Single(line => line.TryGetProperty("domainName", out var name) && name.GetString() == "expired.origins.test")
            .GetProperty("verdict")
            .GetString()
            .ShouldBe("rejects");
    }

    [Fact]
    public async Task What_was_not_probed_in_time_is_said_and_the_run_is_incomplete()
    {
        await using var output = new KeptStream();
        var summary = await DeployedFunction.InvokeAsync(Parts(output), """{"source":"aws.events","detail":{}}""", LambdaHandler.Reserve);
        summary.GetProperty("complete").GetBoolean().ShouldBeFalse();
        (await MailAsync()).ShouldSatisfyAllConditions(
            mail => mail.Subject.ShouldBe("[INCOMPLETE] CloudFront origins: none known to fail, 250 not evaluated (prod)"),
            mail => mail.Message.ReplaceLineEndings(" ").ShouldContain("The run ran out of time: 250 of 250 targets not reached.")
        );
        Metrics(output.Lines()[^1].RootElement, "RunCompleted", "OriginsJudged", "OriginsUndetermined").ShouldBe([0, 0, 250]);
    }

    [Fact]
    public async Task The_function_role_may_do_nothing_else()
    {
        var credentials = JsonSerializer.Serialize(
            new Dictionary<string, string>
            {
                ["key"] = _account.Server.Text("role", "key"),
                ["secret"] = _account.Server.Text("role", "secret"),
                ["token"] = _account.Server.Text("role", "token"),
                ["deafTopic"] = _account.Server.Text("deafTopic"),
                ["mailbox"] = _account.Server.Text("mailbox"),
                ["bucket"] = _account.Server.Text("variables", "BUCKET"),
            }
        );
        var answer = await _account.Server.RunAsync("denied", credentials);
        answer.GetProperty("tried").GetInt32().ShouldBeGreaterThan(15);
        answer.GetProperty("notDenied").EnumerateObject().Select(action => action.ToString()).ShouldBeEmpty();
    }

    [Fact]
    public async Task Credentials_that_AWS_does_not_know_are_said_to_be_the_cause()
    {
        await using var output = new KeptStream();
        var parts = Parts(output) with
        {
            Clients = _ => LoopbackClients.On(_account.Server.Url, new BasicAWSCredentials("AKIANOBODY", "wrong")),
        };
        var failure = await Should.ThrowAsync<RunFailedException>(DeployedFunction.InvokeAsync(parts, "null", TimeSpan.FromSeconds(900)));
        failure.Message.ShouldContain("AWS does not accept the credentials");
    }

    /// <summary>Without a bucket: what it does with one stands in <see cref="LambdaNightsTests"/>.</summary>
    private LambdaDependencies Parts(Stream output)
    {
        var parts = _account.Function.Parts(output);
        return parts with { Variable = name => name == "BUCKET" ? "" : parts.Variable(name) };
    }

    private async Task<Notification> MailAsync() => (await _account.Function.MessagesAsync(Token)).Single();

    private static IEnumerable<double> Metrics(JsonElement run, params string[] names) =>
        names.Select(name => run.GetProperty(name).GetDouble());
}
