using System.Text.Json;
using Microsoft.Extensions.Time.Testing;
using OriginWatch.Aws;
using OriginWatch.Probing;
using OriginWatch.SelfTest;
using OriginWatch.Text;

namespace OriginWatch.Tests.Aws;

/// <summary>What the operator reads when something is wrong: in the e-mail, in the log, in the error of the invocation.</summary>
public sealed class LambdaHandlerTests : IAsyncDisposable
{
    private readonly LambdaRig _rig = new();

    public ValueTask DisposeAsync() => _rig.DisposeAsync();

    [Fact]
    public async Task A_healthy_account_gets_an_all_clear()
    {
        await using var fake = _rig.Account();
        var summary = await _rig.InvokeAsync(fake);
        summary.Complete.ShouldBeTrue();
        fake.Topic.Mails.Single().Subject.ShouldBe("[OK] CloudFront origins: none failing (123456789012)");
        _rig.Run().GetProperty("MinDaysToExpiry").GetDouble().ShouldBe(59);
        _rig.Run().TryGetProperty("FindingsNew", out _).ShouldBeFalse("nothing is remembered");
    }

    [Fact]
    public async Task Without_a_bucket_every_run_is_mailed_with_its_counts_and_without_a_link()
    {
        await using var expired = new LambdaRig(new() { NotAfter = DateTimeOffset.UtcNow.AddDays(-2) });
        await using var fake = expired.Account();
        (await expired.InvokeAsync(fake)).ShouldSatisfyAllConditions(
            run => run.Rejected.ShouldBe(1),
            run => run.Critical.ShouldBe(1),
            run => run.New.ShouldBeNull()
        );
        await expired.InvokeAsync(fake);
        fake.Topic.Mails.Select(mail => mail.Subject)
            .ShouldBe(["[CRITICAL] origin.example failing (123456789012)", "[CRITICAL] origin.example failing (123456789012)"]);
        var text = fake.Topic.Mails.First().Text;
        text.ShouldStartWith("1 origin is failing");
        text.ShouldContain("FAILING NOW");
        text.ShouldNotContain("s3://");
        JsonElement.Parse(fake.Topic.Messages.First()).GetProperty("counts").GetProperty("originsFailing").GetInt32().ShouldBe(1);
    }

