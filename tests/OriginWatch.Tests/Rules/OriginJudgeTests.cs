using OriginWatch.Probing;
using OriginWatch.Rules;
using OriginWatch.Rules.Reachability;
using OriginWatch.Targets;

namespace OriginWatch.Tests.Rules;

public class OriginJudgeTests
{
    [Fact]
    public void A_rule_that_throws_is_undetermined_and_named()
    {
        var judged = Judge(Given.Observation(), new ScriptedRule("OW901", _ => throw new InvalidOperationException("a bug")));
        judged.ThrowingRules.ShouldBe(["OW901"]);
        judged
            .Judgements.ShouldHaveSingleItem()
            .Verdict.ShouldBeOfType<Verdict.Undetermined>()
            .Reason.ShouldContain("InvalidOperationException");
    }

    [Fact]
    public void Without_a_handshake_nothing_is_accepted_by_silence_of_the_rules() =>
        Judge(
            Given.Observation(null, Given.Seen(Given.Address("192.0.2.1", Given.Refused()))),
            new ScriptedRule("OW901", _ => new Verdict.NotApplicable("not mine"))
        )
            .Verdict.ShouldBe(OriginVerdict.Undetermined);

    [Fact]
    public void Without_a_handshake_nothing_is_accepted_because_a_rule_passes() =>
        Judge(
            Given.Observation(null, Given.Seen(Given.Address("192.0.2.1", Given.Refused()))),
            new ScriptedRule("OW901", _ => new Verdict.Pass())
        )
            .Verdict.ShouldBe(OriginVerdict.Undetermined);

    public static TheoryData<FailureReason> Reasons => [.. Enum.GetValues<FailureReason>()];

    /// <summary>With a chain that is beyond reproach, so that only the missing handshake speaks against it.</summary>
    [Theory]
    [MemberData(nameof(Reasons))]
    public void No_failure_of_a_handshake_is_accepted(FailureReason reason)
    {
        var failure = Given.Refused() with
        {
            Stage = ProbeStage.Handshake,
            Reason = reason,
            Seen = new() { LongestHandshakeMessage = 300_000 },
        };
        var chain = Night.Chain("origin", Given.Now.AddDays(90));
        var hello = new HelloObservation(Given.Tls12And13, Given.Attempt(failure, chain: chain), Confirmation: null);
        var target = Given.Seen(new AddressObservation(System.Net.IPAddress.Parse("192.0.2.1"), [hello]));
        new OriginJudge(new RuleCatalog(new()).Rules).Judge(Given.Observation(null, target)).Verdict.ShouldNotBe(OriginVerdict.Accepts);
    }

    [Fact]
    public void Without_a_handshake_a_rule_may_say_that_it_came_far_enough() =>
        Judge(
            Given.Observation(null, Given.Seen(Given.Address("192.0.2.1", Given.Refused()))),
            new ScriptedRule("OW901", _ => new Verdict.Pass("evaluated up to the client certificate") { WithoutHandshake = true })
        )
            .Verdict.ShouldBe(OriginVerdict.Accepts);

    [Fact]
    public void A_name_that_does_not_decide_neither_rejects_nor_accepts()
    {
        var refused = Given.Seen(Given.Address("192.0.2.1", Given.Refused()));
        var informational = refused with { Name = refused.Name with { Decides = false } };
        Judge(
            Given.Observation(null, informational, Given.Seen(Given.Address("192.0.2.1", Given.Handshake()))),
            new ScriptedRule("OW901", target => target.Name.Decides ? new Verdict.Pass() : new Verdict.Fail("refused"))
        )
            .Verdict.ShouldBe(OriginVerdict.Accepts);
    }

    [Fact]
    public void An_undetermined_target_makes_the_origin_undetermined() =>
        Judge(Given.Observation(), new ScriptedRule("OW901", _ => new Verdict.Undetermined("silence")))
            .Verdict.ShouldBe(OriginVerdict.Undetermined);

