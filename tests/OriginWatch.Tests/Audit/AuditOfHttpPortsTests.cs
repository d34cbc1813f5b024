using System.Net;
using OriginWatch.Audit;
using OriginWatch.Inventory;
using OriginWatch.Loopback;
using OriginWatch.Probing;
using OriginWatch.Reporting;
using OriginWatch.Rules;
using OriginWatch.Targets;
using OriginWatch.Tests.Probing;
using OriginWatch.Tls;
using OriginWatch.Trust;

namespace OriginWatch.Tests.Audit;

/// <summary>Origins that are fetched from over HTTP, taken through the whole flow with real connections.</summary>
public sealed class AuditOfHttpPortsTests : IDisposable
{
    private readonly TlsProber _prober = new(new() { AllowPrivateAddresses = true }, new Prober.NoResolver(), TimeProvider.System);
    private readonly ClosedPort _closed = new();

    [Fact]
    public async Task A_refused_HTTP_port_is_looked_at_twice_and_rejects()
    {
        var report = await RunAsync(Origin("old", _closed.EndPoint.Port));

        report.Origins[0].Verdict.ShouldBe(OriginVerdict.Rejects);
        report
            .Origins[0]
            .Observation.Http.ShouldHaveSingleItem()
            .Addresses.ShouldHaveSingleItem()
            .Hellos.ShouldHaveSingleItem()
            .Confirmation.ShouldNotBeNull();
        var finding = Findings(report).ShouldHaveSingleItem();
        (finding.Status, finding.Severity, finding.Target, finding.Rejects).ShouldBe((FindingStatus.Fail, Severity.Critical, null, true));
        finding.Detail.ShouldBe($"port {_closed.EndPoint.Port} refused the connection (connecting to 127.0.0.1:{_closed.EndPoint.Port})");
        finding.Remediation.ShouldContain("HTTPPort");
    }

    [Fact]
    public async Task An_open_HTTP_port_is_no_finding_and_no_verdict_on_what_is_behind_it()
    {
        await using var server = TlsServer.Start(new() { Script = ServerScript.Silence });

        var report = await RunAsync(Origin("old", server.EndPoint.Port));

        Findings(report).ShouldBeEmpty();
        report.Origins[0].Verdict.ShouldBe(OriginVerdict.NotProbed);
        server.Connections.ShouldBe(1);
    }

    [Fact]
    public async Task A_refusal_that_does_not_last_is_intermittent_and_rejects_nobody()
    {
        var looks = 0;
        var report = await RunAsync(
            new ScriptedPort(_prober, _ => looks++ == 0 ? Given.Refused() : new Connected()),
            new(),
            Origin("old", 80)
        );

        looks.ShouldBe(2);
        Findings(report)
            .ShouldHaveSingleItem()
            .ShouldSatisfyAllConditions(
                finding => finding.Severity.ShouldBe(Severity.Medium),
                finding => finding.Detail.ShouldStartWith("intermittent")
            );
        report.Origins[0].Verdict.ShouldBe(OriginVerdict.NotProbed);
    }

    [Fact]
    public async Task Silence_is_looked_at_once_and_is_undetermined()
    {
        var looks = 0;
        var report = await RunAsync(
            new ScriptedPort(
                _prober,
                _ =>
                {
                    looks++;
                    return new ProbeFailure
                    {
                        Stage = ProbeStage.Connect,
                        Reason = FailureReason.ConnectTimeout,
                        Detail = "no answer",
                    };
                }
            ),
            new(),
            Origin("old", 80)
        );

        looks.ShouldBe(1);
        Findings(report).ShouldHaveSingleItem().Status.ShouldBe(FindingStatus.Undetermined);
        report.Origins[0].Verdict.ShouldBe(OriginVerdict.Undetermined);
        report.Run.Complete.ShouldBeTrue();
    }

    [Fact]
    public async Task A_dead_HTTP_port_of_a_match_viewer_origin_is_High_and_rejects()
    {
        var report = await RunAsync(Origin("both", _closed.EndPoint.Port, "match-viewer"));

        Findings(report).ShouldHaveSingleItem().Severity.ShouldBe(Severity.High);
        report.Origins[0].Verdict.ShouldBe(OriginVerdict.Rejects);
    }

