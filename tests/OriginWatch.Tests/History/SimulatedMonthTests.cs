using System.Globalization;
using OriginWatch.History;
using OriginWatch.Inventory;
using OriginWatch.Rules;
using OriginWatch.Tests.Reporting;
using OriginWatch.Tests.Reporting.Digest;

namespace OriginWatch.Tests.History;

/// <summary>Thirty nights of November, each at six in the morning: what is mailed, what is counted, and what is remembered.</summary>
public class SimulatedMonthTests
{
    private const string Mutes = """
        suppressions:
          - distribution: E3OLD
            rule: OW101
            reason: "the vendor has no TLS before December, OPS-812"
            owner: web-team@example.com
            expires: 2026-11-20
        """;

    /// <summary>One certificate ends on the 24th; its successor is installed on the 25th, after six.</summary>
    private static readonly DateTimeOffset OldEnd = new(2026, 11, 24, 0, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset NewEnd = OldEnd.AddDays(92);

    private readonly Nights _nights = new();
    private readonly CancellationToken _cancel = TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_month_of_nights_mails_what_changed_and_nothing_else()
    {
        _nights.Store.Suppressions = Mutes;
        var diary = new List<string>();
        for (var day = 1; day <= 30; day++)
        {
            diary.Add(await LiveThroughAsync(day));
            _nights.Time.Advance(TimeSpan.FromDays(1));
        }

        string.Join('\n', diary).ShouldBe(Diary);
        _nights.Mailbox.Select(mail => mail.Id).ShouldBeUnique();
        foreach (var (i, mail) in _nights.Mailbox.Index())
        {
            $"Subject: {mail.Subject}\n\n{mail.Text.Replace(mail.Id, "(the run's id)", StringComparison.Ordinal)}".ShouldBeApproved($"month/mail-{i + 1:00}.txt");
        }
    }

    private const string Diary = """
        01 new 1, resolved 0, suppressed 1; open: old OW101 High muted, legacy OW104 Medium
           mail: [MEDIUM] CloudFront origins: 0 failing, 1 new (123456789012 prod)
        02 new 0, resolved 0, suppressed 1; open: old OW101 High muted, legacy OW104 Medium
        03 new 1, resolved 0, suppressed 1; open: old OW101 High muted, www OW303 Medium, legacy OW104 Medium
           mail: [MEDIUM] CloudFront origins: 0 failing, 1 new (123456789012 prod)
        04 new 0, resolved 0, suppressed 1; open: old OW101 High muted, www OW303 Medium, legacy OW104 Medium
        05 new 0, resolved 0, suppressed 1; open: old OW101 High muted, www OW303 Medium, legacy OW104 Medium
        06 new 1, resolved 0, suppressed 1; open: blog OW203 Critical, old OW101 High muted, www OW303 Medium, legacy OW104 Medium
           mail: [CRITICAL] CloudFront origins: 1 failing, 1 new (123456789012 prod)
        07 new 0, resolved 1, suppressed 1; open: old OW101 High muted, www OW303 Medium, legacy OW104 Medium
           mail: [MEDIUM] CloudFront origins: 0 failing, 1 resolved (123456789012 prod)
        08 new 0, resolved 0, suppressed 1; open: old OW101 High muted, www OW303 Medium, legacy OW104 Medium
        09 new 0, resolved 0, suppressed 1; open: old OW101 High muted, www OW303 Medium, legacy OW104 Medium
           mail: [INCOMPLETE] CloudFront origins: 0 failing, run incomplete (123456789012 prod)
        10 new 0, resolved 0, suppressed 1; open: old OW101 High muted, www OW303 Medium, legacy OW104 Medium
        11 inventory denied: InventoryException; open: old OW101 High muted, www OW303 Medium, legacy OW104 Medium
        12 new 0, resolved 0, suppressed 1; open: old OW101 High muted, www OW303 Medium, legacy OW104 Medium
        13 new 0, resolved 0, suppressed 1; open: old OW101 High muted, www OW303 Medium
           mail: [MEDIUM] CloudFront origins: 0 failing, 1 gone (123456789012 prod)
        14 new 0, resolved 0, suppressed 1; open: old OW101 High muted, www OW303 Medium
        15 new 1, resolved 0, suppressed 1; run failed: SNS is down; pending 1; open: api OW203 Critical, old OW101 High muted, www OW303 Medium
        16 new 0, resolved 0, suppressed 1; open: api OW203 Critical, old OW101 High muted, www OW303 Medium
           mail: [CRITICAL] CloudFront origins: 1 failing, 1 new (123456789012 prod)
           mail: [CRITICAL] CloudFront origins: 1 failing (123456789012 prod)
        17 new 0, resolved 1, suppressed 1; and at the same time new 0, resolved 0, suppressed 1; open: www OW303 High, old OW101 High muted
           mail: [HIGH] CloudFront origins: 0 failing, 1 changed, 1 resolved (123456789012 prod)
        18 new 0, resolved 0, suppressed 1; open: www OW303 High, old OW101 High muted
        19 new 0, resolved 0, suppressed 1; open: www OW303 High, old OW101 High muted
        20 new 0, resolved 0, suppressed 1; open: www OW303 High, old OW101 High muted
        21 new 0, resolved 0, suppressed 0; open: www OW303 High, old OW101 High
           mail: [HIGH] CloudFront origins: 0 failing, 1 changed (123456789012 prod)
        22 new 0, resolved 0, suppressed 0; open: www OW303 High, old OW101 High
        23 new 0, resolved 0, suppressed 0; open: www OW303 High, old OW101 High
        24 new 1, resolved 0, suppressed 0; open: www OW301 Critical, old OW101 High
           mail: [CRITICAL] CloudFront origins: 1 failing, 1 new (123456789012 prod)
        25 new 0, resolved 0, suppressed 0; open: www OW301 Critical, old OW101 High
           mail: [CRITICAL] CloudFront origins: 1 failing (123456789012 prod)
        26 new 0, resolved 1, suppressed 0; open: old OW101 High
           mail: [HIGH] CloudFront origins: 0 failing, 1 resolved (123456789012 prod)
        27 new 0, resolved 0, suppressed 0; open: old OW101 High
        28 new 0, resolved 0, suppressed 0; open: old OW101 High
        29 new 0, resolved 0, suppressed 0; open: old OW101 High
        30 new 0, resolved 0, suppressed 0; open: old OW101 High
        """;

    private async Task<string> LiveThroughAsync(int day)
    {
        var mailed = _nights.Mailbox.Count;
        var counts = day switch
        {
            11 => await DeniedAsync(),
            15 => await WithoutPublisherAsync(),
            17 => await TwiceAtOnceAsync(),
            _ => Counted(await _nights.RunAsync(Tonight(day))),
        };
        var lines = new List<string> { $"{day:00} {counts}; open: {Open()}" };
        lines.AddRange(_nights.Mailbox.Skip(mailed).Select(mail => $"   mail: {mail.Subject}"));
        return string.Join('\n', lines);
    }

    private OriginWatch.Reporting.AuditReport Tonight(int day)
    {
        var now = _nights.Now;
        var www = day == 9 ? Night.NotReached("www") : Night.Ending("www", day < 26 ? OldEnd : NewEnd, now);
        var api = day is 15 or 16 ? Night.Refused("api") : Night.Good("api");
        var blog = day == 6 ? Night.Refused("blog", "E2BLOG") : Night.Good("blog", "E2BLOG");
        var legacy = Night.Good("legacy", "E4LEGACY") with { OfOrigin = [(SampleRules.OldProtocols, new Verdict.Fail("TLSv1 and TLSv1.1 are allowed"))] };
        SampleOrigin[] origins = [www, api, blog, Mornings.Plain("old", "E3OLD"), .. day < 13 ? [legacy] : Array.Empty<SampleOrigin>()];
        var report = Night.Report(now, origins);
        return day == 9 ? report.CutShort() : report;
    }

    /// <summary>The role may not list: there is no report at all, and the function's own alarm speaks.</summary>
    private async Task<string> DeniedAsync()
    {
        await _nights.NewRecorder().BeginAsync(_cancel);
        return $"inventory denied: {nameof(InventoryException)}";
    }

    private async Task<string> WithoutPublisherAsync()
    {
        _nights.Accept = _ => throw new IOException("SNS is down");
        var outcome = await _nights.RunAsync(Tonight(15));
        _nights.Accept = _ => { };
        return $"{Counted(outcome)}; run failed: {outcome.Failures.ShouldHaveSingleItem().Message}; pending {_nights.Store.State!.Pending.Count}";
    }

    private async Task<string> TwiceAtOnceAsync()
    {
        var (one, two) = (_nights.NewRecorder(), _nights.NewRecorder());
        var (startOne, startTwo) = (await one.BeginAsync(_cancel), await two.BeginAsync(_cancel));
        var first = await one.FinishAsync(startOne, Tonight(17), _ => [], _cancel);
        var second = await two.FinishAsync(startTwo, Tonight(17), _ => [], _cancel);
        return $"{Counted(first)}; and at the same time {Counted(second)}";
    }

    private static string Counted(RunOutcome outcome)
        => string.Create(CultureInfo.InvariantCulture, $"new {outcome.Review.FindingsNew}, resolved {outcome.Review.FindingsResolved}, suppressed {outcome.Review.Suppressions.Findings}");

    private string Open()
        => string.Join(", ", _nights.Store.State!.Findings.Select(finding => $"{finding.OriginId} {finding.RuleId} {finding.Severity}{(finding.Suppressed ? " muted" : "")}"));
}
