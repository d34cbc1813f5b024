using OriginWatch.History;
using OriginWatch.Probing;
using OriginWatch.Tests.Reporting;
using static OriginWatch.Tests.Night;

namespace OriginWatch.Tests.History;

public class ProbeSuspicionTests
{
    [Theory]
    [InlineData(16, 5, true)]
    [InlineData(17, 5, false)]
    [InlineData(5, 5, true)]
    [InlineData(5, 4, false)]
    [InlineData(100, 29, false)]
    [InlineData(100, 30, true)]
    public void Thirty_percent_and_five_targets_make_the_probe_suspect(int answered, int nowSilent, bool suspect) =>
        (
            Second(After(Healthy(answered)), [.. Healthy(answered - nowSilent), .. Silent(answered - nowSilent, answered)]).Suspicion
            is not null
        ).ShouldBe(suspect);

    [Fact]
    public void A_suspect_run_is_incomplete_and_changes_nothing()
    {
        var before = After([.. Healthy(9), Refused("api")]);
        var review = Second(before, [.. Enumerable.Range(0, 9).Select(i => Refused($"o{i}")), Refused("api")]);
        review.Report.Run.IncompleteBecause.ShouldBe(
            "9 of 9 targets that answered last time now fail while resolving or connecting: the probe's own network is suspected before the origins, and nothing that rests on a failed connection is reported as new or resolved."
        );
        review.Changes.Changes.ShouldHaveSingleItem().Kind.ShouldBe(ChangeKind.Ongoing);
        var next = review.NextState([], mailed: false);
        next.Findings.ShouldBe(before.Findings);
        next.Origins.ShouldBe(before.Origins);
        next.Answering.ShouldBe(before.Answering);
        next.LastRun.Suspicions.ShouldBe(1);
    }

    [Fact]
    public void A_target_that_failed_last_time_too_is_no_news() =>
        Second(After([.. Healthy(3), .. Silent(3, 20)]), [.. Healthy(3), .. Silent(3, 20)]).Suspicion.ShouldBeNull();

    [Fact]
    public void A_handshake_that_fails_is_the_origins_own_fault()
    {
        var broken = Enumerable
            .Range(0, 9)
            .Select(i =>
                Refused($"o{i}") with
                {
                    Failure = new()
                    {
                        Stage = OriginWatch.Probing.ProbeStage.Handshake,
                        Reason = OriginWatch.Probing.FailureReason.AlertReceived,
                        Detail = "alert 40",
                    },
                }
            );
        Second(After(Healthy(9)), [.. broken]).Suspicion.ShouldBeNull();
    }

    [Fact]
    public void What_the_deadline_cut_off_counts_neither_way_and_is_still_answering()
    {
        var before = After(Healthy(10));
        var review = Second(before, [.. Healthy(4), .. Enumerable.Range(4, 6).Select(i => NotReached($"o{i}"))]);
        review.Suspicion.ShouldBeNull();
        review.NextState([], mailed: false).Answering.ShouldBe(before.Answering);
    }

    [Fact]
    public void A_third_of_the_origins_may_really_be_gone_so_after_three_runs_the_probe_is_believed()
    {
        var state = After(Healthy(9));
        for (var run = 1; run <= 4; run++)
        {
            var review = Second(state, Enumerable.Range(0, 9).Select(i => Refused($"o{i}")).ToArray());
            (review.Suspicion is not null).ShouldBe(run <= 3);
            review.FindingsNew.ShouldBe(run <= 3 ? 0 : 9);
            state = review.NextState([], mailed: false);
        }

        state.LastRun.Suspicions.ShouldBe(0);
        state.Answering.ShouldBeEmpty();
    }

    [Fact]
    public void An_egress_that_closes_port_80_alone_is_suspected()
    {
        var before = After(OverHttp(10, new Connected()));
        before.Answering.ShouldContain("http://o0.example.com:80");
        Second(before, OverHttp(10, Given.Refused()))
            .Suspicion.ShouldNotBeNull()
            .ShouldSatisfyAllConditions(
                suspicion => suspicion.Looked.ShouldBe(20),
                suspicion => suspicion.Silent.ShouldBe(Enumerable.Range(0, 10).Select(i => $"http://o{i}.example.com:80"))
            );
    }

    [Fact]
    public void A_first_run_suspects_nobody() =>
        RunReview.Of("1", Report(First, [.. Silent(0, 9)]), null, SuppressionList.Empty).Suspicion.ShouldBeNull();

    private static RunState After(IReadOnlyList<SampleOrigin> origins) =>
        RunReview.Of("1", Report(First, origins), null, SuppressionList.Empty).NextState([], mailed: false);

    private static RunReview Second(RunState before, IReadOnlyList<SampleOrigin> origins) =>
        RunReview.Of("2", Report(First.AddDays(1), origins), before, SuppressionList.Empty);

    private static SampleOrigin[] Healthy(int count) => [.. Enumerable.Range(0, count).Select(i => Good($"o{i}"))];

    private static SampleOrigin[] OverHttp(int count, ProbeResult seen) =>
        [.. Healthy(count).Select(origin => origin with { Policy = new("match-viewer"), Http = seen })];

    private static IEnumerable<SampleOrigin> Silent(int from, int to) =>
        Enumerable.Range(from, to - from).Select(i => Night.Silent($"o{i}"));
}
