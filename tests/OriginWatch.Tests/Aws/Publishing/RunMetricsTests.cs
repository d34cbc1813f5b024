using OriginWatch.Audit;
using OriginWatch.Aws.Publishing;
using OriginWatch.Edge;
using OriginWatch.History;
using OriginWatch.Reporting;
using OriginWatch.Rules;
using OriginWatch.Tests.History;
using OriginWatch.Tests.Reporting;

namespace OriginWatch.Tests.Aws.Publishing;

public class RunMetricsTests
{
    [Fact]
    public void Every_metric_is_sent_after_a_complete_run_and_zero_is_zero()
    {
        var sample = SampleReports.Of(Timed("a", 20), Timed("b", 40));
        var report = sample with { Run = sample.Run with { Edge = EdgeMode.Undetermined } };
        report = report with
        {
            Origins =
            [
                .. report.Origins.Select(origin =>
                    origin with
                    {
                        Observation = origin.Observation with { Traffic = new(new(100, 0), TrafficMeaning.Counted, "") },
                    }
                ),
            ],
        };
        var metrics = RunMetrics.Of(Review(report), 2, TimeSpan.FromSeconds(9));
        metrics.Keys.ShouldBe(RunMetrics.All.Select(metric => metric.Name));
        metrics["RunCompleted"].ShouldBe(1);
        metrics["OriginsJudged"].ShouldBe(2);
        metrics["FindingsCritical"].ShouldBe(0);
        metrics["FindingsNew"].ShouldBe(0);
        metrics["FindingsResolved"].ShouldBe(0);
        metrics["OriginsSuppressed"].ShouldBe(0);
        metrics["OriginsRejected"].ShouldBe(0);
        metrics["ConfirmedSubscribers"].ShouldBe(2);
        metrics["RunDurationSeconds"].ShouldBe(9);
    }

    [Theory]
    [InlineData(TrafficMeaning.Contradicts, 2)]
    [InlineData(TrafficMeaning.Agrees, 0)]
    public void Contradicted_verdicts_are_counted_where_CloudFronts_metrics_are_read(TrafficMeaning meaning, double expected)
    {
        var report = SampleReports.Of(Timed("a", 20), Timed("b", 40));
        RunMetrics.Of(Review(report), 2, TimeSpan.Zero).ContainsKey("VerdictsContradicted").ShouldBeFalse();
        report = SampleReports.OfTraffic(new(new(100, 0), meaning, ""), Timed("a", 20), Timed("b", 40));
        RunMetrics.Of(Review(report), 2, TimeSpan.Zero)["VerdictsContradicted"].ShouldBe(expected);
    }

    [Fact]
    public void Days_to_expiry_are_negative_afterwards() =>
        RunMetrics.Of(Review(SampleReports.Demo()), 1, TimeSpan.Zero)["MinDaysToExpiry"].ShouldBe(-10);

    [Fact]
    public void Without_a_certificate_there_are_no_days_and_without_a_handshake_no_times()
    {
        var metrics = RunMetrics.Of(Review(SampleReports.Of(SampleReports.HttpOnly("legacy"))), 0, TimeSpan.Zero);
        metrics.Keys.ShouldNotContain("MinDaysToExpiry");
        metrics.Keys.ShouldNotContain("HandshakeP50");
        metrics["OriginsJudged"].ShouldBe(0);
        metrics["ConfirmedSubscribers"].ShouldBe(0);
    }

    [Fact]
    public void A_run_that_judged_nothing_sends_what_is_known() =>
        RunMetrics
            .Of(null, null, TimeSpan.FromSeconds(1))
            .ShouldBe(new Dictionary<string, double> { ["RunCompleted"] = 0, ["RunDurationSeconds"] = 1 }, ignoreOrder: true);

    [Fact]
    public void An_incomplete_run_is_not_completed()
    {
        var report = SampleReports.Healthy();
        RunMetrics
            .Of(Review(report with { Run = report.Run with { IncompleteBecause = "Cut." } }), 1, TimeSpan.Zero)["RunCompleted"]
            .ShouldBe(0);
    }

    [Fact]
    public void What_an_incomplete_run_did_not_look_at_stays_counted_and_its_days_are_not_guessed()
    {
        var before = RunReview
            .Of("1", Night.Report(Night.First, Night.Refused("www"), Night.Good("api")), previous: null, SuppressionList.Empty)
            .NextState([], mailed: true);
        var review = RunReview.Of(
            "2",
            Night.Report(Night.First.AddDays(1), Night.NotReached("www"), Night.Good("api")).CutShort(),
            before,
            SuppressionList.Empty
        );
        var metrics = RunMetrics.Of(review, 1, TimeSpan.Zero);
        metrics["FindingsCritical"].ShouldBe(1);
        metrics.Keys.ShouldNotContain("MinDaysToExpiry");
    }

    [Fact]
    public void What_is_new_is_counted_and_what_is_suppressed_is_in_no_other_count()
    {
        var suppressions = new SuppressionList(
            [
                new()
                {
                    Rule = "OW301",
                    Reason = "known",
                    Owner = "ops",
                    Expires = new(2100, 1, 1),
                },
            ],
            Problem: null
        );
        var before = RunMetrics.Of(Review(SampleReports.Demo()), 1, TimeSpan.Zero);
        var review = Review(SampleReports.Demo(), suppressions);
        var metrics = RunMetrics.Of(review, 1, TimeSpan.Zero);
        metrics["FindingsNew"].ShouldBe(review.FindingsNew);
        metrics["FindingsNew"].ShouldBeGreaterThan(0);
        metrics["OriginsSuppressed"].ShouldBeGreaterThan(0);
        metrics["FindingsCritical"].ShouldBeLessThan(before["FindingsCritical"]);
    }

    [Fact]
    public void Without_history_nobody_says_what_is_new()
    {
        var review = Review(SampleReports.Demo()) with { HistoryMissing = "Denied." };
        RunMetrics.Of(review, 1, TimeSpan.Zero).Keys.ShouldNotContain("FindingsNew");
    }

    [Theory]
    [InlineData(0.50, 10)]
    [InlineData(0.95, 19)]
    public void Percentiles_go_by_nearest_rank(double part, double expected)
    {
        var metrics = RunMetrics.Of(
            Review(SampleReports.Of([.. Enumerable.Range(1, 20).Select(number => Timed($"o{number}", number))])),
            1,
            TimeSpan.Zero
        );
        metrics[part < 0.9 ? "HandshakeP50" : "HandshakeP95"].ShouldBe(expected);
    }

    private static RunReview Review(AuditReport report, SuppressionList? suppressions = null) =>
        RunReview.Of("run", report, previous: null, suppressions ?? SuppressionList.Empty);

    private static SampleOrigin Timed(string id, int milliseconds) =>
        SampleReports.Good(id) with
        {
            HandshakeTime = TimeSpan.FromMilliseconds(milliseconds),
        };
}