    [Fact]
    public void A_failure_under_one_of_two_names_is_undetermined_when_nobody_knows_which_is_asked_for()
    {
        var first = Given.Seen(Given.Address("192.0.2.1", Given.Handshake()));
        var second = first with { Name = first.Name with { Role = ServerNameRole.Alias } };
        var use = Given.Use() with { HostForwarding = HostForwarding.Unknown };
        var judged = Judge(
            Given.Observation(use, first, second),
            new ScriptedRule(
                "OW901",
                target => target.Name.Role == ServerNameRole.Alias ? new Verdict.Fail("not covered") : new Verdict.Pass()
            )
        );
        judged.Verdict.ShouldBe(OriginVerdict.Undetermined);
        var verdict = judged.Judgements[1].Verdict.ShouldBeOfType<Verdict.Undetermined>();
        verdict.Reason.ShouldBe("Host forwarding unknown; under this name: not covered");
        verdict.Remediation!.ShouldContain("cloudfront:GetCachePolicy");
    }

    [Fact]
    public void An_origin_without_targets_is_not_probed() =>
        Judge(Given.Observation() with { Targets = [] }, new ScriptedRule("OW901", _ => new Verdict.Pass()))
            .Verdict.ShouldBe(OriginVerdict.NotProbed);

    [Theory]
    [InlineData("http-only", FailureReason.ConnectTimeout, OriginVerdict.Undetermined)]
    [InlineData("http-only", FailureReason.ConnectionRefused, OriginVerdict.Rejects)]
    [InlineData("http-only", null, OriginVerdict.NotProbed)]
    [InlineData("match-viewer", FailureReason.ConnectTimeout, OriginVerdict.Undetermined)]
    [InlineData("match-viewer", FailureReason.ConnectionRefused, OriginVerdict.Rejects)]
    [InlineData("match-viewer", null, OriginVerdict.Accepts)]
    public void An_HTTP_port_can_reject_and_cast_doubt_but_accepts_nobody(string policy, FailureReason? reason, OriginVerdict verdict)
    {
        var use = Given.Use(
            Given.Distribution(Given.Origin(policy: policy)) with
            {
                DefaultCacheBehavior = Given.Behavior(viewerPolicy: "allow-all"),
            }
        );
        ProbeResult seen = reason is { } why ? Given.Refused() with { Reason = why } : new Connected();
        var http = new HttpObservation(new() { DomainName = "origin.example.com", Port = 80 }, [Given.Address("192.0.2.1", seen)], 1);
        Judge(
            Given.Observation(use) with
            {
                Http = [http],
            },
            new AcceptsHttpConnections(),
            new ScriptedRule("OW901", _ => new Verdict.Pass())
        )
            .Verdict.ShouldBe(verdict);
    }

    [Fact]
    public void An_HTTP_only_origin_whose_name_cannot_be_judged_is_undetermined()
    {
        var use = Given.Use(Given.Distribution(Given.Origin(policy: "http-only")));
        var http = new HttpObservation(
            new() { DomainName = "origin.example.com", Port = 80 },
            [Given.Address("192.0.2.1", new Connected())],
            1
        );
        Judge(Given.Observation(use) with { Http = [http] }, new ScriptedRule("OW901", _ => new Verdict.Undetermined("SERVFAIL")))
            .Verdict.ShouldBe(OriginVerdict.Undetermined);
    }

    private static JudgedOrigin Judge(Observation observation, params Rule[] rules) => new OriginJudge(rules).Judge(observation);

    private sealed class ScriptedRule(string id, Func<TargetObservation, Verdict> judge) : Rule
    {
        public override RuleMetadata Metadata { get; } =
            new()
            {
                Id = id,
                Severity = Severity.Critical,
                Title = "The origin should respond",
                Fault = "Origin does not respond",
                Rationale = "CloudFront returns HTTP 502.",
                Remediation = "Start it.",
                Reference = new("https://example.com/"),
                RejectsTraffic = true,
            };

        public override IEnumerable<Judgement> Judge(Observation observation) =>
            observation.Targets.Select(target => new Judgement(Metadata, target, judge(target)));
    }
}
