using OriginWatch.Audit;
using OriginWatch.History;
using OriginWatch.Inventory;
using OriginWatch.Reporting;
using OriginWatch.Rules;
using OriginWatch.Targets;
using OriginWatch.Tests.Reporting;
using static OriginWatch.Tests.Night;

namespace OriginWatch.Tests.History;

public class FindingComparerTests
{
    private static readonly DateTimeOffset Second = First.AddDays(1);
    private static readonly DateTimeOffset Third = First.AddDays(2);

    [Fact]
    public void What_was_not_there_before_is_new()
    {
        var change = Classify(null, Report(First, Good("www"), Refused("api"))).ShouldHaveSingleItem();
        (change.Kind, change.Record.RuleId, change.Record.FirstSeen, change.Record.Rejects).ShouldBe(
            (ChangeKind.New, "OW203", First, true)
        );
    }

    [Fact]
    public void What_stays_is_ongoing_since_it_was_first_seen()
    {
        var change = Classify(After(Report(First, Refused("api"))), Report(Second, Refused("api"))).ShouldHaveSingleItem();
        (change.Kind, change.Record.FirstSeen, change.Record.LastJudged).ShouldBe((ChangeKind.Ongoing, First, Second));
    }

    [Fact]
    public void What_passes_is_resolved() =>
        Classify(After(Report(First, Refused("api"))), Report(Second, Good("api")))
            .ShouldHaveSingleItem()
            .Kind.ShouldBe(ChangeKind.Resolved);

    [Fact]
    public void An_origin_that_cannot_be_judged_keeps_its_findings()
    {
        var expired = Ending("api", First.AddDays(-1), First);
        foreach (var tonight in new[] { Silent("api"), NotReached("api") })
        {
            var change = Classify(After(Report(First, expired)), Report(Second, tonight)).ShouldHaveSingleItem();
            (change.Kind, change.IsKept, change.Record.LastJudged, change.Record.Severity).ShouldBe(
                (ChangeKind.Ongoing, true, First, Severity.Critical)
            );
        }
    }

    [Fact]
    public void An_unprobed_origin_keeps_its_findings()
    {
        var change = Classify(
                After(Report(First, Refused("api"))),
                Report(
                    Second,
                    new SampleOrigin
                    {
                        Id = "api",
                        DistributionId = "E1SHOP",
                        Verdict = OriginVerdict.NotProbed,
                        NotProbedBecause = "a VPC origin",
                    },
                    Good("www")
                )
            )
            .ShouldHaveSingleItem();
        change.IsKept.ShouldBeTrue();
    }

    [Fact]
    public void An_informational_finding_is_not_resolved_by_a_target_that_was_not_reached()
    {
        SampleOrigin Http(SampleOrigin origin, Verdict verdict) =>
            origin with
            {
                Id = "http",
                Policy = OriginProtocolPolicy.HttpOnly,
                OfTarget = [(SampleRules.HttpsReady, verdict)],
            };
        SampleOrigin Https(SampleOrigin origin, Verdict verdict) => origin with { OfOrigin = [(SampleRules.SameChain, verdict)] };
        var before = After(
            Report(First, Http(Good("x"), new Verdict.Fail("HTTPS would work")), Https(Good("api"), new Verdict.Fail("2 certificates")))
        );
        var (pass, moot) = (new Verdict.Pass(), new Verdict.NotApplicable("nothing seen"));
        Classify(before, Report(Second, Http(NotReached("x"), pass), Https(NotReached("api"), pass))).ShouldAllBe(change => change.IsKept);
        Classify(before, Report(Second, Http(Silent("x"), moot), Https(Silent("api"), moot))).ShouldAllBe(change => change.IsKept);
        Classify(before, Report(Second, Http(Good("x"), pass), Https(Good("api"), pass)))
            .ShouldAllBe(change => change.Kind == ChangeKind.Resolved);
    }

