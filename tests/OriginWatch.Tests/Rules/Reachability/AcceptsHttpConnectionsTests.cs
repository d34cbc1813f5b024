using System.Net;
using OriginWatch.Inventory;
using OriginWatch.Probing;
using OriginWatch.Rules;
using OriginWatch.Rules.Reachability;
using OriginWatch.Targets;

namespace OriginWatch.Tests.Rules.Reachability;

public class AcceptsHttpConnectionsTests
{
    private const string Where = " (connecting to origin.example.com:80)";
    private const string Some = "; this affects viewers who use HTTP; for the others CloudFront uses HTTPS";

    [Fact]
    public void Passes_when_the_port_accepts_the_connection() => Judge(Open()).ShouldBe(new Verdict.Pass());

    [Theory]
    [InlineData("http-only", OriginKind.Custom, Severity.Critical, "")]
    [InlineData("http-only", OriginKind.S3Website, Severity.Critical, "")]
    [InlineData("match-viewer", OriginKind.Custom, Severity.High, Some)]
    [InlineData("match-viewer", OriginKind.LoadBalancer, Severity.High, Some)]
    [InlineData("match-viewer", OriginKind.S3Website, Severity.Critical, "")]
    public void Fails_when_the_port_refuses(string policy, OriginKind kind, Severity severity, string remark) =>
        Judge(Use(policy) with { Kind = kind }, Refused())
            .ShouldBe(new Verdict.Fail($"port 80 refused the connection{Where}{remark}", severity));

    [Theory]
    [InlineData(
        FailureReason.ConnectTimeout,
        ": the server is down, or it admits only CloudFront's addresses, which cannot be told from here"
    )]
    [InlineData(
        FailureReason.ConnectionReset,
        ": the server is down, or it admits only CloudFront's addresses, which cannot be told from here"
    )]
    [InlineData(FailureReason.Unreachable, "")]
    [InlineData(FailureReason.NoRouteForFamily, "")]
    [InlineData(FailureReason.AddressNotAllowed, "")]
    public void Is_undetermined_when_nobody_can_tell_from_here(FailureReason reason, string because)
    {
        var verdict = Judge(At("192.0.2.1", Failure(reason))).ShouldBeOfType<Verdict.Undetermined>();
        verdict.Reason.ShouldBe($"what happened{because}{Where}");
        verdict.Remediation.ShouldNotBeNullOrEmpty();
    }

    [Fact]
    public void Weighs_High_when_some_addresses_refuse() =>
        Judge(Refused(), Open("192.0.2.2"))
            .ShouldBe(new Verdict.Fail($"on 1 of 2 addresses (192.0.2.1): port 80 refused the connection{Where}", Severity.High));

    [Fact]
    public void Weighs_Medium_when_the_second_look_passes() =>
        Judge(At("192.0.2.1", Failure(FailureReason.ConnectionRefused, "port 80 refused the connection"), new Connected()))
            .ShouldBe(new Verdict.Fail($"intermittent: port 80 refused the connection; the retry succeeded{Where}", Severity.Medium));

    [Fact]
    public void Mentions_addresses_that_were_not_looked_at() =>
        Judge(Use("http-only"), new HttpObservation(Target(), [Open()], 12))
            .ShouldBe(new Verdict.Pass("1 of the name's 12 addresses were looked at"));

    [Theory]
    [InlineData(FailureReason.NameNotFound)]
    [InlineData(FailureReason.ServerFailure)]
    [InlineData(FailureReason.RunDeadline)]
    public void Leaves_a_name_to_the_rule_about_names_where_that_is_asked(FailureReason reason)
    {
        var observation = Observe(Use("http-only"), new HttpObservation(Target(), [At(null, Failure(reason))], 0));
        Judge(observation with { Targets = [Given.Seen(At(null, Failure(reason)))] })
            .ShouldBeOfType<Verdict.NotApplicable>()
            .IsUnreached.ShouldBeTrue();
    }

    [Theory]
    [InlineData(FailureReason.NameNotFound, true)]
    [InlineData(FailureReason.InvalidName, true)]
    [InlineData(FailureReason.ServerFailure, false)]
    [InlineData(FailureReason.RunDeadline, false)]
    public void Speaks_of_a_name_that_no_other_rule_is_asked_about(FailureReason reason, bool fails)
    {
        var verdict = Judge(Use("http-only") with { Kind = OriginKind.S3Website, Names = [] }, At(null, Failure(reason)));
        if (fails)
        {
            verdict.ShouldBe(new Verdict.Fail($"what happened{Where}", Severity.Critical, Obstacles.CreateRecord));
        }
        else
        {
            var undetermined = verdict.ShouldBeOfType<Verdict.Undetermined>();
            undetermined.Reason.ShouldBe($"what happened{Where}");
            undetermined.Remediation.ShouldNotBeNullOrEmpty();
        }
    }

