using OriginWatch.Inventory;
using OriginWatch.Rules;
using OriginWatch.Rules.Reachability;

namespace OriginWatch.Tests.Rules;

/// <summary>Each row of what CloudFront's numbers mean beside a verdict.</summary>
public class TrafficJudgeTests
{
    private static readonly RuleMetadata Rule = new ErrorRateIsExplained().Metadata;

    [Fact]
    public void Rejected_and_viewers_get_errors() =>
        Evidence(OriginVerdict.Rejects, new(5310, 1200))
            .ShouldBe(
                (
                    TrafficMeaning.Agrees,
                    "CloudFront agrees: it returned 5xx for about 1,200 of 5,310 requests to this distribution in the last 24 h"
                )
            );

    /// <summary>1 % is noticed, 0.1 % is noise, and 100 requests or misses are enough; one less or more is another matter.</summary>
    [Theory]
    [InlineData(OriginVerdict.Rejects, 100, 1, null, null, null, TrafficMeaning.Agrees)]
    [InlineData(OriginVerdict.Rejects, 99, 1, null, null, null, null)]
    [InlineData(OriginVerdict.Rejects, 1001, 10, null, null, null, TrafficMeaning.Counted)]
    [InlineData(OriginVerdict.Accepts, 1000, 0, 10L, null, null, TrafficMeaning.Unexplained)]
    [InlineData(OriginVerdict.Accepts, 1001, 0, 10L, null, null, TrafficMeaning.Counted)]
    [InlineData(OriginVerdict.Undetermined, 1000, 0, 4L, 6L, null, TrafficMeaning.CannotReach)]
    [InlineData(OriginVerdict.Undetermined, 1001, 0, 4L, 6L, null, TrafficMeaning.Counted)]
    [InlineData(OriginVerdict.Undetermined, 1000, 1, null, null, 100L, TrafficMeaning.Reaches)]
    [InlineData(OriginVerdict.Undetermined, 1000, 1, null, null, 99L, TrafficMeaning.Counted)]
    [InlineData(OriginVerdict.Undetermined, 999, 1, null, null, 100L, TrafficMeaning.Counted)]
    public void Each_bound_is_part_of_what_it_bounds(
        OriginVerdict verdict,
        long requests,
        long errors,
        long? badGateways,
        long? timeouts,
        long? misses,
        TrafficMeaning? meaning
    )
    {
        var evidence = Judge([verdict], new(requests, errors, badGateways, timeouts, misses))[0].Observation.Traffic;
        (evidence?.Meaning).ShouldBe(meaning);
    }

    [Fact]
    public void The_rate_of_502_is_named_where_it_is_known() =>
        Evidence(OriginVerdict.Rejects, new(5310, 1300, BadGateways: 1200, GatewayTimeouts: 3))
            .Sentence.ShouldBe(
                "CloudFront agrees: it returned HTTP 502 for about 1,200 of 5,310 requests to this distribution in the last 24 h"
            );

    [Fact]
    public void Rejected_and_viewers_get_none_is_a_contradiction_that_changes_no_verdict()
    {
        var judged = Judge([OriginVerdict.Rejects], new(5310, 0)).ShouldHaveSingleItem();
        judged.Verdict.ShouldBe(OriginVerdict.Rejects);
        judged.Observation.Traffic!.Meaning.ShouldBe(TrafficMeaning.Contradicts);
        judged.Observation.Traffic.Sentence.ShouldBe(
            "CloudFront returned no 5xx for 5,310 requests to this distribution in the last 24 h: its cache still answers, or the probe is wrong"
        );
    }

    [Fact]
    public void All_from_the_cache_contradicts_nothing() =>
        Evidence(OriginVerdict.Rejects, new(5310, 0, 0, 0, Misses: 0)).Meaning.ShouldBe(TrafficMeaning.Counted);

    [Fact]
    public void With_a_second_origin_the_numbers_contradict_nothing_and_are_called_shared()
    {
        var judged = Judge([OriginVerdict.Rejects, OriginVerdict.Accepts], new(5310, 0));
        judged[0].Observation.Traffic!.Meaning.ShouldBe(TrafficMeaning.Counted);
        Judge([OriginVerdict.Rejects, OriginVerdict.Accepts], new(5310, 1200))[0]
            .Observation.Traffic!.Sentence.ShouldEndWith("in the last 24 h (its 2 origins share this number)");
    }