    [Fact]
    public void A_rule_that_failed_to_run_resolves_nothing()
    {
        var expired = Ending("api", First.AddDays(-1), First);
        var broken = Good("api") with
        {
            OfOrigin = [(SampleRules.NotExpired, new Verdict.Undetermined("the rule itself failed"))],
            OfTarget = [.. Good("api").OfTarget.Where(answer => answer.Rule != SampleRules.NotExpired)],
        };
        Classify(After(Report(First, expired)), Report(Second, broken)).ShouldHaveSingleItem().IsKept.ShouldBeTrue();
    }

    [Fact]
    public void Not_applicable_resolves_only_on_a_target_that_was_judged()
    {
        var before = After(Report(First, Fails("api", SampleRules.Silent, "connected, then silent for 10 s")));
        SampleOrigin With(SampleOrigin origin) =>
            origin with
            {
                OfTarget =
                [
                    .. origin.OfTarget.Where(answer => answer.Rule != SampleRules.Silent),
                    (SampleRules.Silent, new Verdict.NotApplicable("nothing was connected")),
                ],
            };
        Classify(before, Report(Second, With(Silent("api")))).ShouldHaveSingleItem().IsKept.ShouldBeTrue();
        Classify(before, Report(Second, With(Refused("api"))))
            .Select(change => (change.Kind, change.Record.RuleId))
            .ShouldBe([(ChangeKind.New, "OW203"), (ChangeKind.Resolved, "OW205")], ignoreOrder: true);
    }

    [Fact]
    public void A_setting_is_resolved_by_the_inventory_even_where_nobody_can_connect()
    {
        SampleOrigin With(Verdict verdict) => Silent("api") with { OfOrigin = [(SampleRules.OldProtocols, verdict)] };
        Classify(After(Report(First, With(new Verdict.Fail("TLSv1 is allowed")))), Report(Second, With(new Verdict.Pass())))
            .ShouldHaveSingleItem()
            .Kind.ShouldBe(ChangeKind.Resolved);
    }

    [Fact]
    public void A_deleted_origin_and_a_deleted_distribution_are_gone_and_not_resolved()
    {
        var before = After(Report(First, Good("www"), Refused("api"), Refused("old", "E2OLD")));
        Classify(before, Report(Second, Good("www")))
            .Select(change => (change.Kind, change.Because))
            .ShouldBe([(ChangeKind.Gone, "the origin was removed"), (ChangeKind.Gone, "the distribution was deleted")], ignoreOrder: true);
    }

    [Fact]
    public void A_rule_that_no_longer_exists_takes_its_findings_with_it()
    {
        var before = After(Report(First, Refused("api"), Refused("www")));
        SampleOrigin Without(SampleOrigin origin) =>
            origin with
            {
                OfTarget = [.. origin.OfTarget.Where(answer => answer.Rule != SampleRules.Refused)],
            };
        Classify(before, Report(Second, Without(Good("api")), Without(Silent("www"))))
            .Select(change => (change.Kind, change.Because))
            .ShouldBe([(ChangeKind.Gone, "the rule was retired"), (ChangeKind.Gone, "the rule was retired")]);
    }

    [Fact]
    public void An_origin_with_another_domain_name_is_another_origin()
    {
        var changes = Classify(
            After(Report(First, Refused("api"))),
            Report(Second, Refused("api") with { DomainName = "new.example.com" })
        );
        changes
            .Select(change => (change.Kind, change.Record.Target))
            .ShouldBe([(ChangeKind.New, "new.example.com:443"), (ChangeKind.Gone, "api.example.com:443")], ignoreOrder: true);
    }

    [Fact]
    public void A_name_that_no_request_uses_any_more_is_gone_unless_names_were_cut()
    {
        var before = After(Report(First, Refused("api")));
        before = before with { Findings = [before.Findings[0] with { Target = "alias.example.org:443", Key = "k" }] };
        var tonight = Report(Second, Good("api"));
        Classify(before, tonight).ShouldHaveSingleItem().Kind.ShouldBe(ChangeKind.Gone);
        Classify(before, WithUse(tonight, use => use with { Cuts = ["3 of 23 names were left out"] }))
            .ShouldHaveSingleItem()
            .IsKept.ShouldBeTrue();
        Classify(
                before,
                WithUse(tonight, use => use with { Distribution = use.Distribution with { ConnectionMode = ConnectionMode.TenantOnly } })
            )
            .ShouldHaveSingleItem()
            .IsKept.ShouldBeTrue();
    }

