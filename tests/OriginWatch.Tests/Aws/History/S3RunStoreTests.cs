using System.Text;
using Amazon;
using Microsoft.Extensions.Time.Testing;
using OriginWatch.Aws.History;
using OriginWatch.History;

namespace OriginWatch.Tests.Aws.History;

/// <summary>What S3 may answer, well or badly; moto has its say in <see cref="LambdaNightsTests"/>.</summary>
public class S3RunStoreTests
{
    private const string State = "s3://originwatch-memory/state.json";
    private static readonly ReadOnlyMemory<byte> Content = Encoding.UTF8.GetBytes("{\"a\":1}");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_is_written_is_read_and_only_its_version_replaces_it()
    {
        var bucket = new FakeBucket();
        await using var fake = new FakeStorage(bucket.Answer);
        (await fake.Store.ReadStateAsync(Token)).ShouldBeNull();
        var first = (await fake.Store.WriteStateAsync(Content, null, Token)).Version.ShouldNotBeNull();
        (await fake.Store.WriteStateAsync(Content, null, Token)).IsConflict.ShouldBeTrue("there is one already");
        var stored = (await fake.Store.ReadStateAsync(Token)).ShouldNotBeNull();
        stored.Version.ShouldBe(first);
        stored.Content.ToArray().ShouldBe(Content.ToArray());
        (await fake.Store.WriteStateAsync(Content, "\"another\"", Token)).IsConflict.ShouldBeTrue();
        (await fake.Store.WriteStateAsync("{}"u8.ToArray(), first, Token)).IsConflict.ShouldBeFalse();
        bucket.Objects["state.json"].ShouldBe("{}");
    }

    [Fact]
    public async Task Each_call_names_the_owner_that_the_bucket_must_have()
    {
        await using var fake = new FakeStorage(new FakeBucket().Answer);
        await fake.Store.WriteStateAsync(Content, null, Token);
        await fake.Store.ReadStateAsync(Token);
        await fake.Store.ReadSuppressionsAsync(Token);
        await fake.Store.ReadRootsAsync(Token);
        await fake.Store.WriteReportAsync(new("a.html", new MemoryStream(Content.ToArray()), "text/html; charset=utf-8"), Token);
        await fake.Store.KeepStateAsideAsync(Token);
        fake.Http.Calls.Count.ShouldBe(6);
        fake.Http.Calls.ShouldAllBe(call => call.Headers["x-amz-expected-bucket-owner"] == FakeCloudFront.AccountId);
        fake.Http.Calls.Last().Headers["x-amz-source-expected-bucket-owner"].ShouldBe(FakeCloudFront.AccountId);
    }

    [Fact]
    public async Task A_report_lies_under_reports_with_its_type()
    {
        var bucket = new FakeBucket();
        await using var fake = new FakeStorage(bucket.Answer);
        await fake.Store.WriteReportAsync(
            new("2026-11-23/run.html", new MemoryStream("<p>"u8.ToArray()), "text/html; charset=utf-8"),
            Token
        );
        bucket.Objects.ShouldHaveSingleItem().ShouldBe(new("reports/2026-11-23/run.html", "<p>"));
        fake.Http.Calls.Single().Headers["Content-Type"].ShouldBe("text/html; charset=utf-8");
    }

    [Fact]
    public async Task A_state_is_kept_aside_under_a_name_of_its_own_and_stays()
    {
        var bucket = new FakeBucket();
        bucket.Objects["state.json"] = "corrupt";
        await using var fake = new FakeStorage(bucket.Answer);
        var one = await fake.Store.KeepStateAsideAsync(Token);
        var other = await fake.Store.KeepStateAsideAsync(Token);
        one.ShouldStartWith("s3://originwatch-memory/kept/state-");
        other.ShouldNotBe(one);
        bucket.Objects.Values.ShouldBe(["corrupt", "corrupt", "corrupt"]);
    }

