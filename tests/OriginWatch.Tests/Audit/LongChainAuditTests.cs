using OriginWatch.Audit;
using OriginWatch.Inventory;
using OriginWatch.Loopback;
using OriginWatch.Probing;
using OriginWatch.Rules;
using OriginWatch.Tests.Probing;
using OriginWatch.Tests.Targets;
using OriginWatch.Tls;
using OriginWatch.Trust;
using static OriginWatch.Tests.Probing.ServerMessages;

namespace OriginWatch.Tests.Audit;

/// <summary>A server that sends 300 certificates, and with which no handshake is ever completed: it is not accepted, and the cut is
/// said.</summary>
public class LongChainAuditTests
{
    private const int Sent = 300;
    private const int EcdheRsaGcm = 0xc02f;

    [Fact]
    public async Task A_server_that_stops_after_its_certificates_is_not_accepted() =>
        await ShouldBeRejectedAsync(
            new() { Script = ServerScript.Messages(ServerHello(TlsProtocol.Tls12, EcdheRsaGcm), Certificate(Many(Prober.RsaShape))) }
        );

    [Theory]
    [InlineData(TlsProtocol.Tls12)]
    [InlineData(TlsProtocol.Tls13)]
    public async Task A_server_that_would_go_on_is_not_accepted_either(TlsProtocol version) =>
        await ShouldBeRejectedAsync(Prober.RsaShape with { Chain = [.. Many(Prober.RsaShape)], Protocols = new(version) });

    private static async Task ShouldBeRejectedAsync(TlsServerShape shape)
    {
        await using var server = TlsServer.Start(shape);
        var origin = Sample.Origin(domainName: Prober.Name);
        origin = origin with { CustomOriginConfig = origin.CustomOriginConfig! with { HttpsPort = server.EndPoint.Port } };
        var resolver = new OverridingResolver(
            [new ResolveOverride(Prober.Name, server.EndPoint.Port, [server.EndPoint.Address])],
            new DnsResolver()
        );
        using var prober = new TlsProber(new() { AllowPrivateAddresses = true }, resolver, TimeProvider.System);
        var audit = new AuditRunner(
            new() { ConfirmationDelay = TimeSpan.Zero },
            prober,
            TrustStore.LoadMozilla(),
            new RuleCatalog(new()),
            TimeProvider.System
        );
        var report = await audit.RunAsync(new One(Sample.Distribution(origin)), null, default, TestContext.Current.CancellationToken);

        var judged = report.Origins.ShouldHaveSingleItem();
        judged.Verdict.ShouldBe(OriginVerdict.Rejects);
        judged
            .Observation.Targets.ShouldHaveSingleItem()
            .Addresses[0]
            .Decisive.Last.Chain.ShouldNotBeNull()
            .Served.Certificates.Count.ShouldBe(ProbeLimits.CertificatesPerChain);
        report
            .Findings.Single(finding => finding.Rule.Id == "OW210")
            .ShouldSatisfyAllConditions(
                finding => finding.Status.ShouldBe(FindingStatus.Fail),
                finding => finding.Rejects.ShouldBeTrue(),
                finding =>
                    finding.Detail.ShouldBe("the server sent 300 certificates; the first 64 were read, and the handshake was not completed")
            );
    }

    private static IEnumerable<ReadOnlyMemory<byte>> Many(TlsServerShape shape) =>
        shape.Chain.Take(1).Concat(Enumerable.Repeat(shape.Chain[1], Sent - 1));

    private sealed class One(Distribution distribution) : IInventorySource
    {
        public Task<Listing> ReadAsync(CancellationToken cancellationToken) => Task.FromResult(Sample.Listing(distribution));
    }
}