    [Theory]
    [InlineData("expires on 2026-11-20, in 19 days", "expires on 2026-11-20, in 1 day")]
    [InlineData("expires in 2 days", "expires in 23 hours")]
    [InlineData("on 1 of 3 addresses (192.0.2.1): refused", "on 1 of 3 addresses (192.0.2.7): refused")]
    [InlineData("refused by 192.0.2.1, 2001:db8::1", "refused by 2001:db8::1, 192.0.2.1")]
    [InlineData("silent for 10.0 s", "silent for 9.7 s")]
    [InlineData("no answer within 30s from 192.0.2.1:443", "no answer within 29s from 192.0.2.9:443")]
    public void What_varies_without_meaning_is_no_change(string before, string now) =>
        Classify(After(Report(First, Fails("api", SampleRules.Silent, before))), Report(Second, Fails("api", SampleRules.Silent, now)))
            .ShouldHaveSingleItem()
            .Kind.ShouldBe(ChangeKind.Ongoing);

    [Theory]
    [InlineData("alert 40 handshake_failure", "alert 70 protocol_version")]
    [InlineData("the server chose TLSv1", "the server chose TLSv1.1")]
    [InlineData("HTTP was spoken", "SSH was spoken")]
    public void Another_kind_of_evidence_is_a_change(string before, string now)
    {
        var change = Classify(
                After(Report(First, Fails("api", SampleRules.Silent, before))),
                Report(Second, Fails("api", SampleRules.Silent, now))
            )
            .ShouldHaveSingleItem();
        (change.Kind, change.Because).ShouldBe((ChangeKind.Changed, $"was before: {before}"));
    }

    [Fact]
    public void Another_severity_is_a_change()
    {
        var end = First.AddDays(8);
        var change = Classify(After(Report(First, Ending("api", end, First))), Report(Third, Ending("api", end, Third)))
            .ShouldHaveSingleItem();
        (change.Kind, change.Because, change.Record.Severity).ShouldBe((ChangeKind.Changed, "was Medium before", Severity.High));
    }

    [Fact]
    public void Another_certificate_with_the_same_fault_is_a_change()
    {
        var change = Classify(
                After(Report(First, Ending("api", First.AddDays(-5), First))),
                Report(Second, Ending("api", First.AddDays(-2), Second))
            )
            .ShouldHaveSingleItem();
        (change.Kind, change.Because).ShouldBe((ChangeKind.Changed, "another certificate is served, with the same fault"));
    }

    [Fact]
    public void Addresses_that_answer_in_another_order_with_their_certificates_are_no_change()
    {
        var report = Report(First, Ending("api", First.AddDays(-5), First));
        var state = After(Twice(report, "192.0.2.1", "192.0.2.2"));
        Classify(state, Twice(Report(Second, Ending("api", First.AddDays(-5), Second)), "192.0.2.2", "192.0.2.1"))
            .ShouldHaveSingleItem()
            .Kind.ShouldBe(ChangeKind.Ongoing);
    }

    [Fact]
    public void A_finding_whose_suppression_ends_is_a_change_and_is_mailed()
    {
        var muted = new SuppressionList(
            [
                new()
                {
                    Rule = "OW203",
                    Reason = "r",
                    Owner = "o",
                    Expires = DateOnly.FromDateTime(First.UtcDateTime),
                },
            ],
            null
        );
        var first = RunReview.Of("1", Report(First, Refused("api")), null, muted);
        first.Changes.Mailed.ShouldBeEmpty();
        first.Changes.Changes.ShouldHaveSingleItem().Kind.ShouldBe(ChangeKind.New);
        var second = RunReview.Of("2", Report(Second, Refused("api")), first.NextState([], mailed: false), muted);
        var change = second.Changes.Mailed.ShouldHaveSingleItem();
        (change.Kind, change.Because).ShouldBe((ChangeKind.Changed, "it is no longer suppressed"));
    }

