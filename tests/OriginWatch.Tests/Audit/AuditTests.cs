using System.Net;
using Microsoft.Extensions.Time.Testing;
using OriginWatch.Audit;
using OriginWatch.Inventory;
using OriginWatch.Probing;
using OriginWatch.Reporting;
using OriginWatch.Rules;
using OriginWatch.Targets;
using OriginWatch.Tls;
using OriginWatch.Trust;

namespace OriginWatch.Tests.Audit;

public class AuditTests
{
    private readonly FakeTimeProvider _time = new(Given.Now) { AutoAdvanceAmount = TimeSpan.Zero };

    [Fact]
    public async Task A_refused_origin_is_looked_at_twice_and_then_rejected()
    {
        var looks = 0;
        var report = await RunAsync((_, _) => Answer(ref looks, Given.Refused()));
        looks.ShouldBe(2);
        report.Origins.ShouldHaveSingleItem().Verdict.ShouldBe(OriginVerdict.Rejects);
        var finding = report.Findings.ShouldHaveSingleItem();
        (finding.Rule.Id, finding.Severity, finding.Target).ShouldBe(("OW202", Severity.Critical, "origin.example.com:443"));
        report.Run.Complete.ShouldBeTrue();
    }

    [Fact]
    public async Task An_origin_that_answers_on_the_second_look_is_intermittent_and_not_rejected()
    {
        var looks = 0;
        var report = await RunAsync((_, _) => Answer(ref looks, looks == 0 ? Given.Refused() : Given.Handshake()));
        var finding = report.Findings.Where(finding => finding.Rule.Id == "OW202").ShouldHaveSingleItem();
        finding.Severity.ShouldBe(Severity.Medium);
        finding.Detail.ShouldStartWith("intermittent");
        report.Origins[0].Verdict.ShouldNotBe(OriginVerdict.Rejects);
    }

    [Fact]
    public async Task An_origin_that_cannot_be_judged_is_looked_at_once_and_never_passes()
    {
        var looks = 0;
        var silence = new ProbeFailure
        {
            Stage = ProbeStage.Connect,
            Reason = FailureReason.ConnectTimeout,
            Detail = "no answer",
        };
        var report = await RunAsync((_, _) => Answer(ref looks, silence));
        looks.ShouldBe(1);
        report.Origins[0].Verdict.ShouldBe(OriginVerdict.Undetermined);
        report.Totals.Undetermined.ShouldBe(1);
        report.Run.Complete.ShouldBeTrue();
    }

    public static TheoryData<FailureReason> Blips =>
        [
            FailureReason.ConnectionReset,
            FailureReason.ResetBeforeServerHello,
            FailureReason.ClosedBeforeServerHello,
            FailureReason.ResolverTimeout,
            FailureReason.ServerFailure,
        ];

    [Theory]
    [MemberData(nameof(Blips))]
    public async Task A_blip_of_an_origin_that_was_good_is_looked_at_again_and_forgotten(FailureReason reason)
    {
        var looks = 0;
        var report = await RunAsync((_, _) => Answer(ref looks, looks == 0 ? Silence(reason) : Given.Handshake()), WithPrior());
        looks.ShouldBe(2);
        report.Findings.ShouldNotContain(finding => finding.Rule.Id == "OW211");
        report.Findings.ShouldNotContain(finding => finding.Rule.Id == "OW202" && finding.Status == FindingStatus.Fail);
    }

    [Theory]
    [MemberData(nameof(Blips))]
    public async Task An_origin_that_was_good_and_is_silent_twice_is_told(FailureReason reason)
    {
        var looks = 0;
        var report = await RunAsync((_, _) => Answer(ref looks, Silence(reason)), WithPrior());
        looks.ShouldBe(2);
        report.Findings.Where(finding => finding.Rule.Id == "OW211").ShouldHaveSingleItem().Status.ShouldBe(FindingStatus.Fail);
    }

