using Microsoft.Extensions.Time.Testing;
using OriginWatch.Audit;
using OriginWatch.Edge;
using OriginWatch.History;
using OriginWatch.Inventory;
using OriginWatch.Loopback;
using OriginWatch.Probing;
using OriginWatch.Rules;
using OriginWatch.Rules.Reachability;
using OriginWatch.Targets;
using OriginWatch.Tests.Edge;
using OriginWatch.Tests.Targets;
using OriginWatch.Trust;
using static OriginWatch.Tests.Audit.EdgeAudit;

namespace OriginWatch.Tests.Audit;

/// <summary>The whole flow where CloudFront is asked: a prober and an edge that say what the test wants.</summary>
public class EdgeAuditTests
{
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
    public async Task A_name_that_only_CloudFront_cannot_resolve_gets_the_remedy_for_DNS() =>
        (await RunAsync(Silence, Unresolved)).Findings.Single(finding => finding.Rejects).Remediation.ShouldContain("public DNS record");

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
        report
            .Findings.Where(finding => finding.Status == FindingStatus.Fail)
            .ShouldHaveSingleItem()
            .ShouldSatisfyAllConditions(
                finding => finding.Rule.Id.ShouldBe("OW215"),
                finding => finding.Severity.ShouldBe(Severity.High),
                finding => finding.Rejects.ShouldBeFalse()
            );
    }

    [Fact]
    public async Task A_server_error_of_the_origin_is_High_and_never_accepted()
    {
        foreach (var handshake in new ProbeResult[] { Silence, Given.Handshake() })
        {
            var report = await RunAsync(handshake, EdgeMode.All, ServerError);

            report.Origins[0].Verdict.ShouldBe(OriginVerdict.Undetermined);
            report
                .Findings.Single(finding => finding.Status == FindingStatus.Fail && finding.Rule.Id == "OW216")
                .Detail.ShouldContain("HTTP 503");
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
        report
            .Findings.Select(finding => (finding.Rule.Id, finding.Severity))
            .ShouldBe([("OW202", Severity.Critical), ("OW217", Severity.High)]);
        report.Totals.Contradicted.ShouldBe(1);
        report.Findings[1].Remediation.ShouldContain("open or resumed connection");
    }

    [Fact]
    public async Task Failed_where_the_handshake_is_accepted_contradicts_and_rejects()
    {
        var report = await RunAsync(Given.Handshake(), EdgeMode.All, Refused);

        report.Origins[0].Verdict.ShouldBe(OriginVerdict.Rejects);
        report
            .Findings.Where(finding => finding.Status == FindingStatus.Fail)
            .Select(finding => finding.Rule.Id)
            .ShouldBe(["OW214", "OW217"]);
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
        report
            .Findings.Where(finding => finding.Status == FindingStatus.Fail)
            .ShouldAllBe(finding => finding.Rule.Id == "OW215" && finding.Detail.Contains("origin group"));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Behind_a_function_an_answer_judges_the_behavior_and_never_the_origin(bool atViewer)
    {
        var distribution = Sample.Distribution(Sample.Origin()) with
        {
            DefaultCacheBehavior = Sample.Behavior() with
            {
                RequestFunctionArns = ["arn:f"],
                OriginRequestFunctionArns = atViewer ? [] : ["arn:f"],
            },
        };

        (await RunAsync(Silence, EdgeMode.Undetermined, new Replies(Reached), distribution))
            .Origins[0]
            .Verdict.ShouldBe(OriginVerdict.Undetermined);
        var failing = await RunAsync(Silence, EdgeMode.Undetermined, new Replies(Refused), distribution);

        failing.Origins[0].Verdict.ShouldBe(OriginVerdict.Undetermined);
        failing
            .Findings.Where(finding => finding.Status == FindingStatus.Fail && finding.Severity > Severity.Informational)
            .ShouldHaveSingleItem()
            .Rule.Id.ShouldBe("OW215");
    }

    [Fact]
    public async Task A_VPC_origin_is_judged_by_the_edge_alone()
    {
        var distribution = Sample.Distribution(Sample.Vpc());

        (await RunAsync(Silence, EdgeMode.Undetermined, new Replies(Reached), distribution))
            .Origins[0]
            .Verdict.ShouldBe(OriginVerdict.Accepts);
        (await RunAsync(Silence, EdgeMode.Undetermined, new Replies(Refused), distribution))
            .Origins[0]
            .Verdict.ShouldBe(OriginVerdict.Rejects);
        (await RunAsync(Silence, EdgeMode.Undetermined, new Replies(Slow), distribution))
            .Origins[0]
            .Verdict.ShouldBe(OriginVerdict.Undetermined);
        (await RunAsync(Silence, EdgeMode.Undetermined, new Replies(Cached), distribution))
            .Origins[0]
            .Verdict.ShouldBe(OriginVerdict.NotProbed);
    }

    [Theory]
    [InlineData(EdgeMode.Off, 0)]
    [InlineData(EdgeMode.Undetermined, 0)]
    [InlineData(EdgeMode.All, 2)]
    public async Task Asks_about_accepted_and_HTTP_only_origins_only_where_all_are_asked_about(EdgeMode mode, int asked)
    {
        var edge = new Replies(Reached);
        var distribution = Sample.Distribution(
            Sample.Origin(),
            Sample.Origin("plain", policy: OriginProtocolPolicy.HttpOnly),
            Sample.S3()
        ) with
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
        report
            .Origins[0]
            .Judgements.Single(judgement => judgement.Rule.Id == "OW214")
            .Verdict.ShouldBeOfType<Verdict.Undetermined>()
            .Reason.ShouldContain("no request to CloudFront in time");
        report.Totals.AskedAtEdge.ShouldBe(0);
    }

    [Fact]
    public async Task Asking_ends_with_the_runs_own_time_and_the_run_is_complete()
    {
        var time = new FakeTimeProvider(Given.Now);
        var edge = new Mute();
        var run = RunAsync(
            new AuditOptions
            {
                Edge = EdgeMode.Undetermined,
                ProbeBudget = TimeSpan.FromSeconds(90),
                ConfirmationDelay = TimeSpan.Zero,
            },
            Silence,
            edge,
            time
        );
        await edge.Asked.Task;
        time.Advance(TimeSpan.FromSeconds(90));

        var report = await run;

        (report.Run.Complete, report.Origins[0].Verdict, report.Totals.AskedAtEdge).ShouldBe((true, OriginVerdict.Undetermined, 0));
    }

    [Fact]
    public void Asking_has_three_minutes_unless_somebody_decides_otherwise() =>
        new AuditOptions().EdgeBudget.ShouldBe(TimeSpan.FromSeconds(180));

    [Fact]
    public async Task The_edges_certificate_is_judged_as_an_origins_is()
    {
        using var root = CertificateAuthority.CreateRoot("CN=Edge Root", Given.Now);
        using var stranger = CertificateAuthority.CreateRoot("CN=Other Root", Given.Now);
        EdgeCertificateCheck? check = null;
        var audit = new AuditRunner(
            Asking,
            new Answering(_ => Silence),
            TrustStore.FromPem(root.Certificate.ExportCertificatePem(), "test"),
            new RuleCatalog(new()),
            new FakeTimeProvider(Given.Now),
            given =>
            {
                check = given;
                return new Replies(Reached);
            }
        );
        await audit.RunAsync(
            new Fixed(Sample.Distribution(Sample.Origin())),
            null,
            TestContext.Current.CancellationToken,
            TestContext.Current.CancellationToken
        );

        Verdict(root, "d1.cloudfront.net").ShouldBeNull();
        Verdict(root, "d2.cloudfront.net").ShouldBe("it is for another name");
        Verdict(
                root,
                "d1.cloudfront.net",
                new()
                {
                    NotBefore = Given.Now.AddDays(-9),
                    NotAfter = Given.Now.AddDays(-1),
                    DnsNames = ["d1.cloudfront.net"],
                }
            )
            .ShouldBe("it does not chain to a trusted root, or is not valid now");
        Verdict(stranger, "d1.cloudfront.net").ShouldBe("it does not chain to a trusted root, or is not valid now");

        string? Verdict(CertificateAuthority issuer, string host, CertificateShape? shape = null)
        {
            using var leaf = issuer.IssueLeaf("d1.cloudfront.net", shape);
            return check!(host, [leaf.RawDataMemory]);
        }
    }

    [Fact]
    public async Task An_origin_that_falls_silent_but_is_reached_is_not_called_silent_now()
    {
        var prior = new Dictionary<string, PriorOutcome> { ["E1EXAMPLE12345/app"] = new(OriginVerdict.Accepts, Given.Now.AddDays(-1)) };

        (await RunAsync(Silence, EdgeMode.Undetermined, new Replies(Reached), prior: prior)).Findings.ShouldBeEmpty();
        (await RunAsync(Silence, EdgeMode.Off, new Replies(Reached), prior: prior)).Findings.ShouldContain(finding =>
            finding.Rule.Id == "OW211"
        );
    }

    [Fact]
    public async Task An_origin_that_only_CloudFront_reached_is_not_called_silent_when_nobody_asks_any_more()
    {
        var first = await RunAsync(Silence, Reached);
        var state = RunReview.Of("1", first, null, SuppressionList.Empty).NextState([], mailed: false);

        var second = await RunAsync(Silence, EdgeMode.Off, new Replies(Reached), prior: new(state.Origins));

        second.Findings.ShouldNotContain(finding => finding.Rule.Id == "OW211");
        second
            .Origins[0]
            .Judgements.Single(judgement => judgement.Rule.Id == "OW214")
            .Verdict.ShouldBe(new Verdict.NotApplicable("no request about this origin was sent to CloudFront"));
    }

    [Fact]
    public async Task A_failure_at_the_edge_is_resolved_by_the_edge_alone()
    {
        var after = State(await RunAsync(Silence, Refused), null);

        (await NextAsync(Silence, new Replies(Reached), after)).ShouldHaveSingleItem().Kind.ShouldBe(ChangeKind.Resolved);
        (await NextAsync(Given.Handshake(), new Replies(Reached), after)).ShouldHaveSingleItem().Kind.ShouldBe(ChangeKind.Resolved);
        (await NextAsync(Silence, new Replies(Cached), after)).ShouldHaveSingleItem().IsKept.ShouldBeTrue();
        (await NextAsync(Given.Handshake(), new Replies(Cached), after)).ShouldHaveSingleItem().IsKept.ShouldBeTrue();
        (await NextAsync(Silence, new Replies(Reached), after, EdgeMode.Off))
            .ShouldHaveSingleItem()
            .Because.ShouldBe("CloudFront is no longer asked");
    }

    [Fact]
    public async Task A_slow_answer_is_not_resolved_by_an_answer_from_the_cache()
    {
        var after = State(await RunAsync(Silence, Slow), null);

        (await NextAsync(Silence, new Replies(Cached), after)).ShouldHaveSingleItem().IsKept.ShouldBeTrue();
        (await NextAsync(Silence, new Replies(Reached), after)).ShouldHaveSingleItem().Kind.ShouldBe(ChangeKind.Resolved);
    }

    [Fact]
    public async Task What_fell_silent_is_resolved_when_CloudFront_says_what_it_meets()
    {
        var good = State(await RunAsync(Given.Handshake(), Reached), null);
        var silent = await RunAsync(Silence, EdgeMode.Undetermined, new Replies(Cached), prior: new(good.Origins));
        var after = State(silent, good);
        after.Findings.ShouldHaveSingleItem().RuleId.ShouldBe("OW211");

        (await NextAsync(Silence, new Replies(Reached), after)).ShouldHaveSingleItem().Kind.ShouldBe(ChangeKind.Resolved);
    }

    [Fact]
    public void History_knows_the_rules_about_CloudFronts_answers() =>
        EdgeRule.Ids.ShouldBe(new RuleCatalog(new()).Rules.OfType<EdgeRule>().Select(rule => rule.Metadata.Id));

    private static RunState State(AuditReport report, RunState? previous) =>
        RunReview.Of("1", report, previous, SuppressionList.Empty).NextState([], mailed: false);

    /// <summary>What the next run makes of the findings that were open.</summary>
    private static async Task<IReadOnlyList<FindingChange>> NextAsync(
        ProbeResult handshake,
        Replies edge,
        RunState previous,
        EdgeMode mode = EdgeMode.Undetermined
    )
    {
        var start = new RunStart { RunId = "2", Previous = previous };
        var report = await RunAsync(handshake, mode, edge, prior: new(start.Prior));
        return [.. RunReview.Of("2", report, previous, SuppressionList.Empty).Changes.Changes.Where(change => change.Before is not null)];
    }

    [Fact]
    public async Task Asks_the_worst_first()
    {
        var edge = new Replies(Reached);
        var distribution = Sample.Distribution(
            Sample.Origin("silent", "silent.example.com"),
            Sample.Origin("refused", "refused.example.com")
        ) with
        {
            CacheBehaviors = [Sample.Behavior("refused", "/refused/*")],
        };

        await RunAsync(
            target => target.DomainName.StartsWith("refused", StringComparison.Ordinal) ? Refusal : Silence,
            EdgeMode.Undetermined,
            edge,
            distribution
        );

        edge.Asked.Select(request => request.PathAndQuery.Split('/')[1]).First().ShouldBe("refused");
    }

    private static Distribution Grouped =>
        Sample.Distribution(Sample.Origin(), Sample.Origin("spare")) with
        {
            OriginGroups = [new("pair", ["app", "spare"], [502, 504])],
            DefaultCacheBehavior = Sample.Behavior("pair"),
        };
}
