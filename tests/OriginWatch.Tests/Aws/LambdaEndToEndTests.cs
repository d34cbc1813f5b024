using System.Reflection;
using System.Text;
using System.Text.Json;
using Amazon.Lambda.Core;
using Amazon.Runtime;
using Amazon.SQS;
using Amazon.SQS.Model;
using OriginWatch.Aws;
using OriginWatch.Probing;
using OriginWatch.Trust;

namespace OriginWatch.Tests.Aws;

/// <summary>The function in the deployed account, invoked as the runtime would invoke it.</summary>
[Collection(nameof(MotoAccount))]
public class LambdaEndToEndTests
{
    private const string ScheduledEvent = """{"version":"0","id":"1","detail-type":"Scheduled Event","source":"aws.scheduler","account":"123456789012","time":"2026-11-23T05:00:00Z","region":"us-east-1","resources":["arn:aws:scheduler:us-east-1:123456789012:schedule/default/originwatch"],"detail":"{}"}""";
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
        var summary = await InvokeAsync(Parts(output), ScheduledEvent, TimeSpan.FromSeconds(900));
        summary.GetProperty("complete").GetBoolean().ShouldBeTrue();
        summary.GetProperty("distributions").GetInt32().ShouldBe(MotoAccount.Distributions);
        summary.GetProperty("rejected").GetInt32().ShouldBe(2);

        var mail = await MailAsync();
        mail.Subject.ShouldStartWith("[CRITICAL] CloudFront origins: 2 failing, 2 critical");
        mail.Subject.ShouldEndWith("(123456789012 prod)");
        mail.Text.ShouldStartWith("2 of 250 origins fail for viewers now");
        mail.Text.ShouldContain("expired.origins.test");
        mail.Text.ShouldContain("self-signed.origins.test");

        var lines = output.Lines();
        lines.Count.ShouldBe(MotoAccount.Distributions + 1);
        (await Tools.RunAsync("python3", [Tools.Shared("emf-check.py")], output.Text())).ShouldContain("1 EMF lines, 0 errors");
        var run = lines[^1].RootElement;
        Metrics(run, "RunCompleted", "DistributionsListed", "OriginsJudged", "OriginsRejected", "OriginsUndetermined", "MinDaysToExpiry", "ConfirmedSubscribers").ShouldBe([1, 250, 250, 2, 0, -3, 1]);
        run.GetProperty("HandshakeP95").GetDouble().ShouldBeGreaterThanOrEqualTo(run.GetProperty("HandshakeP50").GetDouble());
        lines.Select(line => line.RootElement).Single(line => line.TryGetProperty("domainName", out var name) && name.GetString() == "expired.origins.test").GetProperty("verdict").GetString().ShouldBe("rejects");
    }

    [Fact]
    public async Task What_was_not_probed_in_time_is_said_and_the_run_is_incomplete()
    {
        await using var output = new KeptStream();
        var summary = await InvokeAsync(Parts(output), """{"source":"aws.events","detail":{}}""", LambdaHandler.Reserve);
        summary.GetProperty("complete").GetBoolean().ShouldBeFalse();
        (await MailAsync()).ShouldSatisfyAllConditions(
            mail => mail.Subject.ShouldBe("[INCOMPLETE] CloudFront origins: none known to fail, 250 not judged (123456789012 prod)"),
            mail => mail.Text.ReplaceLineEndings(" ").ShouldContain("The time for the run was over before 250 of 250 targets were looked at; they are not judged."));
        Metrics(output.Lines()[^1].RootElement, "RunCompleted", "OriginsJudged", "OriginsUndetermined").ShouldBe([0, 0, 250]);
    }

    [Fact]
    public async Task The_function_role_may_do_nothing_else()
    {
        var credentials = JsonSerializer.Serialize(new Dictionary<string, string>
        {
            ["key"] = _account.Text("role", "key"),
            ["secret"] = _account.Text("role", "secret"),
            ["token"] = _account.Text("role", "token"),
            ["deafTopic"] = _account.Text("deafTopic"),
            ["mailbox"] = _account.Text("mailbox"),
        });
        using var answer = JsonDocument.Parse(await Tools.RunAsync("python3", [Tools.InTests("Aws", "moto_account.py"), "denied", _account.Url, credentials]));
        answer.RootElement.GetProperty("tried").GetInt32().ShouldBeGreaterThan(5);
        answer.RootElement.GetProperty("notDenied").EnumerateObject().Select(action => action.ToString()).ShouldBeEmpty();
    }

    [Fact]
    public async Task Credentials_that_AWS_does_not_know_are_said_to_be_the_cause()
    {
        await using var output = new KeptStream();
        var parts = Parts(output) with { Clients = _ => LoopbackClients.On(_account.Url, new BasicAWSCredentials("AKIANOBODY", "wrong")) };
        var failure = await Should.ThrowAsync<RunFailedException>(InvokeAsync(parts, "null", TimeSpan.FromSeconds(900)));
        failure.Message.ShouldContain("AWS does not accept the credentials");
    }

    private LambdaParts Parts(Stream output) => new()
    {
        Variable = name => _account.Setup.GetProperty("variables").TryGetProperty(name, out var value) ? value.ToString() : null,
        Clients = _ => LoopbackClients.On(_account.Url, _account.FunctionRole),
        Prober = settings => new TlsProber(
            new ProberOptions { Concurrency = settings.Connections, AllowPrivateAddresses = true },
            new OverridingResolver([.. _account.Origins.Select(origin => new ResolveOverride(origin.Name, origin.EndPoint.Port, [origin.EndPoint.Address]))], new DnsResolver()),
            TimeProvider.System),
        TrustStore = () => TrustStore.FromPem(_account.RootPem, "test root"),
        ConfirmationDelay = TimeSpan.Zero,
        Output = () => output,
    };

    /// <summary>JSON in, the assembly's serializer, the handler, the serializer, JSON out.</summary>
    private static async Task<JsonElement> InvokeAsync(LambdaParts parts, string lambdaEvent, TimeSpan time)
    {
        var serializer = (ILambdaSerializer)Activator.CreateInstance(typeof(LambdaHandler).Assembly.GetCustomAttribute<LambdaSerializerAttribute>()!.SerializerType)!;
        using var input = new MemoryStream(Encoding.UTF8.GetBytes(lambdaEvent));
        var summary = await new LambdaHandler(parts).HandleAsync(serializer.Deserialize<JsonElement>(input), new FakeLambdaContext(time));
        using var answer = new MemoryStream();
        serializer.Serialize(summary, answer);
        return JsonElement.Parse(answer.ToArray());
    }

    private async Task<(string Subject, string Text)> MailAsync()
    {
        using var queue = new AmazonSQSClient(_account.Administrator, new AmazonSQSConfig { ServiceURL = _account.Url, AuthenticationRegion = "us-east-1" });
        var messages = (await queue.ReceiveMessageAsync(new ReceiveMessageRequest { QueueUrl = _account.Text("mailbox"), MaxNumberOfMessages = 10, WaitTimeSeconds = 5 }, Token)).Messages ?? [];
        foreach (var message in messages)
        {
            await queue.DeleteMessageAsync(_account.Text("mailbox"), message.ReceiptHandle, Token);
        }

        using var notification = JsonDocument.Parse(messages.Single().Body);
        return (notification.RootElement.GetProperty("Subject").GetString()!, notification.RootElement.GetProperty("Message").GetString()!);
    }

    private static IEnumerable<double> Metrics(JsonElement run, params string[] names) => names.Select(name => run.GetProperty(name).GetDouble());
}