    [Fact]
    public void Accepted_and_502_is_a_Medium_finding_of_its_own()
    {
        var judged = Judge([OriginVerdict.Accepts], new(1000, 20, BadGateways: 20)).ShouldHaveSingleItem();
        judged.Verdict.ShouldBe(OriginVerdict.Accepts);
        judged
            .Judgements.Single(judgement => judgement.Rule.Id == "OW213")
            .Verdict.ShouldBeOfType<Verdict.Fail>()
            .ShouldSatisfyAllConditions(
                fail => fail.Severity.ShouldBe(Severity.Medium),
                fail =>
                    fail.Detail.ShouldBe(
                        "CloudFront returned HTTP 502 for about 20 of 1,000 requests to this distribution in the last 24 h, and the handshake does not explain it"
                    )
            );
    }

    [Theory]
    [InlineData(OriginVerdict.Rejects)]
    [InlineData(OriginVerdict.Undetermined)]
    public void Another_origin_that_fails_explains_the_502(OriginVerdict other) =>
        Judge([OriginVerdict.Accepts, other], new(1000, 20, BadGateways: 20))[0]
            .Observation.Traffic!.Meaning.ShouldBe(TrafficMeaning.Counted);

    [Fact]
    public void Accepted_and_only_5xx_known_says_nothing() =>
        Evidence(OriginVerdict.Accepts, new(1000, 500)).Meaning.ShouldBe(TrafficMeaning.Counted);

    [Fact]
    public void Silent_to_the_probe_and_fetched_from_ends_the_worry() =>
        Evidence(OriginVerdict.Undetermined, new(9000, 0, 0, 0, Misses: 4000))
            .ShouldBe(
                (
                    TrafficMeaning.Reaches,
                    "CloudFront reaches it: about 4,000 requests missed the cache in the last 24 h, and almost none failed; an allow-list blocks this probe"
                )
            );

    [Fact]
    public void Silent_to_the_probe_and_failing_is_High()
    {
        var judged = Judge([OriginVerdict.Undetermined], new(1000, 400, BadGateways: 100, GatewayTimeouts: 300, Misses: 900))
            .ShouldHaveSingleItem();
        judged.Verdict.ShouldBe(OriginVerdict.Undetermined);
        judged
            .Judgements[0]
            .Verdict.ShouldBeOfType<Verdict.Fail>()
            .ShouldSatisfyAllConditions(
                fail => fail.Severity.ShouldBe(Severity.High),
                fail =>
                    fail.Detail.ShouldBe(
                        "CloudFront cannot reach it either: it returned HTTP 502 or 504 for about 400 of 1,000 requests to this distribution in the last 24 h"
                    )
            );
    }

    [Fact]
    public void Silent_and_without_numbers_of_the_cache_says_nothing() =>
        Evidence(OriginVerdict.Undetermined, new(9000, 0)).Meaning.ShouldBe(TrafficMeaning.Counted);

    [Fact]
    public void Fewer_than_100_requests_say_nothing() => Judge([OriginVerdict.Rejects], new(99, 99))[0].Observation.Traffic.ShouldBeNull();

    [Fact]
    public void Another_distributions_numbers_say_nothing() =>
        TrafficJudge
            .Judge([Judged(OriginVerdict.Rejects)], new Dictionary<string, DistributionTraffic> { ["E2"] = new(1000, 1000) })[0]
            .Observation.Traffic.ShouldBeNull();

    [Fact]
    public void Only_distributions_with_a_finding_or_a_doubt_are_worth_asking_about()
    {
        TrafficJudge.WorthAsking([Judged(OriginVerdict.Accepts)]).ShouldBeEmpty();
        TrafficJudge.WorthAsking([Judged(OriginVerdict.Undetermined), Judged(OriginVerdict.Undetermined)]).ShouldBe(["E1EXAMPLE"]);
        TrafficJudge
            .WorthAsking([
                Judged(OriginVerdict.Accepts) with
                {
                    Judgements = [new(Rule, null, new Verdict.Fail("x", Severity.Informational))],
                },
            ])
            .ShouldBeEmpty();
        TrafficJudge
            .WorthAsking([Judged(OriginVerdict.Accepts) with { Judgements = [new(Rule, null, new Verdict.Fail("x"))] }])
            .ShouldBe(["E1EXAMPLE"]);
    }

    private static (TrafficMeaning Meaning, string Sentence) Evidence(OriginVerdict verdict, DistributionTraffic traffic) =>
        Judge([verdict], traffic)[0].Observation.Traffic is { } evidence ? (evidence.Meaning, evidence.Sentence) : default;

    private static List<JudgedOrigin> Judge(IReadOnlyList<OriginVerdict> verdicts, DistributionTraffic traffic) =>
        TrafficJudge.Judge([.. verdicts.Select(Judged)], new Dictionary<string, DistributionTraffic> { ["E1EXAMPLE"] = traffic });

    private static JudgedOrigin Judged(OriginVerdict verdict) =>
        new(Given.Observation(), [new(Rule, null, new Verdict.NotApplicable("not read"))], verdict);
}