    [Fact]
    public async Task Suppressions_are_read_and_may_be_missing()
    {
        var bucket = new FakeBucket();
        await using var fake = new FakeStorage(bucket.Answer);
        (await fake.Store.ReadSuppressionsAsync(Token)).ShouldBeNull();
        bucket.Objects["config/suppressions.yaml"] = "suppressions:\n";
        Encoding.UTF8.GetString((await fake.Store.ReadSuppressionsAsync(Token)).ShouldNotBeNull().Span).ShouldBe("suppressions:\n");
    }

    [Fact]
    public async Task Roots_are_read_with_the_time_at_which_they_were_put_there_and_may_be_missing()
    {
        var bucket = new FakeBucket();
        await using var fake = new FakeStorage(bucket.Answer);
        (await fake.Store.ReadRootsAsync(Token)).ShouldBeNull();
        bucket.Objects["roots/roots.pem"] = new string('#', RunRoots.MaxBytes + 5000);
        (await fake.Store.ReadRootsAsync(Token))
            .ShouldNotBeNull()
            .ShouldSatisfyAllConditions(
                roots => roots.Content.Length.ShouldBe(RunRoots.MaxBytes + 1),
                roots => roots.Location.ShouldBe("s3://originwatch-memory/roots/roots.pem"),
                roots => roots.PutAt.ShouldNotBeNull().ToUniversalTime().ShouldBe(new(2026, 11, 2, 23, 30, 0, DateTimeKind.Utc))
            );
    }

    [Theory]
    [InlineData(1)]
    [InlineData(5000)]
    [InlineData(5_000_000)]
    public async Task No_more_is_read_than_one_byte_beyond_the_bound(int more)
    {
        var bucket = new FakeBucket();
        bucket.Objects["config/suppressions.yaml"] = new string('#', SuppressionFile.MaxBytes + more);
        await using var fake = new FakeStorage(bucket.Answer);
        (await fake.Store.ReadSuppressionsAsync(Token)).ShouldNotBeNull().Length.ShouldBe(SuppressionFile.MaxBytes + 1);
    }

    [Theory]
    [InlineData(409, "ConditionalRequestConflict")]
    [InlineData(412, "PreconditionFailed")]
    [InlineData(404, "NoSuchKey")]
    public async Task Whatever_happened_in_between_is_a_conflict(int status, string code)
    {
        await using var fake = new FakeStorage(_ => FakeBucket.Error(status, code));
        (await fake.Store.WriteStateAsync(Content, "\"1\"", Token)).IsConflict.ShouldBeTrue();
    }

    [Theory]
    [InlineData(
        403,
        "AccessDenied",
        $"AWS denied s3:GetObject on {State} (AccessDenied: no). Allow the action s3:GetObject on {State} to this identity."
    )]
    [InlineData(500, "InternalError", $"s3:GetObject on {State} failed (InternalError: no).")]
    [InlineData(
        503,
        "SlowDown",
        $"AWS still throttled s3:GetObject on {State} after every retry (SlowDown: no). Run again later, or at another hour."
    )]
    [InlineData(404, "NoSuchBucket", $"AWS knows nothing under the name that s3:GetObject on {State} was asked for (NoSuchBucket: no).")]
    public async Task A_failure_names_the_action_and_the_object(int status, string code, string sentence)
    {
        await using var fake = new FakeStorage(_ => FakeBucket.Error(status, code));
        (await Should.ThrowAsync<RunStoreException>(fake.Store.ReadStateAsync(Token))).Message.ShouldBe(sentence);
    }

    [Fact]
    public async Task A_body_that_breaks_off_is_a_failure_and_no_corrupt_state()
    {
        await using var fake = new FakeStorage(_ =>
            new(200, "{\"format\":\"originwatch-state\"}", "application/json", CutAfter: 10, ETag: "\"1\"")
        );
        (await Should.ThrowAsync<RunStoreException>(fake.Store.ReadStateAsync(Token))).Message.ShouldContain($"s3:GetObject on {State}");
    }

