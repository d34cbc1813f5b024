using System.Text.Json;
using OriginWatch.Aws;
using OriginWatch.Aws.History;
using OriginWatch.Loopback;
using OriginWatch.Trust;

namespace OriginWatch.Tests.Aws;

/// <summary>Which roots a run trusts, and what it says where those in the bucket cannot be used.</summary>
public sealed class LambdaRootsTests : IAsyncDisposable
{
    private const string Key = "roots/roots.pem";
    private const string Ignored =
        "The roots in the bucket are ignored as a whole, and the origins were evaluated by those that OriginWatch brings along: ";
    private readonly LambdaRig _rig = new LambdaRig().With("BUCKET", FakeBucket.Name);

    public ValueTask DisposeAsync() => _rig.DisposeAsync();

    [Fact]
    public async Task An_origin_under_a_root_in_the_bucket_is_accepted_and_without_the_object_it_is_not()
    {
        await using var fake = _rig.Account();
        var parts = _rig.Parts(fake) with { TrustStore = TrustStore.LoadMozilla };
        (await LambdaRig.InvokeAsync(parts, TimeSpan.FromSeconds(900))).Rejected.ShouldBe(1);
        LastRun(fake).GetProperty("trustStore").GetString().ShouldStartWith("Mozilla's roots, NSS builtins");

        fake.Bucket.Objects[Key] = $"# ours\n{_rig.RootPem}\n";
        var second = await LambdaRig.InvokeAsync(parts, TimeSpan.FromSeconds(900));
        (second.Rejected, second.Resolved).ShouldBe((0, 1));
    }

    [Fact]
    public async Task Roots_in_the_bucket_replace_the_shipped_ones_and_are_named_with_their_date()
    {
        using var other = CertificateAuthority.CreateRoot("CN=Other Root", DateTimeOffset.UtcNow);
        await using var fake = _rig.Account();
        fake.Bucket.Objects[Key] = other.Certificate.ExportCertificatePem();
        (await _rig.InvokeAsync(fake)).Rejected.ShouldBe(1);
        LastRun(fake).GetProperty("trustStore").GetString().ShouldBe("s3://originwatch-memory/roots/roots.pem of 2026-11-02");
        var age = (DateTimeOffset.UtcNow.UtcDateTime.Date - new DateTime(2026, 11, 2, 0, 0, 0, DateTimeKind.Utc)).Days;
        _rig.Run().GetProperty("TrustStoreAgeDays").GetDouble().ShouldBe(age, tolerance: 1, "a day may begin in between");
        LastRun(fake).GetProperty("remarks").EnumerateArray().ShouldBeEmpty();
        fake.Topic.Mails.Single().Text.ReplaceLineEndings(" ").ShouldContain("s3://originwatch-memory/roots/roots.pem of 2026-11-02");
    }

    [Theory]
    [InlineData("", "s3://originwatch-memory/roots/roots.pem of 2026-11-02 holds no certificate: give a PEM file")]
    [InlineData("{\"roots\":[]}", "s3://originwatch-memory/roots/roots.pem of 2026-11-02 holds no certificate: give a PEM file")]
    [InlineData(
        "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----",
        "certificate 1 of s3://originwatch-memory/roots/roots.pem of 2026-11-02 cannot be read"
    )]
    [InlineData(
        "ROOT-----BEGIN CERTIFICATE-----\nMIIB",
        "s3://originwatch-memory/roots/roots.pem of 2026-11-02 is damaged: of the certificates that begin in it, 2 in all, 1 can be read: replace it (line 11: it has no END line: the file is cut off)."
    )]
    [InlineData("LONG", "s3://originwatch-memory/roots/roots.pem is longer than 1024 KiB.")]
    public async Task A_malformed_object_is_ignored_as_a_whole_told_everywhere_and_fails_the_run_at_its_end(string content, string reason)
    {
        await using var fake = _rig.Account();
        fake.Bucket.Objects[Key] = content
            .Replace("ROOT", $"{_rig.RootPem}\n", StringComparison.Ordinal)
            .Replace("LONG", new string('#', RunRoots.MaxBytes + 1), StringComparison.Ordinal);
        (await Should.ThrowAsync<RunFailedException>(_rig.InvokeAsync(fake))).Message.ShouldStartWith(Ignored + reason);
        ShouldBeJudgedByTheShippedRoots(fake, Ignored + reason);
    }

    [Fact]
    public async Task An_object_that_may_not_be_read_is_told_likewise()
    {
        await using var fake = _rig.Account().Fail("/originwatch-memory/roots/", FakeBucket.Error(403, "AccessDenied"));
        const string Sentence =
            $"{Ignored}AWS denied s3:GetObject on s3://originwatch-memory/roots/roots.pem (AccessDenied: no). Allow the action s3:GetObject on s3://originwatch-memory/roots/roots.pem to this identity.";
        (await Should.ThrowAsync<RunFailedException>(_rig.InvokeAsync(fake))).Message.ShouldBe(Sentence);
        ShouldBeJudgedByTheShippedRoots(fake, Sentence);
    }

    [Fact]
    public async Task A_malformed_object_is_told_every_night_until_it_is_repaired()
    {
        await using var fake = _rig.Account();
        fake.Bucket.Objects[Key] = "nonsense";
        await Should.ThrowAsync<RunFailedException>(_rig.InvokeAsync(fake));
        await Should.ThrowAsync<RunFailedException>(_rig.InvokeAsync(fake));
        fake.Topic.Mails.Select(mail => mail.Subject)
            .ShouldBe([
                "[WARNING] CloudFront origins: none failing (123456789012)",
                "[WARNING] CloudFront origins: none failing (123456789012)",
            ]);
        fake.Bucket.Objects[Key] = _rig.RootPem;
        await _rig.InvokeAsync(fake);
        fake.Topic.Mails.Count.ShouldBe(2);
    }

    private void ShouldBeJudgedByTheShippedRoots(FakeCloudFront fake, string sentence)
    {
        var run = LastRun(fake);
        run.GetProperty("trustStore").GetString().ShouldBe("test root");
        run.GetProperty("remarks").EnumerateArray().Single().GetString()!.ShouldStartWith(sentence);
        fake.Topic.Mails.Single().Text.ReplaceLineEndings(" ").ShouldContain($"Attention: {Ignored}");
        _rig.Run().GetProperty("RunCompleted").GetDouble().ShouldBe(1);
        _rig.Run().GetProperty("OriginsRejected").GetDouble().ShouldBe(0);
        _rig.Faults().Single()!.ShouldStartWith(sentence);
    }

    private static JsonElement LastRun(FakeCloudFront fake) =>
        JsonElement
            .Parse(
                fake.Bucket.Objects.Where(stored =>
                        stored.Key.StartsWith("reports/", StringComparison.Ordinal)
                        && stored.Key.EndsWith(".json", StringComparison.Ordinal)
                    )
                    .MaxBy(stored => stored.Key, StringComparer.Ordinal)
                    .Value
            )
            .GetProperty("run");
}