    [Fact]
    public async Task Without_a_bucket_nobody_is_mailed_who_wants_no_mail()
    {
        _rig.With("NOTIFY", "never");
        await using var fake = _rig.Account();
        await _rig.InvokeAsync(fake);
        fake.Topic.Mails.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_denied_listing_is_told_by_mail_and_by_the_error()
    {
        const string Sentence =
            "AWS denied cloudfront:ListDistributions (AccessDenied: not authorized). Allow the action cloudfront:ListDistributions to this identity.";
        await using var fake = _rig.Account().Fail("/2020-05-31/distribution", FakeCloudFront.Error(403, "AccessDenied", "not authorized"));
        (await Should.ThrowAsync<RunFailedException>(_rig.InvokeAsync(fake))).Message.ShouldBe(Sentence);
        var (subject, text) = fake.Topic.Mails.Single();
        subject.ShouldBe("[FAILED] CloudFront origins: no origin was evaluated (123456789012)");
        text.ReplaceLineEndings(" ")
            .ShouldBe(
                $"This run failed. No origin was evaluated.  {Sentence}  The next run starts on schedule. To run now, invoke the function. "
            );
        _rig.Run().GetProperty("RunCompleted").GetDouble().ShouldBe(0);
        _rig.Run().TryGetProperty("OriginsRejected", out _).ShouldBeFalse("what is not known is not published as zero");
        _rig.Faults().ShouldBe([Sentence]);
        _rig.Server.Connections.ShouldBe(0);
    }

    [Fact]
    public async Task Throttling_until_exhaustion_is_told()
    {
        await using var fake = _rig.Account()
            .Fail("/2020-05-31/distribution", FakeCloudFront.Error(400, "Throttling", "Rate exceeded"), times: 3);
        (await Should.ThrowAsync<RunFailedException>(_rig.InvokeAsync(fake))).Message.ShouldStartWith(
            "AWS still throttled cloudfront:ListDistributions after every retry"
        );
        fake.Topic.Mails.Single().Text.ReplaceLineEndings(" ").ShouldContain("Run again later, or at another hour.");
    }

    [Fact]
    public async Task A_page_that_fails_after_two_good_ones_judges_nothing()
    {
        await using var fake = _rig.Account(pageSize: 1, distributions: 3)
            .Fail("Marker=E2", FakeCloudFront.Error(403, "AccessDenied", "no"));
        (await Should.ThrowAsync<RunFailedException>(_rig.InvokeAsync(fake))).Message.ShouldStartWith(
            "The list of distributions broke off at page 3, after 2 distributions."
        );
        _rig.Server.Connections.ShouldBe(0);
    }

    [Fact]
    public async Task When_SNS_is_down_the_metrics_are_still_written_and_the_invocation_fails()
    {
        await using var fake = _rig.Account().Fail("Action=Publish", FakeCloudFront.Error(500, "InternalError", "we are sorry"));
        (await Should.ThrowAsync<RunFailedException>(_rig.InvokeAsync(fake))).Message.ShouldBe(
            "sns:Publish failed (InternalError: we are sorry)."
        );
        _rig.Run().GetProperty("RunCompleted").GetDouble().ShouldBe(1);
        _rig.Run().GetProperty("OriginsJudged").GetDouble().ShouldBe(1);
        _rig.Faults().ShouldBe(["sns:Publish failed (InternalError: we are sorry)."]);
    }

    [Fact]
    public async Task When_the_topic_cannot_be_asked_the_mail_goes_out_and_the_invocation_fails()
    {
        await using var fake = _rig.Account().Fail("GetTopicAttributes", FakeCloudFront.Error(403, "AuthorizationError", "no"));
        (await Should.ThrowAsync<RunFailedException>(_rig.InvokeAsync(fake))).Message.ShouldBe(
            "AWS denied sns:GetTopicAttributes (AuthorizationError: no). Allow the action sns:GetTopicAttributes to this identity."
        );
        fake.Topic.Mails.Count.ShouldBe(1);
        _rig.Run().TryGetProperty("ConfirmedSubscribers", out _).ShouldBeFalse();
    }

    [Fact]
    public async Task Nobody_subscribed_is_an_error_of_the_run()
    {
        await using var fake = _rig.Account(new FakeTopic { Confirmed = 0, Pending = 1 });
        (await Should.ThrowAsync<RunFailedException>(_rig.InvokeAsync(fake))).Message.ShouldBe(
            $"No subscription is confirmed for {FakeTopic.Arn} (1 pending), so no e-mail is delivered. Follow the link in the confirmation that AWS sent, or add a subscription."
        );
        _rig.Run().GetProperty("ConfirmedSubscribers").GetDouble().ShouldBe(0);
        _rig.Run().GetProperty("RunCompleted").GetDouble().ShouldBe(1);
    }

    [Fact]
    public async Task Three_seconds_are_enough_to_say_that_nothing_was_probed()
    {
        await using var fake = _rig.Account();
        var parts = _rig.Parts(fake) with { Time = new FakeTimeProvider(DateTimeOffset.UtcNow) };
        var summary = await new LambdaHandler(parts).HandleAsync(default, new FakeLambdaContext(TimeSpan.FromSeconds(3), parts.Time));
        summary.Complete.ShouldBeFalse();
        summary.IncompleteBecause.ShouldBe("The run ran out of time: 1 of 1 targets not reached.");
        fake.Topic.Mails.Single()
            .ShouldSatisfyAllConditions(
                mail => mail.Subject.ShouldBe("[INCOMPLETE] CloudFront origins: none known to fail, 1 not evaluated (123456789012)"),
                mail => mail.Text.ShouldStartWith("THIS RUN WAS INCOMPLETE.")
            );
        _rig.Run().GetProperty("RunCompleted").GetDouble().ShouldBe(0);
        _rig.Server.Connections.ShouldBe(0);
    }

    [Fact]
    public async Task An_inventory_that_does_not_come_in_time_is_told()
    {
        var time = new FakeTimeProvider();
        var reading = new TimedInventory(new NeverInventory(), TimeSpan.FromSeconds(1), time).ReadAsync(
            TestContext.Current.CancellationToken
        );
        time.Advance(TimeSpan.FromSeconds(2));
        (await Should.ThrowAsync<OriginWatch.Inventory.InventoryException>(reading)).Message.ShouldStartWith(
            "The inventory was not read within 1 s"
        );
    }

    [Theory]
    [InlineData("""{"source":"aws.scheduler","detail":"{}"}""")]
    [InlineData("""{"source":"aws.events","detail":{}}""")]
    [InlineData("""{"allowPrivateAddresses":true,"ALLOW_PRIVATE_ADDRESSES":"true","detail":{"allowPrivateAddresses":true}}""")]
    [InlineData("null")]
    [InlineData("[1]")]
    [InlineData("\"run\"")]
    public async Task Any_event_runs_the_audit_and_none_relaxes_the_address_guard(string lambdaEvent)
    {
        await using var fake = _rig.Account();
        var parts = _rig.Parts(fake) with
        {
            Prober = settings => new TlsProber(
                new ProberOptions { Concurrency = settings.Connections },
                _rig.Resolver(),
                TimeProvider.System
            ),
        };
        var summary = await new LambdaHandler(parts).HandleAsync(
            JsonElement.Parse(lambdaEvent),
            new FakeLambdaContext(TimeSpan.FromSeconds(900))
        );
        summary.Origins.ShouldBe(1);
        _rig.Server.Connections.ShouldBe(0, "127.0.0.1 is not public");
    }

    [Fact]
    public async Task Malformed_settings_are_all_named_with_what_is_allowed()
    {
        await using var fake = _rig.Account();
        var parts = _rig.Parts(fake) with
        {
            Variable = name =>
                name switch
                {
                    "TOPIC_ARN" => "my-topic",
                    "CONNECTIONS" => "1000",
                    "ENVIRONMENT" => "a b",
                    "EXPIRY_WARNING_DAYS" => "5",
                    "EXPIRY_URGENT_DAYS" => "6",
                    _ => null,
                },
        };
        (
            await Should.ThrowAsync<OperatorException>(
                new LambdaHandler(parts).HandleAsync(default, new FakeLambdaContext(TimeSpan.FromSeconds(900)))
            )
        ).Message.ShouldBe(
            "TOPIC_ARN is \"my-topic\". It must be the ARN of an SNS topic. "
                + "ENVIRONMENT is \"a b\". It must be 1 to 32 letters, digits, hyphens or underscores, or empty for default. "
                + "CONNECTIONS is \"1000\". It must be a whole number from 1 to 512, or empty for 64. "
                + "EXPIRY_URGENT_DAYS is \"6\". It must be a whole number from 1 to 999, not above EXPIRY_WARNING_DAYS, or empty for the smaller of 7 and a tenth of the lifetime, at least 24 hours."
        );
        fake.Http.Calls.ShouldBeEmpty();
    }

    [Fact]
    public async Task Nothing_is_judged_when_the_canaries_are_judged_wrongly()
    {
        await using var fake = _rig.Account();
        var parts = _rig.Parts(fake) with { Canaries = (_, _, _) => throw new OperatorException("The canaries were evaluated wrongly.") };
        (
            await Should.ThrowAsync<RunFailedException>(
                new LambdaHandler(parts).HandleAsync(default, new FakeLambdaContext(TimeSpan.FromSeconds(900)))
            )
        ).Message.ShouldBe("The canaries were evaluated wrongly.");
        fake.Topic.Mails.Single().Subject.ShouldStartWith("[FAILED]");
        _rig.Run().GetProperty("RunCompleted").GetDouble().ShouldBe(0);
        _rig.Server.Connections.ShouldBe(0);
    }

    private sealed class NeverInventory : OriginWatch.Inventory.IInventorySource
    {
        public async Task<OriginWatch.Inventory.Listing> ReadAsync(CancellationToken cancellationToken)
        {
            await Task.Delay(Timeout.Infinite, cancellationToken);
            throw new InvalidOperationException("the delay has no end");
        }
    }
}