    [Fact]
    public void What_is_merely_informational_is_remembered_and_never_mailed()
    {
        var review = RunReview.Of(
            "1",
            Report(First, Good("www") with { OfTarget = [(SampleRules.NoSuperfluous, new Verdict.Fail("the root was sent"))] }),
            null,
            SuppressionList.Empty
        );
        review.Changes.Changes.Count.ShouldBe(1);
        review.Changes.HasNews.ShouldBeFalse();
        review.NextState([], mailed: false).Findings.Count.ShouldBe(1);
    }

    [Fact]
    public void The_last_judged_outcome_of_an_origin_survives_nights_without_one()
    {
        var first = After(Report(First, Good("www"), Silent("vpn")));
        first.Origins.ShouldBe(
            new Dictionary<string, PriorOutcome>
            {
                ["E1SHOP/www"] = new(OriginVerdict.Accepts, First) { ExpiresAt = Given.Now.AddDays(60) },
            }
        );
        var second = RunReview.Of("2", Report(Second, Silent("www")), first, SuppressionList.Empty).NextState([], mailed: false);
        second.Origins["E1SHOP/www"].ShouldBe(new(OriginVerdict.Accepts, First) { ExpiresAt = Given.Now.AddDays(60) });
        var third = RunReview.Of("3", Report(Third, Refused("www")), second, SuppressionList.Empty).NextState([], mailed: false);
        third.Origins["E1SHOP/www"].ShouldBe(new(OriginVerdict.Rejects, Third));
    }

    [Fact]
    public void Reporters_are_told_what_is_new()
    {
        var review = RunReview.Of(
            "2",
            Report(Second, Refused("api"), Refused("www"), Silent("vpn")),
            After(Report(First, Refused("api"))),
            SuppressionList.Empty
        );
        var options = review.Inform(ReportOptions.Default);
        review.Report.Findings.Where(finding => options.IsNew(finding) == true).Select(finding => finding.OriginId).ShouldBe(["www"]);
        RunReview.Of("1", Report(First, Refused("api")), null, SuppressionList.Empty).Inform(ReportOptions.Default).Baseline.ShouldBeNull();
    }

    [Fact]
    public void What_is_about_to_expire_is_not_resolved_by_expiring()
    {
        var end = First.AddDays(1).AddHours(-3);
        var review = RunReview.Of(
            "2",
            Report(Second, Ending("api", end, Second)),
            After(Report(First, Ending("api", end, First))),
            SuppressionList.Empty
        );
        (review.FindingsNew, review.FindingsResolved).ShouldBe((1, 0));
        review.NextState([], mailed: false).Findings.ShouldHaveSingleItem().RuleId.ShouldBe("OW301");
    }

    private static IReadOnlyList<FindingChange> Classify(RunState? previous, AuditReport report) =>
        RunReview.Of("run", report, previous, SuppressionList.Empty).Changes.Changes;

    private static RunState After(AuditReport report) =>
        RunReview.Of("run", report, null, SuppressionList.Empty).NextState([], mailed: false);

    private static AuditReport WithUse(
        AuditReport report,
        Func<OriginWatch.Targets.PlannedOrigin, OriginWatch.Targets.PlannedOrigin> change
    ) =>
        report with
        {
            Origins =
            [
                .. report.Origins.Select(origin =>
                    origin with
                    {
                        Observation = origin.Observation with { Planned = change(origin.Planned) },
                    }
                ),
            ],
        };

    /// <summary>Two addresses with a certificate each, in the order given.</summary>
    private static AuditReport Twice(AuditReport report, params string[] addresses)
    {
        var origin = report.Origins[0];
        var target = origin.Observation.Targets[0];
        var two = target with
        {
            Addresses =
            [
                .. addresses
                    .Select(address => Given.Address(address, Given.Handshake()))
                    .Select(
                        (address, i) =>
                            address with
                            {
                                Hellos =
                                [
                                    address.Hellos[0] with
                                    {
                                        First = address.Hellos[0].First with { Chain = Chain(addresses[i], First.AddDays(-5)) },
                                    },
                                ],
                            }
                    ),
            ],
        };
        return report with { Origins = [origin with { Observation = origin.Observation with { Targets = [two] } }] };
    }
}
