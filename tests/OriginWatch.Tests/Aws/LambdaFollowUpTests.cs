using System.Net;
using System.Text.Json;
using Microsoft.Extensions.Time.Testing;
using OriginWatch.Aws;
using OriginWatch.Loopback;
using OriginWatch.Probing;
using OriginWatch.Trust;
using Shouldly;
using Xunit;
using static OriginWatch.Tests.Aws.CloudFrontXml;

namespace OriginWatch.Tests.Aws;

/// <summary>The function between two nights: follow-ups, and distributions that were changed.</summary>
public sealed class LambdaFollowUpTests : IAsyncDisposable
{
    private readonly LambdaRig _rig = new LambdaRig().With("BUCKET", FakeBucket.Name);
    private readonly FakeTimeProvider _time = new(DateTimeOffset.UtcNow);
    private readonly CertificateAuthority _root = CertificateAuthority.CreateRoot("CN=Other Root", DateTimeOffset.UtcNow);
    private readonly TlsServer _moving;
    private readonly FakeCloudFront _fake;
    private IPAddress _address = IPAddress.Parse("127.0.0.2");

    public LambdaFollowUpTests()
    {
        using var leaf = _root.IssueLeaf("moving.example");
        _moving = TlsServer.Start(TlsServerShape.For(leaf));
        _fake = new()
        {
            Distributions = [Of("E1", "origin.example", _rig.Server.EndPoint.Port), Of("E2", "moving.example", _moving.EndPoint.Port)],
        };
    }

    [Fact]
    public async Task A_follow_up_looks_at_what_fails_mails_the_repair_and_leaves_the_heartbeat_alone()
    {
        (await InvokeAsync("{}")).Rejected.ShouldBe(1);
        _rig.Run().TryGetProperty("RunCompleted", out _).ShouldBeTrue();
        var connections = _rig.Server.Connections;

        var unchanged = await InvokeAsync("""{"followUp":true}""");
        (unchanged.Origins, unchanged.Rejected).ShouldBe((1, 1));
        _rig.Server.Connections.ShouldBe(connections, "the healthy origin is not asked again");
        _rig.HasRunLine.ShouldBeFalse("nothing changed, so no metric is sent");
        _fake.Topic.Mails.Count.ShouldBe(1);

        _address = IPAddress.Loopback;
        (await InvokeAsync("""{"followUp":true}""")).Resolved.ShouldBe(1);
        _fake.Topic.Mails.Count.ShouldBe(2);
        _rig.Run().TryGetProperty("RunCompleted", out _).ShouldBeFalse();
        _rig.Run().GetProperty("FindingsCritical").GetInt32().ShouldBe(0);

        var listings = _fake.CallsOf("/2020-05-31/distribution");
        (await InvokeAsync("""{"followUp":true}""")).Origins.ShouldBe(0);
        _fake.CallsOf("/2020-05-31/distribution").ShouldBe(listings, "nothing is left in doubt, so nothing is listed");
    }

    [Fact]
    public async Task A_changed_distribution_is_checked_at_once_and_the_others_keep_their_findings()
    {
        _address = IPAddress.Loopback;
        await InvokeAsync("{}");
        _fake.Topic.Mails.ShouldBeEmpty();
        _address = IPAddress.Parse("127.0.0.2");
        var outcome = await InvokeAsync("""{"distributionIds":["E2","E9NONE"]}""");
        (outcome.Origins, outcome.New).ShouldBe((1, 1));
        _fake.Topic.Mails.ShouldHaveSingleItem().Text.ShouldContain("E9NONE is no distribution");
    }

    [Fact]
    public async Task A_follow_up_without_a_history_fails_and_says_what_to_do()
    {
        await using var rig = new LambdaRig();
        await using var fake = rig.Account();
        var parts = rig.Parts(fake);
        (
            await Should.ThrowAsync<RunFailedException>(() =>
                new LambdaHandler(parts).HandleAsync(
                    JsonElement.Parse("""{"followUp":true}"""),
                    new FakeLambdaContext(TimeSpan.FromSeconds(900))
                )
            )
        ).Message.ShouldContain("set BUCKET");
        fake.Topic.Mails.ShouldBeEmpty("the alarm tells of it, not a mail every hour");
    }

    public async ValueTask DisposeAsync()
    {
        await _fake.DisposeAsync();
        await _moving.DisposeAsync();
        _root.Dispose();
        await _rig.DisposeAsync();
    }

    private Task<RunSummary> InvokeAsync(string lambdaEvent)
    {
        _time.Advance(TimeSpan.FromMinutes(10));
        var resolver = new OverridingResolver(
            [
                new ResolveOverride("origin.example", _rig.Server.EndPoint.Port, [IPAddress.Loopback]),
                new ResolveOverride("moving.example", _moving.EndPoint.Port, [_address]),
            ],
            new DnsResolver()
        );
        var parts = _rig.Parts(_fake) with
        {
            Time = _time,
            TrustStore = () => TrustStore.FromPem($"{_rig.RootPem}\n{_root.Certificate.ExportCertificatePem()}", "test roots"),
            Prober = settings => new TlsProber(
                new ProberOptions { Concurrency = settings.Connections, AllowPrivateAddresses = true },
                resolver,
                TimeProvider.System
            ),
        };
        return new LambdaHandler(parts).HandleAsync(JsonElement.Parse(lambdaEvent), new FakeLambdaContext(TimeSpan.FromSeconds(900)));
    }

    private static System.Xml.Linq.XElement Of(string id, string name, int port) =>
        Distribution(id, List("Origins", "Origin", Origin("origin", name, Custom(httpsPort: port))));
}