    [Fact]
    public async Task An_origin_that_no_request_reaches_is_informational_at_most()
    {
        await using var server = TlsServer.Start(new() { Script = ServerScript.Silence });
        var report = await RunAsync(Origin("used", server.EndPoint.Port), Origin("unused", _closed.EndPoint.Port));
        Findings(report).ShouldHaveSingleItem().Severity.ShouldBe(Severity.Informational);
    }

    [Fact]
    public async Task Origins_that_share_a_dead_port_share_one_cause()
    {
        var report = await RunAsync(Origin("a", _closed.EndPoint.Port), Origin("b", _closed.EndPoint.Port));
        Findings(report)
            .Select(finding => finding.Cause)
            .Distinct()
            .ShouldHaveSingleItem()
            .ShouldBe($"OW212/Fail/127.0.0.1:{_closed.EndPoint.Port}");
        Findings(report).Count.ShouldBe(2);
    }

    [Fact]
    public async Task An_HTTP_port_that_the_deadline_cut_off_makes_the_run_incomplete()
    {
        var report = await RunAsync(_prober, new() { ProbeBudget = TimeSpan.Zero }, Origin("old", _closed.EndPoint.Port));

        report.Run.IncompleteBecause.ShouldBe("The run ran out of time: 1 of 1 targets and 1 of 1 HTTP ports not reached.");
        report.Findings.ShouldNotContain(finding => finding.Status == FindingStatus.Fail && finding.Rule.Id == "OW212");
    }

    public void Dispose()
    {
        _prober.Dispose();
        _closed.Dispose();
    }

    private static List<Finding> Findings(AuditReport report) => [.. report.Findings.Where(finding => finding.Rule.Id == "OW212")];

    /// <summary>Its HTTPS port is closed too, which matters to nobody.</summary>
    private Origin Origin(string id, int httpPort, string policy = "http-only")
    {
        var origin = Given.Origin(id, policy);
        return origin with
        {
            DomainName = "127.0.0.1",
            ConnectionAttempts = 1,
            CustomOriginConfig = origin.CustomOriginConfig! with { HttpPort = httpPort, HttpsPort = _closed.EndPoint.Port },
        };
    }

    private Task<AuditReport> RunAsync(params Origin[] origins) => RunAsync(_prober, new(), origins);

    private static Task<AuditReport> RunAsync(IProber prober, AuditOptions options, params Origin[] origins)
    {
        var distribution = Given.Distribution(origins) with { DefaultCacheBehavior = Given.Behavior(origins[0].Id, "allow-all") };
        return new AuditRunner(
            options with
            {
                ConfirmationDelay = TimeSpan.Zero,
            },
            prober,
            TrustStore.LoadMozilla(),
            new RuleCatalog(new()),
            TimeProvider.System
        ).RunAsync(new FixedInventory(distribution), null, default, TestContext.Current.CancellationToken);
    }

    /// <summary>Sees what the test wants on the HTTP port.</summary>
    private sealed class ScriptedPort(IProber prober, Func<HttpTarget, ProbeResult> see) : IProber
    {
        public Task<TargetOutcome> ProbeAsync(ProbeTarget target, CancellationToken cancellationToken) =>
            prober.ProbeAsync(target, cancellationToken);

        public Task<TargetOutcome> ConnectAsync(HttpTarget target, CancellationToken cancellationToken) =>
            Task.FromResult(
                new TargetOutcome(target, [new(IPAddress.Loopback, new(), IsConfirmation: false, see(target))]) { AddressesFound = 1 }
            );

        public Task<AcceptedVersions> ScanVersionsAsync(
            ProbeTarget target,
            IReadOnlyList<TlsProtocol> versions,
            CancellationToken cancellationToken
        ) => prober.ScanVersionsAsync(target, versions, cancellationToken);
    }

    private sealed class FixedInventory(Distribution distribution) : IInventorySource
    {
        public Task<Listing> ReadAsync(CancellationToken cancellationToken) =>
            Task.FromResult(new Listing { Distributions = [distribution] });
    }
}
