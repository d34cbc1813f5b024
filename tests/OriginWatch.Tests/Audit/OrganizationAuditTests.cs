using System.Net;
using OriginWatch.Audit;
using OriginWatch.Inventory;
using OriginWatch.Inventory.Organization;
using OriginWatch.Loopback;
using OriginWatch.Probing;
using OriginWatch.Reporting;
using OriginWatch.Rules;
using OriginWatch.Tests.Inventory.Organization;
using OriginWatch.Trust;
using Shouldly;
using Xunit;

namespace OriginWatch.Tests.Audit;

public sealed class OrganizationAuditTests
{
    private const int Accounts = 300;

    [Fact]
    public async Task Three_hundred_accounts_that_share_one_load_balancer_make_one_handshake_per_address_with_it()
    {
        using var root = CertificateAuthority.CreateRoot("CN=Test Root", DateTimeOffset.UtcNow);
        using var certificate = root.IssueLeaf("lb.example.com", new CertificateShape { NotAfter = DateTimeOffset.UtcNow.AddDays(3) });
        await using var first = TlsServer.Start(TlsServerShape.For(certificate));
        await using var second = TlsServer.Start(
            TlsServerShape.For(certificate) with
            {
                Address = IPAddress.Parse("127.0.0.2"),
                Port = first.EndPoint.Port,
            }
        );
        var origin = Given.Origin("lb") with
        {
            DomainName = "lb.example.com",
            CustomOriginConfig = Given.Origin().CustomOriginConfig! with { HttpsPort = first.EndPoint.Port },
        };
        AccountSource[] sources =
        [
            .. Enumerable
                .Range(1, Accounts)
                .Select(number =>
                    new FakeAccount($"{100000000000 + number}", Given.Distribution(origin) with { Id = $"E{number}" }).Source
                ),
        ];
        using var prober = new TlsProber(
            new ProberOptions { AllowPrivateAddresses = true },
            new OverridingResolver(
                [new ResolveOverride("lb.example.com", first.EndPoint.Port, [IPAddress.Loopback, IPAddress.Parse("127.0.0.2")])],
                new DnsResolver()
            ),
            TimeProvider.System
        );
        var audit = new AuditRunner(
            new AuditOptions { ConfirmationDelay = TimeSpan.Zero },
            prober,
            TrustStore.FromPem(root.Certificate.ExportCertificatePem(), "test root"),
            new RuleCatalog(new()),
            TimeProvider.System
        );
        var inventory = new OrganizationInventory(
            _ => Task.FromResult(new AccountList("999999999999", sources)),
            TimeSpan.FromMinutes(1),
            TimeProvider.System
        );

        var report = await audit.RunAsync(inventory, progress: null, CancellationToken.None, TestContext.Current.CancellationToken);

        (first.Connections, second.Connections).ShouldBe((1, 1));
        report.Totals.Targets.ShouldBe(1);
        report.Origins.Count.ShouldBe(Accounts);
        var cause = ReportOutline.Of(report, ReportOptions.Default)[ReportSection.WillFail].ShouldHaveSingleItem();
        cause.Accounts.Count.ShouldBe(Accounts);
        cause.Distributions.ShouldBe(Accounts);
        report.Findings[0].Key.ShouldStartWith("100000000001/E1/lb/");
        Phrases.Reach(cause).ShouldEndWith("300 distributions, 300 accounts");
    }
}