    [Fact]
    public async Task A_body_that_is_not_what_was_stored_is_a_failure()
    {
        await using var fake = new FakeStorage(_ => new(200, "{}", "application/json", ETag: "\"00000000000000000000000000000000\""));
        (await Should.ThrowAsync<RunStoreException>(fake.Store.ReadStateAsync(Token))).Message.ShouldContain("hash");
    }

    [Fact]
    public async Task Storage_that_does_not_answer_is_given_up_and_not_asked_again()
    {
        var time = new FakeTimeProvider();
        var asked = new TaskCompletionSource();
        await using var fake = new FakeStorage(
            _ =>
            {
                asked.TrySetResult();
                return new(200, "{}", Stalls: true, ETag: "\"00000000000000000000000000000000\"");
            },
            time
        );
        var reading = fake.Store.ReadStateAsync(Token);
        await asked.Task.WaitAsync(Token);
        time.Advance(TimeSpan.FromSeconds(11));
        const string Sentence = $"S3 did not finish s3:GetObject on {State} within 10 s and was not asked again in this run.";
        (await Should.ThrowAsync<RunStoreException>(reading)).Message.ShouldBe(Sentence);
        (
            await Should.ThrowAsync<RunStoreException>(
                fake.Store.WriteReportAsync(new("a.json", new MemoryStream(Content.ToArray()), "application/json"), Token)
            )
        ).Message.ShouldBe(Sentence);
        fake.Http.Calls.Count.ShouldBe(1);
    }

    [Fact]
    public async Task Nobody_there_is_a_failure()
    {
        var gone = new LoopbackHttp(_ => new(200, ""));
        var url = gone.Url;
        await gone.DisposeAsync();
        using var client = LoopbackClients.On(url).Storage();
        var store = new S3RunStore(client, FakeStorage.Place, TimeSpan.FromSeconds(10), TimeProvider.System);
        (await Should.ThrowAsync<RunStoreException>(store.ReadStateAsync(Token))).Message.ShouldStartWith(
            $"The endpoint for s3:GetObject on {State} could not be reached"
        );
    }

    [Fact]
    public async Task Whoever_cancels_hears_of_that()
    {
        using var cancelled = new CancellationTokenSource();
        await cancelled.CancelAsync();
        await using var fake = new FakeStorage(_ => new(200, "{}"));
        await Should.ThrowAsync<OperationCanceledException>(fake.Store.ReadStateAsync(cancelled.Token));
    }

    [Theory]
    [InlineData("eu-central-1", "eu-central-1.console.aws.amazon.com")]
    [InlineData("cn-north-1", "console.amazonaws.cn")]
    [InlineData("us-gov-west-1", "console.amazonaws-us-gov.com")]
    public void The_way_to_a_report_asks_for_credentials(string region, string console) =>
        new BucketPlace("b", RegionEndpoint.GetBySystemName(region), null)
            .WaysTo("reports/r.html")
            .ShouldBe([$"https://{console}/s3/object/b?region={region}&prefix=reports/r.html", "aws s3 cp s3://b/reports/r.html ."]);

    private sealed class FakeStorage : IAsyncDisposable
    {
        public static readonly BucketPlace Place = new(FakeBucket.Name, RegionEndpoint.USEast1, FakeCloudFront.AccountId);
        private readonly Amazon.S3.AmazonS3Client _client;

        public FakeStorage(Func<HttpCall, HttpAnswer?> answer, TimeProvider? time = null)
        {
            Http = new(call => answer(call)!);
            _client = LoopbackClients.On(Http.Url).Storage();
            Store = new(_client, Place, TimeSpan.FromSeconds(10), time ?? TimeProvider.System);
        }

        public LoopbackHttp Http { get; }
        public S3RunStore Store { get; }

        public ValueTask DisposeAsync()
        {
            _client.Dispose();
            return Http.DisposeAsync();
        }
    }
}