    [Fact]
    public void Says_the_worst_of_several_domain_names_and_counts_the_others() =>
        Judge(Use("http-only"), Http("a.example.com", Open()), Http("b.example.com", Refused()), Http("c.example.com", Refused()))
            .ShouldBe(
                new Verdict.Fail(
                    "port 80 refused the connection (connecting to b.example.com:80); 1 more of its domain names fails",
                    Severity.Critical
                )
            );

    [Fact]
    public void A_refusal_is_seen_once_where_one_domain_name_was_not_retried()
    {
        var observation = Observe(
            Use("http-only"),
            Http("a.example.com", Refused()),
            Http("b.example.com", Refused()) with
            {
                LacksConfirmation = true,
            }
        );
        new OriginJudge([new AcceptsHttpConnections()])
            .Judge(observation)
            .Judgements.ShouldHaveSingleItem()
            .Verdict.ShouldBeOfType<Verdict.Undetermined>()
            .SeenOnce.ShouldBeTrue();
    }

    [Fact]
    public void Does_not_pass_for_one_domain_name_while_another_cannot_be_judged() =>
        Judge(
                Use("http-only"),
                Http("a.example.com", Open()),
                Http("b.example.com", At("192.0.2.1", Failure(FailureReason.ConnectTimeout)))
            )
            .ShouldBeOfType<Verdict.Undetermined>();

    [Theory]
    [InlineData("https-only", "allow-all")]
    [InlineData("match-viewer", "redirect-to-https")]
    [InlineData("match-viewer", "https-only")]
    public void Does_not_apply_where_CloudFront_never_uses_HTTP(string policy, string viewers) =>
        Judge(Observe(Use(policy, viewers))).ShouldBeOfType<Verdict.NotApplicable>();

    [Theory]
    [InlineData(OriginKind.S3)]
    [InlineData(OriginKind.Vpc)]
    public void Does_not_apply_to_a_bucket_or_a_private_origin(OriginKind kind) =>
        Judge(Observe(Use("http-only") with { Kind = kind })).ShouldBeOfType<Verdict.NotApplicable>();

    [Theory]
    [InlineData("quic-only", "allow-all")]
    [InlineData("match-viewer", "http-and-more")]
    public void Is_undetermined_where_a_policy_is_unknown(string policy, string viewers) =>
        Judge(Observe(Use(policy, viewers))).ShouldBeOfType<Verdict.Undetermined>().IsConsequence.ShouldBeTrue();

    [Fact]
    public void Is_undetermined_where_nobody_knows_what_to_connect_to() =>
        Judge(Observe(Use("http-only"))).ShouldBeOfType<Verdict.Undetermined>().IsConsequence.ShouldBeTrue();

    private static PlannedOrigin Use(string policy, string viewers = "allow-all") =>
        Given.Use(Given.Distribution(Given.Origin(policy: policy)) with { DefaultCacheBehavior = Given.Behavior(viewerPolicy: viewers) });

    private static HttpTarget Target(string name = "origin.example.com") => new() { DomainName = name, Port = 80 };

    private static AddressObservation Open(string address = "192.0.2.1") => At(address, new Connected());

    private static AddressObservation Refused() =>
        At("192.0.2.1", Failure(FailureReason.ConnectionRefused, "port 80 refused the connection"));

    private static ProbeFailure Failure(FailureReason reason, string detail = "what happened") =>
        new()
        {
            Stage = ProbeStage.Connect,
            Reason = reason,
            Detail = detail,
        };

    private static AddressObservation At(string? address, ProbeResult first, ProbeResult? second = null) =>
        new(
            address is null ? null : IPAddress.Parse(address),
            [new(new(), Given.Attempt(first, address), second is null ? null : Given.Attempt(second, address))]
        );

    private static HttpObservation Http(string name, AddressObservation address) => new(Target(name), [address], 1);

    private static Observation Observe(PlannedOrigin use, params HttpObservation[] http) => Given.Observation(use) with { Http = http };

    private static Verdict Judge(params AddressObservation[] addresses) => Judge(Use("http-only"), addresses);

    private static Verdict Judge(PlannedOrigin use, params AddressObservation[] addresses) =>
        Judge(use, new HttpObservation(Target(), addresses, addresses.Length));

    private static Verdict Judge(PlannedOrigin use, params HttpObservation[] http) => Judge(Observe(use, http));

    private static Verdict Judge(Observation observation) => new AcceptsHttpConnections().Judge(observation).ShouldHaveSingleItem().Verdict;
}
