using System.Text.Json;
using Microsoft.Extensions.Time.Testing;
using OriginWatch.Aws;
using OriginWatch.Loopback;

namespace OriginWatch.Tests.Aws;

/// <summary>The function with a bucket: what is mailed, what is remembered, and what happens when one of the two fails.</summary>
public sealed class LambdaMemoryTests : IAsyncDisposable
{
    private const string AllObjects = "/originwatch-memory/";
    private readonly LambdaRig _rig = new LambdaRig(new CertificateShape { NotAfter = DateTimeOffset.UtcNow.AddDays(-2) }).With(
        "BUCKET",
        FakeBucket.Name
    );

    public ValueTask DisposeAsync() => _rig.DisposeAsync();

    [Fact]
    public async Task The_first_night_mails_what_is_found_and_the_second_keeps_quiet()
    {
        await using var fake = _rig.Account();
        (await _rig.InvokeAsync(fake)).New.ShouldBe(1);
        var (subject, text) = fake.Topic.Mails.Single();
        subject.ShouldBe("[CRITICAL] origin.example failing, 1 new (123456789012)");
        fake.Topic.Attributes.ShouldBe(
            new Dictionary<string, string>
            {
                ["severity"] = "critical",
                ["hasNew"] = "true",
                ["scope"] = "account",
                ["accountId"] = "123456789012",
            },
            ignoreOrder: true
        );
        JsonElement.Parse(fake.Topic.Messages.Single()).GetProperty("counts").GetProperty("new").GetInt32().ShouldBe(1);
        var reports = fake
            .Bucket.Objects.Keys.Where(key => key.StartsWith("reports/", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal)
            .ToList();
        reports.Select(Path.GetExtension).ShouldBe([".html", ".json"]);
        text.ShouldContain($"\naws s3 cp s3://originwatch-memory/{reports[0]} .\n");
        text.ShouldContain(
            $"\nhttps://us-east-1.console.aws.amazon.com/s3/object/originwatch-memory?region=us-east-1&prefix={reports[0]}\n"
        );
        Pending(fake).ShouldBe(0);
        Metrics("RunCompleted", "FindingsCritical", "FindingsNew", "FindingsResolved", "OriginsSuppressed").ShouldBe([1, 1, 1, 0, 0]);

        (await _rig.InvokeAsync(fake)).New.ShouldBe(0);
        fake.Topic.Mails.Count.ShouldBe(1, "nothing changed, and a critical finding is repeated after a day");
        Metrics("RunCompleted", "FindingsCritical", "FindingsNew").ShouldBe([1, 1, 0]);
    }

    [Fact]
    public async Task When_S3_is_down_the_mail_goes_out_and_says_that_history_is_missing()
    {
        await using var fake = _rig.Account().Fail(AllObjects, FakeBucket.Error(403, "AccessDenied"), times: 6);
        var failure = (await Should.ThrowAsync<RunFailedException>(_rig.InvokeAsync(fake))).Message;
        failure.ShouldContain("AWS denied s3:GetObject on s3://originwatch-memory/state.json");
        failure.ShouldContain("AWS denied s3:PutObject on s3://originwatch-memory/reports/");
        var (subject, text) = fake.Topic.Mails.Single();
        subject.ShouldBe("[CRITICAL] origin.example failing, history missing (123456789012)");
        text.ReplaceLineEndings(" ").ShouldContain("History could not be read, so it is not known what is new: AWS denied s3:GetObject");
        Metrics("RunCompleted", "FindingsCritical").ShouldBe([1, 1]);
        _rig.Run().TryGetProperty("FindingsNew", out _).ShouldBeFalse();
        fake.Bucket.Objects.ShouldBeEmpty();
    }

    [Fact]
    public async Task When_SNS_is_down_all_else_happens_and_the_next_run_sends_what_is_pending()
    {
        await using var fake = _rig.Account().Fail("Action=Publish", FakeCloudFront.Error(500, "InternalError", "we are sorry"));
        (await Should.ThrowAsync<RunFailedException>(_rig.InvokeAsync(fake))).Message.ShouldBe(
            "sns:Publish failed (InternalError: we are sorry)."
        );
        Pending(fake).ShouldBe(1);
        fake.Bucket.Objects.Count.ShouldBe(3);
        Metrics("RunCompleted", "FindingsNew").ShouldBe([1, 1]);

        await _rig.InvokeAsync(fake);
        fake.Topic.Mails.Single().Subject.ShouldEndWith("origin.example failing, 1 new (123456789012)");
        Pending(fake).ShouldBe(0);
    }

    [Fact]
    public async Task A_page_that_cannot_be_rendered_stops_neither_the_mail_nor_the_state()
    {
        await using var fake = _rig.Account();
        var parts = _rig.Parts(fake) with { Html = (_, _) => throw new InvalidOperationException("no page today") };
        (await Should.ThrowAsync<RunFailedException>(LambdaRig.InvokeAsync(parts, TimeSpan.FromSeconds(900)))).Message.ShouldStartWith(
            "The report could not be written as html (InvalidOperationException: no page today)."
        );
        fake.Topic.Mails.Single().Subject.ShouldEndWith("origin.example failing, 1 new (123456789012)");
        fake.Bucket.Objects.Keys.Select(Path.GetExtension).ShouldBe([".json", ".json"]);
        Pending(fake).ShouldBe(0);
    }

    [Fact]
    public async Task A_suppressed_finding_is_in_neither_mail_nor_alarms()
    {
        await using var fake = _rig.Account();
        fake.Bucket.Objects["config/suppressions.yaml"] =
            "suppressions:\n  - distribution: E1\n    reason: it is switched off in May\n    owner: ops@example.com\n    expires: 2100-01-01\n";
        await _rig.InvokeAsync(fake);
        fake.Topic.Mails.ShouldBeEmpty();
        Metrics("FindingsCritical", "FindingsNew", "OriginsSuppressed", "OriginsRejected").ShouldBe([0, 0, 1, 1]);
        fake.Bucket.Objects.Single(stored => stored.Key.EndsWith(".html", StringComparison.Ordinal))
            .Value.ShouldContain("it is switched off in May");
    }

    [Fact]
    public async Task A_malformed_suppressions_file_stops_nothing_and_is_told()
    {
        await using var fake = _rig.Account();
        fake.Bucket.Objects["config/suppressions.yaml"] = "- nonsense";
        await _rig.InvokeAsync(fake);
        fake.Topic.Mails.Single().Text.ReplaceLineEndings(" ").ShouldContain("The suppressions file is ignored as a whole");
        Metrics("FindingsCritical", "OriginsSuppressed").ShouldBe([1, 0]);
    }

    [Fact]
    public async Task A_corrupt_state_is_kept_aside_and_told()
    {
        await using var fake = _rig.Account();
        fake.Bucket.Objects["state.json"] = "garbage";
        await _rig.InvokeAsync(fake);
        var kept = fake.Bucket.Objects.Single(stored => stored.Key.StartsWith("kept/", StringComparison.Ordinal));
        kept.Value.ShouldBe("garbage");
        fake.Topic.Mails.Single().Text.ReplaceLineEndings(" ").ShouldContain("could not be used");
        Pending(fake).ShouldBe(0);
    }

    [Fact]
    public async Task A_state_of_a_newer_version_is_left_alone()
    {
        const string Newer = """{"format":"originwatch-state","schema":99}""";
        await using var fake = _rig.Account();
        fake.Bucket.Objects["state.json"] = Newer;
        (await Should.ThrowAsync<RunFailedException>(_rig.InvokeAsync(fake))).Message.ShouldStartWith(
            "s3://originwatch-memory/state.json has schema 99"
        );
        fake.Topic.Mails.Single().Subject.ShouldStartWith("[FAILED]");
        fake.Bucket.Objects.ShouldHaveSingleItem().Value.ShouldBe(Newer);
    }

    [Fact]
    public async Task A_run_that_was_cut_short_is_incomplete_and_clears_nothing()
    {
        await using var fake = _rig.Account();
        await _rig.InvokeAsync(fake);
        var parts = _rig.Parts(fake) with { Time = new FakeTimeProvider(DateTimeOffset.UtcNow) };
        var summary = await LambdaRig.InvokeAsync(parts, TimeSpan.FromSeconds(20));
        (summary.Complete, summary.Resolved).ShouldBe((false, 0));
        fake.Topic.Mails.Last()
            .ShouldSatisfyAllConditions(
                mail => mail.Subject.ShouldBe("[CRITICAL] origin.example failing, run incomplete (123456789012)"),
                mail => mail.Text.ShouldContain("\n\nTHIS RUN WAS INCOMPLETE."),
                mail => mail.Text.ShouldNotContain("All clear")
            );
        Metrics("RunCompleted", "FindingsResolved").ShouldBe([0, 0]);
    }

    [Theory]
    [InlineData("changes", 1)]
    [InlineData("never", 0)]
    public async Task A_run_that_judged_nothing_is_told_to_people_and_machines_unless_nobody_wants_mail(string notify, int mails)
    {
        await using var fake = _rig.With("NOTIFY", notify)
            .Account()
            .Fail("/2020-05-31/distribution", FakeCloudFront.Error(403, "AccessDenied", "not authorized"));
        await Should.ThrowAsync<RunFailedException>(_rig.InvokeAsync(fake));
        fake.Topic.Mails.Count.ShouldBe(mails);
        if (mails > 0)
        {
            fake.Topic.Mails.Single().Text.ShouldStartWith("This run failed. No origin was evaluated.");
            JsonElement
                .Parse(fake.Topic.Messages.Single())
                .GetProperty("fault")
                .GetString()
                .ShouldStartWith("AWS denied cloudfront:ListDistributions");
            fake.Topic.Attributes["severity"].ShouldBe("unknown");
        }

        fake.Bucket.Objects.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("always", 2)]
    [InlineData("never", 0)]
    public async Task Every_run_or_none_is_mailed_on_request(string notify, int mails)
    {
        await using var fake = _rig.With("NOTIFY", notify).Account();
        await _rig.InvokeAsync(fake);
        await _rig.InvokeAsync(fake);
        fake.Topic.Mails.Count.ShouldBe(mails);
    }

    private IEnumerable<double> Metrics(params string[] names) => names.Select(name => _rig.Run().GetProperty(name).GetDouble());

    private static int Pending(FakeCloudFront fake) =>
        JsonElement.Parse(fake.Bucket.Objects["state.json"]).GetProperty("pending").GetArrayLength();
}