    [Theory]
    [InlineData(true, "OW211")]
    [InlineData(false, "OW202")]
    public async Task What_no_time_was_left_to_confirm_is_told_as_seen_once_and_is_undetermined(bool silent, string ruleId)
    {
        var (looks, looked) = (0, new TaskCompletionSource());
        var options = WithPrior() with { ConfirmationDelay = AuditOptions.DefaultConfirmationDelay, ProbeBudget = TimeSpan.FromSeconds(3) };
        var run = StartAsync(
            (_, _) =>
            {
                looked.TrySetResult();
                return Answer(ref looks, silent ? Silence(FailureReason.ConnectionReset) : Given.Refused());
            },
            options
        );
        await looked.Task; // the clock stands still until then
        var report = await FinishAsync(run);
        looks.ShouldBe(1);
        report.Findings.ShouldAllBe(finding => finding.Status == FindingStatus.Undetermined);
        report.Findings.Where(finding => finding.Rule.Id == ruleId).ShouldHaveSingleItem().Detail.ShouldStartWith("seen once");
        report.Origins[0].Verdict.ShouldBe(OriginVerdict.Undetermined);
        report.Run.IncompleteBecause.ShouldNotBeNull().ShouldContain("1 target");
    }

    private static ProbeFailure Silence(FailureReason reason) =>
        new()
        {
            Stage = ProbeStage.Connect,
            Reason = reason,
            Detail = "no answer",
        };

    private static AuditOptions WithPrior() =>
        new()
        {
            ConfirmationDelay = TimeSpan.Zero,
            Prior = new Dictionary<string, PriorOutcome>(StringComparer.Ordinal)
            {
                ["E1EXAMPLE/origin"] = new(OriginVerdict.Accepts, Given.Now.AddDays(-1)),
            },
        };

