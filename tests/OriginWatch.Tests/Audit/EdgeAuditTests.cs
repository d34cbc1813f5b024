using System.Net;
using OriginWatch.Audit;
using OriginWatch.Edge;
using OriginWatch.Inventory;
using OriginWatch.Probing;
using OriginWatch.Rules;
using OriginWatch.Targets;
using OriginWatch.Tests.Edge;
using OriginWatch.Tests.Targets;
using OriginWatch.Tls;
using OriginWatch.Trust;

namespace OriginWatch.Tests.Audit;

/// <summary>The whole flow where CloudFront is asked: a prober and an edge that say what the test wants.</summary>
public class EdgeAuditTests
{
    private static readonly EdgeReply Reached = EdgeSample.Reply(404, "Miss from cloudfront");
    private static readonly EdgeReply Refused = EdgeSample.Reply(502, "Error from cloudfront", "CloudFront", EdgeSample.Page("CloudFront attempted to establish a connection with the origin"));
    private static readonly EdgeReply Unresolved = EdgeSample.Reply(502, "Error from cloudfront", "CloudFront", EdgeSample.Page("CloudFront wasn't able to resolve the origin domain name"));
    private static readonly EdgeReply Slow = EdgeSample.Reply(504, "Error from cloudfront", "CloudFront", EdgeSample.Page("CloudFront attempted to establish a connection with the origin"));
    private static readonly EdgeReply Unknown = EdgeSample.Reply(502, "Error from cloudfront", "CloudFront", EdgeSample.Page("The origin is on holiday"));
    private static readonly EdgeReply ServerError = EdgeSample.Reply(503, "Error from cloudfront", "nginx");
    private static readonly EdgeReply Cached = EdgeSample.Reply(200, "Hit from cloudfront");
    private static readonly EdgeReply Stranger = new EdgeReply.Nothing("the answer is not HTTP");

    private static readonly ProbeFailure Silence = new() { Stage = ProbeStage.Connect, Reason = FailureReason.ConnectTimeout, Detail = "no answer" };
    private static readonly ProbeFailure Refusal = new() { Stage = ProbeStage.Connect, Reason = FailureReason.ConnectionRefused, Detail = "connection refused" };

    [Fact]
    public async Task Reached_at_the_edge_settles_what_the_handshake_could_not()
    {
        var report = await RunAsync(Silence, Reached);

        var origin = report.Origins.ShouldHaveSingleItem();
        origin.Verdict.ShouldBe(OriginVerdict.Accepts);
        origin.Remarks.ShouldContain($"CloudFront reached it at {EdgeSample.Pop}, HTTP 404");
        report.Findings.ShouldBeEmpty();
        (report.Totals.AskedAtEdge, report.Totals.Contradicted).ShouldBe((1, 0));
    }

    [Fact]
    public async Task Failed_twice_at_the_edge_with_a_known_sentence_is_rejected()
    {
        var report = await RunAsync(Silence, Refused);

        report.Origins[0].Verdict.ShouldBe(OriginVerdict.Rejects);
        var finding = report.Findings.Single(finding => finding.Rejects);
        (finding.Rule.Id, finding.Severity).ShouldBe(("OW214", Severity.Critical));
        finding.Detail.ShouldContain("could not connect to the origin");
        finding.Remediation.ShouldContain("com.amazonaws.global.cloudfront.origin-facing");
    }

    [Fact]
    public async Task A_name_that_only_CloudFront_cannot_resolve_gets_the_remedy_for_DNS()
        => (await RunAsync(Silence, Unresolved)).Findings.Single(finding => finding.Rejects).Remediation.ShouldContain("public DNS record");

