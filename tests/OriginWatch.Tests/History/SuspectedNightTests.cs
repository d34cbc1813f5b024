using System.Text.Json;
using OriginWatch.Aws;
using OriginWatch.Aws.Publishing;
using OriginWatch.History;
using OriginWatch.Rules;
using OriginWatch.Tests.Reporting;
using static OriginWatch.Tests.Night;

namespace OriginWatch.Tests.History;

/// <summary>While the probe itself is suspected, what rests on silence is withheld, and what was seen is told.</summary>
public class SuspectedNightTests
{
    private readonly Nights _nights = new();

    [Fact]
    public async Task A_fault_that_a_handshake_showed_is_told_by_name_while_others_are_silent()
    {
        await _nights.RunAsync([.. Healthy(12)]);
        var outcome = await _nights.NextAsync([.. Healthy(6), .. Silences(6, 11), SelfSigned("o11")]);
        outcome.Review.Suspicion.ShouldNotBeNull();
        var mail = _nights.Mailbox.ShouldHaveSingleItem();
        mail.Subject.ShouldStartWith("[CRITICAL] www.example.org failing, run incomplete");
        mail.Text.ShouldContain("o11.example.com");
        mail.Text.ShouldContain("self-signed");
    }

    [Fact]
    public async Task Mail_JSON_metrics_and_answer_have_one_count()
    {
        await _nights.RunAsync([.. Healthy(12), Expired("old")]);
        var outcome = await _nights.NextAsync([.. Healthy(6), .. Refusals(6, 11), SelfSigned("o11"), Silent("old")]);
        var review = outcome.Review;
        var mail = _nights.Mailbox[^1];
        using var json = JsonDocument.Parse(mail.Json);
        var metrics = RunMetrics.Of(review, 1, TimeSpan.Zero);
        var summary = RunSummary.Of(review, TimeSpan.Zero);
        mail.Subject.ShouldContain("www.example.org failing, 1 more");
        mail.Text.ShouldContain("2 failing, 5 not evaluated");
        json.RootElement.GetProperty("counts").GetProperty("originsFailing").GetInt32().ShouldBe(2);
        (metrics["OriginsRejected"], metrics["FindingsCritical"], metrics["OriginsUndetermined"]).ShouldBe((2, 2, 5));
        (summary.Rejected, summary.Critical, summary.Undetermined).ShouldBe((2, 2, 5));
    }

    [Fact]
    public async Task What_a_handshake_showed_to_be_repaired_is_resolved()
    {
        await _nights.RunAsync([.. Healthy(11), Expired("old")]);
        var outcome = await _nights.NextAsync([.. Healthy(6), .. Silences(6, 11), Good("old")]);
        outcome.Review.Suspicion.ShouldNotBeNull();
        outcome.Review.Changes.Of(ChangeKind.Resolved).ShouldHaveSingleItem().Record.OriginId.ShouldBe("old");
    }

    [Fact]
    public async Task What_rests_on_a_failed_connection_is_neither_new_nor_in_any_count()
    {
        await _nights.RunAsync([.. Healthy(12)]);
        var outcome = await _nights.NextAsync([.. Healthy(7), .. Refusals(7, 12)]);
        outcome.Review.FindingsNew.ShouldBe(0);
        outcome.Review.Report.Findings.ShouldAllBe(finding => finding.Status == OriginWatch.Audit.FindingStatus.Undetermined);
        outcome.Review.Report.Totals.ByVerdict[OriginVerdict.Rejects].ShouldBe(0);
        RunMetrics.Of(outcome.Review, 1, TimeSpan.Zero)["OriginsRejected"].ShouldBe(0);
        _nights.Mailbox.ShouldHaveSingleItem().Text.ShouldContain("o11.example.com");
    }

    private static SampleOrigin SelfSigned(string id) => Fails(id, SampleRules.NotSelfSigned, "the certificate is self-signed");

    private static SampleOrigin Expired(string id) => Fails(id, SampleRules.NotExpired, "expired on 2026-10-30");

    private static IEnumerable<SampleOrigin> Healthy(int count) => Enumerable.Range(0, count).Select(i => Good($"o{i}"));

    private static IEnumerable<SampleOrigin> Silences(int from, int to) => Enumerable.Range(from, to - from).Select(i => Silent($"o{i}"));

    private static IEnumerable<SampleOrigin> Refusals(int from, int to) => Enumerable.Range(from, to - from).Select(i => Refused($"o{i}"));
}