    [Fact]
    public async Task CloudFronts_numbers_stand_beside_what_is_rejected_and_change_no_verdict()
    {
        IReadOnlyList<string> asked = [];
        var looks = 0;
        var report = await RunAsync(
            (_, _) => Answer(ref looks, Given.Refused()),
            WithTraffic(new DistributionTraffic(5310, 1200), ids => asked = ids)
        );

        asked.ShouldBe(["E1EXAMPLE"]);
        report.Origins[0].Verdict.ShouldBe(OriginVerdict.Rejects);
        var finding = report.Findings.ShouldHaveSingleItem();
        finding.Traffic.ShouldBe(
            "CloudFront agrees: it returned 5xx for about 1,200 of 5,310 requests to this distribution in the last 24 h"
        );
        finding.Detail.ShouldNotContain("1,200");
        string.Join(' ', TextReport.Render(report).ToPlainText().Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))
            .ShouldContain("about 1,200 of 5,310 requests");
        HtmlReport.Render(report).ShouldContain("about 1,200 of 5,310 requests");
        using var json = new MemoryStream();
        JsonReport.Write(report, json);
        System.Text.Encoding.UTF8.GetString(json.ToArray()).ShouldContain("about 1,200 of 5,310 requests");
    }

    [Fact]
    public async Task Metrics_that_may_not_be_read_are_one_remark()
    {
        var looks = 0;
        var options = new AuditOptions
        {
            ConfirmationDelay = TimeSpan.Zero,
            Traffic = (_, _) => Task.FromResult(TrafficReading.None with { Remark = "CloudFront's metrics were not read: denied." }),
        };
        (await RunAsync((_, _) => Answer(ref looks, Given.Refused()), options)).Run.Remarks.ShouldBe([
            "CloudFront's metrics were not read: denied.",
        ]);
    }

    private static AuditOptions WithTraffic(DistributionTraffic? traffic, Action<IReadOnlyList<string>> asked) =>
        new()
        {
            ConfirmationDelay = TimeSpan.Zero,
            Traffic = (ids, _) =>
            {
                asked(ids);
                return Task.FromResult(
                    traffic is null ? TrafficReading.None : new(ids.ToDictionary(id => id, _ => traffic, StringComparer.Ordinal))
                );
            },
        };

    [Fact]
    public async Task The_second_look_waits_for_its_delay()
    {
        var looks = 0;
        var run = StartAsync((_, _) => Answer(ref looks, Given.Refused()), new AuditOptions());
        while (Volatile.Read(ref looks) == 0)
        {
            await Task.Yield();
        }

        _time.Advance(AuditOptions.DefaultConfirmationDelay - TimeSpan.FromMilliseconds(1));
        await Task.Yield();
        run.IsCompleted.ShouldBeFalse();
        looks.ShouldBe(1);
        await FinishAsync(run);
        looks.ShouldBe(2);
    }

    [Fact]
    public async Task A_failure_at_an_address_that_left_the_name_before_the_retry_was_seen_once()
    {
        var report = await LooksAsync(
            [("192.0.2.1", Given.Refused()), ("192.0.2.2", Given.Handshake())],
            [("192.0.2.2", Given.Handshake()), ("192.0.2.3", Given.Handshake())]
        );
        report.Origins.ShouldHaveSingleItem().Verdict.ShouldBe(OriginVerdict.Undetermined);
        var finding = report.Findings.Single(finding => finding.Rule.Id == "OW202");
        (finding.Status, finding.SeenOnce).ShouldBe((FindingStatus.Undetermined, true));
        finding.Detail.ShouldBe(
            "seen once: on 1 of 3 addresses (192.0.2.1): connection refused; on retry, DNS no longer returned this address"
        );
        report.Run.Complete.ShouldBeTrue();
    }

    [Fact]
    public async Task A_name_that_fails_at_other_addresses_in_each_look_is_rejected()
    {
        var report = await LooksAsync([("192.0.2.1", Given.Refused())], [("192.0.2.2", Given.Refused())]);
        report.Origins.ShouldHaveSingleItem().Verdict.ShouldBe(OriginVerdict.Rejects);
        report.Findings.Single(finding => finding.Rule.Id == "OW202").Status.ShouldBe(FindingStatus.Fail);
    }

    [Fact]
    public async Task An_address_that_joined_the_name_and_fails_is_told()
    {
        var report = await LooksAsync(
            [("192.0.2.1", Given.Refused()), ("192.0.2.2", Given.Handshake())],
            [("192.0.2.2", Given.Handshake()), ("192.0.2.3", Given.Refused())]
        );
        var finding = report.Findings.Single(finding => finding.Rule.Id == "OW202");
        (finding.Status, finding.Severity).ShouldBe((FindingStatus.Fail, Severity.High));
        finding.Detail.ShouldBe("on 2 of 3 addresses (192.0.2.1, 192.0.2.3): connection refused");
    }

    private Task<AuditReport> LooksAsync(params (string Address, ProbeResult Result)[][] looks)
    {
        var look = 0;
        return RunAsync(
            (target, _) =>
            {
                var answers = looks[look++];
                return new(target, [.. answers.Select(answer => Given.Attempt(answer.Result, answer.Address).Attempt)])
                {
                    AddressesFound = answers.Length,
                };
            }
        );
    }

    [Fact]
    public async Task A_partial_inventory_stops_the_run() =>
        await Should.ThrowAsync<InventoryException>(() =>
            NewAudit((_, _) => throw new InvalidOperationException("nothing may be probed"), new())
                .RunAsync(new BrokenInventory(), null, default, TestContext.Current.CancellationToken)
        );

    [Fact]
    public async Task A_run_out_of_time_says_what_was_not_looked_at_and_is_incomplete()
    {
        var report = await RunAsync(
            (_, _) => throw new InvalidOperationException("no time to probe"),
            new AuditOptions { ProbeBudget = TimeSpan.Zero }
        );
        report.Run.Complete.ShouldBeFalse();
        report.Run.IncompleteBecause.ShouldBe("The run ran out of time: 1 of 1 targets not reached.");
        report.Origins[0].Verdict.ShouldBe(OriginVerdict.Undetermined);
    }

    [Fact]
    public async Task An_interrupted_run_reports_what_is_known()
    {
        using var interrupt = new CancellationTokenSource();
        var report = await NewAudit(
                async (_, stop) =>
                {
                    await interrupt.CancelAsync();
                    stop.ThrowIfCancellationRequested();
                    throw new InvalidOperationException("unreachable");
                },
                new()
            )
            .RunAsync(new FixedInventory(Given.Distribution()), null, interrupt.Token, TestContext.Current.CancellationToken);
        report.Run.IncompleteBecause.ShouldNotBeNull().ShouldStartWith("The run was interrupted");
    }

    [Fact]
    public async Task Origins_that_share_a_target_share_one_probe_and_each_has_its_finding()
    {
        var looks = 0;
        var second = Given.Distribution() with { Id = "E2EXAMPLE" };
        var report = await RunAsync(
            (_, _) => Answer(ref looks, Given.Refused()),
            inventory: new FixedInventory(Given.Distribution(), second)
        );
        looks.ShouldBe(2);
        report.Findings.Select(finding => finding.DistributionId).ShouldBe(["E1EXAMPLE", "E2EXAMPLE"]);
        report.Findings.Select(finding => finding.Cause).Distinct().ShouldHaveSingleItem();
        report
            .Findings.Select(finding => finding.Key)
            .ShouldBe(["-/E1EXAMPLE/origin/OW202/origin.example.com:443", "-/E2EXAMPLE/origin/OW202/origin.example.com:443"]);
    }

    [Fact]
    public async Task An_origin_that_takes_TLS_12_as_well_is_told_which_versions_it_can_do_without()
    {
        var looks = 0;
        var origin = Given.Origin();
        var distribution = Given.Distribution(
            origin with
            {
                CustomOriginConfig = origin.CustomOriginConfig! with { OriginSslProtocols = [TlsProtocol.Tls10, TlsProtocol.Tls12] },
            }
        );
        var report = await RunAsync((_, _) => Answer(ref looks, Given.Handshake()), inventory: new FixedInventory(distribution));
        report.Findings.Where(finding => finding.Rule.Id == "OW502").ShouldHaveSingleItem().Detail.ShouldContain("TLSv1 can be removed");
    }

    [Fact]
    public async Task A_connection_made_under_a_viewers_name_says_where_it_went()
    {
        var looks = 0;
        var distribution = Given.Distribution() with { Aliases = ["www.example.net"] };
        var forwarding = distribution with
        {
            DefaultCacheBehavior = distribution.DefaultCacheBehavior with { ForwardedHeaders = ["Host"] },
        };
        var report = await RunAsync((_, _) => Answer(ref looks, Given.Refused()), inventory: new FixedInventory(forwarding));
        var finding = report.Findings.First(finding => finding.Rule.Id == "OW202" && finding.Severity == Severity.Critical);
        finding.Target.ShouldBe("www.example.net:443");
        finding.Detail.ShouldEndWith("(connecting to origin.example.com:443)");
    }

    [Fact]
    public async Task A_viewers_name_that_is_refused_before_a_certificate_is_followed_by_one_question_under_the_origins_own()
    {
        var asked = new List<string>();
        var distribution = Given.Distribution() with { Aliases = ["www.example.net"] };
        var forwarding = distribution with
        {
            DefaultCacheBehavior = distribution.DefaultCacheBehavior with { ForwardedHeaders = ["Host"] },
        };
        var refused = new ProbeFailure
        {
            Stage = ProbeStage.Handshake,
            Reason = FailureReason.ClosedBeforeServerHello,
            Detail = "closed",
        };
        var report = await RunAsync(
            (target, _) =>
            {
                lock (asked)
                {
                    asked.Add(target.ServerName);
                }

                return new(target, [Given.Attempt(target.ServerName == target.DomainName ? Given.Handshake() : refused).Attempt])
                {
                    AddressesFound = 1,
                };
            },
            inventory: new FixedInventory(forwarding)
        );

        asked.Count(name => name == "origin.example.com").ShouldBe(1);
        asked.Count(name => name == "www.example.net").ShouldBe(2);
        report.Origins.ShouldHaveSingleItem().Verdict.ShouldBe(OriginVerdict.Rejects);
        var finding = report.Findings.Single(finding => finding.Severity == Severity.Critical);
        (finding.Rule.Id, finding.Target).ShouldBe(("OW218", "www.example.net:443"));
        report.Totals.Targets.ShouldBe(2);
    }

    [Fact]
    public async Task An_origin_that_refuses_its_own_name_is_not_asked_about_it_again()
    {
        var looks = 0;
        await RunAsync(
            (_, _) =>
                Answer(
                    ref looks,
                    new ProbeFailure
                    {
                        Stage = ProbeStage.Handshake,
                        Reason = FailureReason.ClosedBeforeServerHello,
                        Detail = "closed",
                    }
                )
        );
        looks.ShouldBe(1);
    }

    [Fact]
    public async Task Roots_that_are_older_than_a_year_are_remarked()
    {
        var looks = 0;
        var report = await RunAsync(
            (_, _) => Answer(ref looks, Given.Handshake()),
            new AuditOptions { JudgeAt = new(2029, 1, 1, 0, 0, 0, TimeSpan.Zero) }
        );
        report.Run.Remarks.ShouldHaveSingleItem().ShouldStartWith("Low: the trusted roots are ");
    }

    private static TargetOutcome Answer(ref int looks, ProbeResult result)
    {
        looks++;
        return new(Given.Target(), [Given.Attempt(result).Attempt]) { AddressesFound = 1 };
    }

    private static TargetOutcome Answer(ref int looks, ProbeFailure failure) => Answer(ref looks, (ProbeResult)failure);

    private AuditRunner NewAudit(Func<ProbeTarget, CancellationToken, Task<TargetOutcome>> probe, AuditOptions options) =>
        new(options, new DelegateProber(probe), TrustStore.LoadMozilla(), new RuleCatalog(new()), _time);

    private Task<AuditReport> StartAsync(
        Func<ProbeTarget, CancellationToken, TargetOutcome> probe,
        AuditOptions options,
        IInventorySource? inventory = null
    ) =>
        NewAudit((target, stop) => Task.FromResult(probe(target, stop)), options)
            .RunAsync(inventory ?? new FixedInventory(Given.Distribution()), null, default, TestContext.Current.CancellationToken);

    private Task<AuditReport> RunAsync(
        Func<ProbeTarget, CancellationToken, TargetOutcome> probe,
        AuditOptions? options = null,
        IInventorySource? inventory = null
    ) => FinishAsync(StartAsync(probe, options ?? new AuditOptions { ConfirmationDelay = TimeSpan.Zero }, inventory));

    /// <summary>Moves the clock until the run is through its waits.</summary>
    private async Task<AuditReport> FinishAsync(Task<AuditReport> run)
    {
        while (!run.IsCompleted)
        {
            _time.Advance(TimeSpan.FromSeconds(1));
            await Task.Yield();
        }

        return await run;
    }

    private sealed class DelegateProber(Func<ProbeTarget, CancellationToken, Task<TargetOutcome>> probe) : IProber
    {
        public Task<TargetOutcome> ProbeAsync(ProbeTarget target, CancellationToken cancellationToken) => probe(target, cancellationToken);

        public Task<TargetOutcome> ConnectAsync(HttpTarget target, CancellationToken cancellationToken) =>
            throw new InvalidOperationException("no HTTP port may be connected to");

        public Task<AcceptedVersions> ScanVersionsAsync(
            ProbeTarget target,
            IReadOnlyList<TlsProtocol> versions,
            CancellationToken cancellationToken
        ) => Task.FromResult(new AcceptedVersions(new(versions), new()));
    }

    private sealed class FixedInventory(params Distribution[] distributions) : IInventorySource
    {
        public Task<Listing> ReadAsync(CancellationToken cancellationToken) =>
            Task.FromResult(new Listing { Distributions = distributions });
    }

    private sealed class BrokenInventory : IInventorySource
    {
        public Task<Listing> ReadAsync(CancellationToken cancellationToken) => throw new InventoryException("The listing is cut short.");
    }
}