    [Fact]
    public async Task Failed_once_and_then_reached_is_intermittent()
    {
        var report = await RunAsync(Silence, Refused, Reached);

        report.Origins[0].Verdict.ShouldBe(OriginVerdict.Accepts);
        var finding = report.Findings.ShouldHaveSingleItem();
        (finding.Rule.Id, finding.Severity).ShouldBe(("OW214", Severity.Medium));
        finding.Detail.ShouldStartWith("intermittent");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_failure_of_unknown_cause_is_High_and_leaves_the_origin_undetermined(bool slow)
    {
        var report = await RunAsync(Silence, slow ? Slow : Unknown);

        report.Origins[0].Verdict.ShouldBe(OriginVerdict.Undetermined);
        report.Findings.Where(finding => finding.Status == FindingStatus.Fail).ShouldHaveSingleItem()
            .ShouldSatisfyAllConditions(finding => finding.Rule.Id.ShouldBe("OW215"), finding => finding.Severity.ShouldBe(Severity.High), finding => finding.Rejects.ShouldBeFalse());
    }

    [Fact]
    public async Task A_server_error_of_the_origin_is_High_and_never_accepted()
    {
        foreach (var handshake in new ProbeResult[] { Silence, Given.Handshake() })
        {
            var report = await RunAsync(handshake, EdgeMode.All, ServerError);

            report.Origins[0].Verdict.ShouldBe(OriginVerdict.Undetermined);
            report.Findings.Single(finding => finding.Status == FindingStatus.Fail && finding.Rule.Id == "OW216").Detail.ShouldContain("HTTP 503");
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Rejected_by_both_is_one_finding_that_CloudFront_confirms(bool certain)
    {
        var report = await RunAsync(Refusal, certain ? Refused : Slow);

        report.Origins[0].Verdict.ShouldBe(OriginVerdict.Rejects);
        report.Findings.ShouldHaveSingleItem().Rule.Id.ShouldBe("OW202");
        report.Origins[0].Observation.Edge!.Sightings[0].IsConfirmation.ShouldBeTrue();
    }

    [Fact]
    public async Task Reached_where_the_handshake_is_rejected_contradicts_and_clears_nothing()
    {
        var report = await RunAsync(Refusal, Reached);

        report.Origins[0].Verdict.ShouldBe(OriginVerdict.Rejects);
        report.Findings.Select(finding => (finding.Rule.Id, finding.Severity)).ShouldBe([("OW202", Severity.Critical), ("OW217", Severity.High)]);
        report.Totals.Contradicted.ShouldBe(1);
        report.Findings[1].Remediation.ShouldContain("open or resumed connection");
    }

    [Fact]
    public async Task Failed_where_the_handshake_is_accepted_contradicts_and_rejects()
    {
        var report = await RunAsync(Given.Handshake(), EdgeMode.All, Refused);

        report.Origins[0].Verdict.ShouldBe(OriginVerdict.Rejects);
        report.Findings.Where(finding => finding.Status == FindingStatus.Fail).Select(finding => finding.Rule.Id).ShouldBe(["OW214", "OW217"]);
        report.Totals.Contradicted.ShouldBe(1);
    }

    [Fact]
    public async Task What_says_nothing_of_the_origin_settles_nothing()
    {
        foreach (var reply in new[] { Cached, Stranger })
        {
            var report = await RunAsync(Silence, reply);

            report.Origins[0].Verdict.ShouldBe(OriginVerdict.Undetermined);
            report.Findings.ShouldHaveSingleItem().Rule.Id.ShouldBe("OW202");
        }
    }

    [Fact]
    public async Task Through_an_origin_group_a_good_answer_judges_neither_member()
    {
        var report = await RunAsync(Silence, EdgeMode.Undetermined, new Replies(Reached), Grouped);

        report.Origins.ShouldAllBe(origin => origin.Verdict == OriginVerdict.Undetermined);
    }

    [Fact]
    public async Task Through_an_origin_group_a_failure_is_High_and_names_no_member()
    {
        var report = await RunAsync(Silence, EdgeMode.Undetermined, new Replies(Refused), Grouped);

        report.Origins.ShouldAllBe(origin => origin.Verdict == OriginVerdict.Undetermined);
        report.Findings.Where(finding => finding.Status == FindingStatus.Fail).ShouldAllBe(finding => finding.Rule.Id == "OW215" && finding.Detail.Contains("origin group"));
    }

    [Fact]
    public async Task A_VPC_origin_is_judged_by_the_edge_alone()
    {
        var distribution = Sample.Distribution(Sample.Vpc());

        (await RunAsync(Silence, EdgeMode.Undetermined, new Replies(Reached), distribution)).Origins[0].Verdict.ShouldBe(OriginVerdict.Accepts);
        (await RunAsync(Silence, EdgeMode.Undetermined, new Replies(Refused), distribution)).Origins[0].Verdict.ShouldBe(OriginVerdict.Rejects);
        (await RunAsync(Silence, EdgeMode.Undetermined, new Replies(Slow), distribution)).Origins[0].Verdict.ShouldBe(OriginVerdict.Undetermined);
        (await RunAsync(Silence, EdgeMode.Undetermined, new Replies(Cached), distribution)).Origins[0].Verdict.ShouldBe(OriginVerdict.NotProbed);
    }

    [Theory]
    [InlineData(EdgeMode.Off, 0)]
    [InlineData(EdgeMode.Undetermined, 0)]
    [InlineData(EdgeMode.All, 2)]
    public async Task Asks_about_accepted_and_HTTP_only_origins_only_where_all_are_asked_about(EdgeMode mode, int asked)
    {
        var edge = new Replies(Reached);
        var distribution = Sample.Distribution(Sample.Origin(), Sample.Origin("plain", policy: OriginProtocolPolicy.HttpOnly), Sample.S3()) with
        {
            CacheBehaviors = [Sample.Behavior("plain", "/plain/*"), Sample.Behavior("bucket", "/bucket/*")],
        };

        await RunAsync(Given.Handshake(), mode, edge, distribution);

        edge.Asked.Count.ShouldBe(asked);
    }

    [Fact]
    public async Task What_is_not_asked_in_time_stays_undetermined_and_the_run_complete()
    {
        var report = await RunAsync(Silence, EdgeMode.Undetermined, new Replies(Reached), edgeBudget: TimeSpan.Zero);

        report.Run.Complete.ShouldBeTrue();
        report.Origins[0].Verdict.ShouldBe(OriginVerdict.Undetermined);
        report.Origins[0].Judgements.Single(judgement => judgement.Rule.Id == "OW214").Verdict.ShouldBeOfType<Verdict.Undetermined>().Reason.ShouldContain("no request to CloudFront in time");
        report.Totals.AskedAtEdge.ShouldBe(0);
    }

    [Fact]
    public async Task An_origin_that_falls_silent_but_is_reached_is_not_called_silent_now()
    {
        var prior = new Dictionary<string, PriorOutcome> { ["E1EXAMPLE12345/app"] = new(OriginVerdict.Accepts, Given.Now.AddDays(-1)) };

        (await RunAsync(Silence, EdgeMode.Undetermined, new Replies(Reached), prior: prior)).Findings.ShouldBeEmpty();
        (await RunAsync(Silence, EdgeMode.Off, new Replies(Reached), prior: prior)).Findings.ShouldContain(finding => finding.Rule.Id == "OW211");
    }

    [Fact]
    public async Task Asks_the_worst_first()
    {
        var edge = new Replies(Reached);
        var distribution = Sample.Distribution(Sample.Origin("silent", "silent.example.com"), Sample.Origin("refused", "refused.example.com")) with { CacheBehaviors = [Sample.Behavior("refused", "/refused/*")] };

        await RunAsync(target => target.DomainName.StartsWith("refused", StringComparison.Ordinal) ? Refusal : Silence, EdgeMode.Undetermined, edge, distribution);

        edge.Asked.Select(request => request.PathAndQuery.Split('/')[1]).First().ShouldBe("refused");
    }

    private static Distribution Grouped => Sample.Distribution(Sample.Origin(), Sample.Origin("spare")) with { OriginGroups = [new("pair", ["app", "spare"], [502, 504])], DefaultCacheBehavior = Sample.Behavior("pair") };

    private static Task<AuditReport> RunAsync(ProbeResult handshake, params EdgeReply[] replies) => RunAsync(handshake, EdgeMode.Undetermined, replies);

    private static Task<AuditReport> RunAsync(ProbeResult handshake, EdgeMode mode, params EdgeReply[] replies) => RunAsync(handshake, mode, new Replies(replies));

    private static Task<AuditReport> RunAsync(ProbeResult handshake, EdgeMode mode, Replies edge, Distribution? distribution = null, TimeSpan? edgeBudget = null, Dictionary<string, PriorOutcome>? prior = null)
        => RunAsync(_ => handshake, mode, edge, distribution, edgeBudget, prior);

    private static Task<AuditReport> RunAsync(Func<ProbeTarget, ProbeResult> handshake, EdgeMode mode, Replies edge, Distribution? distribution = null, TimeSpan? edgeBudget = null, Dictionary<string, PriorOutcome>? prior = null)
    {
        var options = new AuditOptions { Edge = mode, ConfirmationDelay = TimeSpan.Zero, EdgeBudget = edgeBudget ?? EdgeOptions.DefaultBudget, Prior = prior ?? [] };
        var audit = new AuditRunner(options, new Answering(handshake), TrustStore.LoadMozilla(), new RuleCatalog(new()), TimeProvider.System, _ => edge);
        return audit.RunAsync(new Fixed(distribution ?? Sample.Distribution(Sample.Origin())), null, default, TestContext.Current.CancellationToken);
    }

    private sealed class Fixed(Distribution distribution) : IInventorySource
    {
        public Task<Listing> ReadAsync(CancellationToken cancellationToken) => Task.FromResult(Sample.Listing(distribution));
    }

    /// <summary>The replies in order, the last one again and again.</summary>
    private sealed class Replies(params EdgeReply[] replies) : IEdgeClient
    {
        private readonly Lock _gate = new();

        public List<EdgeRequest> Asked { get; } = [];

        public Task<EdgeReply> AskAsync(EdgeRequest request, CancellationToken cancellationToken)
        {
            lock (_gate)
            {
                Asked.Add(request);
                return Task.FromResult(replies[Math.Min(Asked.Count, replies.Length) - 1]);
            }
        }
    }

    private sealed class Answering(Func<ProbeTarget, ProbeResult> answer) : IProber
    {
        public Task<TargetOutcome> ProbeAsync(ProbeTarget target, CancellationToken cancellationToken)
            => Task.FromResult(new TargetOutcome(target, [new(IPAddress.Parse("192.0.2.1"), target.Protocols, IsConfirmation: false, answer(target))]) { AddressesFound = 1 });

        public Task<TargetOutcome> ConnectAsync(HttpTarget target, CancellationToken cancellationToken)
            => Task.FromResult(new TargetOutcome(target, [new(IPAddress.Parse("192.0.2.1"), new(), IsConfirmation: false, Given.Handshake())]) { AddressesFound = 1 });

        public Task<AcceptedVersions> ScanVersionsAsync(ProbeTarget target, IReadOnlyList<TlsProtocol> versions, CancellationToken cancellationToken)
            => throw new InvalidOperationException("no second pass in these tests");
    }
}
