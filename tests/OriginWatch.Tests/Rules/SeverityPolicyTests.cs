using OriginWatch.Inventory;
using OriginWatch.Rules;
using OriginWatch.Targets;

namespace OriginWatch.Tests.Rules;

public class SeverityPolicyTests
{
    private static readonly RuleMetadata Rule = new()
    {
        Id = "OW999",
        Severity = Severity.Critical,
        Title = "The origin should respond",
        Fault = "Origin does not respond",
        Rationale = "CloudFront returns HTTP 502.",
        Remediation = "Start it.",
        Reference = new("https://example.com/"),
        RejectsTraffic = true,
    };

    [Fact]
    public void A_reached_origin_keeps_the_severity() => Adjust(Given.Use()).ShouldBe(Severity.Critical);

    [Fact]
    public void An_origin_that_no_behavior_reaches_is_informational() =>
        Adjust(Given.Use() with { Behaviors = [] }).ShouldBe(Severity.Informational);

    [Fact]
    public void An_origin_behind_a_shadowed_behavior_alone_is_informational() =>
        Adjust(Given.Use() with { Behaviors = [new(Given.Behavior(), null, true, ShadowedBy: "/*")] }).ShouldBe(Severity.Informational);

    [Fact]
    public void A_staging_distribution_is_one_level_lower() =>
        Adjust(Given.Use(Given.Distribution() with { Staging = true })).ShouldBe(Severity.High);

    [Fact]
    public void A_disabled_distribution_is_one_level_lower() =>
        Adjust(Given.Use(Given.Distribution() with { Enabled = false })).ShouldBe(Severity.High);

    [Fact]
    public void A_name_that_does_not_decide_is_informational()
    {
        var target = Given.Seen(Given.Address("192.0.2.1", Given.Refused()));
        Adjust(Given.Use(), target with { Name = target.Name with { Decides = false } }).ShouldBe(Severity.Informational);
    }

    [Theory]
    [InlineData(OriginVerdict.Accepts, 502, Severity.High)]
    [InlineData(OriginVerdict.Accepts, 404, Severity.Critical)]
    [InlineData(OriginVerdict.Rejects, 502, Severity.Critical)]
    [InlineData(OriginVerdict.Undetermined, 504, Severity.Critical)]
    public void A_failing_primary_is_High_when_its_group_fails_over_to_a_healthy_secondary(
        OriginVerdict secondary,
        int criterion,
        Severity expected
    ) => Adjust(Primary(criterion), verdicts: _ => secondary).ShouldBe(expected);

    [Fact]
    public void A_failing_primary_that_is_also_reached_directly_stays_Critical()
    {
        var use = Primary(502);
        Adjust(use with { Behaviors = [.. use.Behaviors, new(Given.Behavior(), null, true, null)] }, verdicts: _ => OriginVerdict.Accepts)
            .ShouldBe(Severity.Critical);
    }

    [Fact]
    public void A_failing_secondary_is_not_excused_by_its_group()
    {
        var use = Primary(502);
        Adjust(use with { Behaviors = [use.Behaviors[0] with { IsPrimary = false }] }, verdicts: _ => OriginVerdict.Accepts)
            .ShouldBe(Severity.Critical);
    }

    private static PlannedOrigin Primary(int criterion)
    {
        var distribution = Given.Distribution(Given.Origin("a"), Given.Origin("b")) with
        {
            OriginGroups = [new OriginGroup("group", ["a", "b"], [criterion])],
        };
        return Given.Use(distribution) with { Behaviors = [new(Given.Behavior("group"), "group", IsPrimary: true, null)] };
    }

    private static Severity? Adjust(PlannedOrigin use, TargetObservation? target = null, Func<string, OriginVerdict>? verdicts = null) =>
        (
            (Verdict.Fail)
                SeverityPolicy.Adjust(
                    new(Rule, target, new Verdict.Fail("refused")),
                    Given.Observation(use),
                    verdicts ?? (_ => OriginVerdict.Undetermined)
                )
        ).Severity;
}
