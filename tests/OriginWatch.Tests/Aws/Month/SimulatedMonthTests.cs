using System.Text.Json;
using System.Text.RegularExpressions;

namespace OriginWatch.Tests.Aws.Month;

/// <summary>
/// Thirty nights of November against moto, each at six in the morning: the deployed function with its role, bucket and topic, real servers
/// behind the origins, and what each night mails, counts and remembers.
/// </summary>
public sealed partial class SimulatedMonthTests : IAsyncLifetime
{
    private const string Mutes = """
        suppressions:
          - distribution: E3OLD
            rule: OW101
            reason: "the vendor has no TLS before December, OPS-812"
            owner: web-team@example.com
            expires: 2026-11-20
        """;

    private const string Diary = """
        01 medium 2, new 2, muted 1; 22 days left
           open: old OW101 High muted, www OW312 Medium, legacy OW104 Medium, legacy OW502 Informational
           mail: [MEDIUM] www.example.org has 22 days left, 1 more, 2 new (prod)
        02 medium 2, muted 1; 21 days left
           open: old OW101 High muted, www OW312 Medium, legacy OW104 Medium, legacy OW502 Informational
        03 medium 2, new 1, muted 1; 20 days left
           open: old OW101 High muted, www OW303 Medium, legacy OW104 Medium, legacy OW502 Informational
           mail: [MEDIUM] www.example.org has 20 days left, 1 more, 1 new (prod)
        04 medium 2, muted 1; 19 days left
           open: old OW101 High muted, www OW303 Medium, legacy OW104 Medium, legacy OW502 Informational
        05 medium 2, muted 1; 18 days left
           open: old OW101 High muted, www OW303 Medium, legacy OW104 Medium, legacy OW502 Informational
        06 critical 1, medium 2, new 1, muted 1, rejected 1; 17 days left
           open: blog OW202 Critical, old OW101 High muted, www OW303 Medium, legacy OW104 Medium, legacy OW502 Informational
           mail: [CRITICAL] blog.example.org failing, 1 new (prod)
           07:00 follow-up: quiet
           08:00 follow-up: medium 2, resolved 1
           09:00 follow-up: quiet
           mail: [MEDIUM] blog.example.org resolved (prod)
        07 medium 2, muted 1; 16 days left
           open: old OW101 High muted, www OW303 Medium, legacy OW104 Medium, legacy OW502 Informational
        08 medium 2, muted 1; 15 days left
           open: old OW101 High muted, www OW303 Medium, legacy OW104 Medium, legacy OW502 Informational
        09 not complete; medium 2, muted 1, undetermined 2
           open: old OW101 High muted, www OW303 Medium, legacy OW104 Medium, legacy OW502 Informational
           mail: [INCOMPLETE] www.example.org has 14 days left, 1 more (prod)
        10 medium 2, muted 1; 13 days left
           open: old OW101 High muted, www OW303 Medium, legacy OW104 Medium, legacy OW502 Informational
           14:00 update of E2BLOG: critical 1, medium 2, new 1, rejected 1
           15:00 follow-up: medium 2, resolved 1
           mail: [CRITICAL] blog.example.org failing, 1 new (prod)
           mail: [MEDIUM] blog.example.org resolved (prod)
        11 not complete; FAILED: AWS denied cloudfront:ListDistributions (AccessDenied:). Allow the action cloudfront:ListDistributions to this identity.
           open: old OW101 High muted, www OW303 Medium, legacy OW104 Medium, legacy OW502 Informational
           mail: [FAILED] CloudFront origins: no origin was evaluated (prod)
        12 medium 2, muted 1; 11 days left
           open: old OW101 High muted, www OW303 Medium, legacy OW104 Medium, legacy OW502 Informational
        13 medium 1, muted 1; 10 days left
           open: old OW101 High muted, www OW303 Medium
           mail: [MEDIUM] www.example.org has 10 days left, 1 gone (prod)
        14 medium 1, muted 1; 9 days left
           open: old OW101 High muted, www OW303 Medium
        15 critical 1, medium 1, new 1, muted 1, rejected 1; 8 days left; FAILED: sns:GetTopicAttributes failed (ServiceUnavailable: The service is unavailable). sns:Publish failed (ServiceUnavailable: The service is unavailable).
           open: api OW202 Critical, old OW101 High muted, www OW303 Medium; 1 digest pending
        16 critical 1, medium 1, muted 1, rejected 1; 7 days left
           open: api OW202 Critical, old OW101 High muted, www OW303 Medium
           mail: [CRITICAL] www.example.org failing, 1 new (prod)
        17 high 1, muted 1; 6 days left | and at the same time: high 1, resolved 1, muted 1; 6 days left
           open: www OW303 High, old OW101 High muted
           mail: [HIGH] www.example.org has 6 days left, 1 changed, 1 resolved (prod)
        18 high 1, muted 1; 5 days left
           open: www OW303 High, old OW101 High muted
        19 high 1, muted 1; 4 days left
           open: www OW303 High, old OW101 High muted
        20 high 1, muted 1; 3 days left
           open: www OW303 High, old OW101 High muted
        21 high 2; 2 days left
           open: www OW303 High, old OW101 High
           mail: [HIGH] www.example.org has 2 days left, 1 more, 1 changed (prod)
        22 high 2; 1 days left
           open: www OW303 High, old OW101 High
        23 high 2; 0 days left
           open: www OW303 High, old OW101 High
        24 critical 1, high 1, new 1, rejected 1; -1 days left
           open: www OW301 Critical, old OW101 High
           mail: [CRITICAL] www.example.org failing, 1 new (prod)
        25 critical 1, high 1, rejected 1; -2 days left
           open: www OW301 Critical, old OW101 High
           mail: [CRITICAL] www.example.org failing (prod)
        26 high 1, resolved 1; 62 days left
           open: old OW101 High
           mail: [HIGH] old.example.org needs attention, 1 resolved (prod)
        27 critical 1, high 1, new 1, rejected 1; 61 days left
           open: gated OW214 Critical, old OW101 High
           mail: [CRITICAL] gated.example.org failing, 1 new (prod)
           17 x follow-up: quiet
        28 critical 1, high 1, rejected 1; 60 days left
           open: gated OW214 Critical, old OW101 High
           mail: [CRITICAL] gated.example.org failing (prod)
        29 high 1, resolved 1; 59 days left
           open: old OW101 High
           mail: [HIGH] old.example.org needs attention, 1 resolved (prod)
        30 high 1; 58 days left
           open: old OW101 High
        """;

    private MonthAccount? _account;
    private string? _missing;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private MonthAccount Account => _account!;

    public async ValueTask InitializeAsync()
    {
        Tools.SkipUnlessLong();
        _missing = await MotoServer.MissingAsync();
        if (_missing is null)
        {
            _account = new();
            await _account.DeployAsync();
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_account is not null)
        {
            await _account.DisposeAsync();
        }
    }

    [Fact]
    public async Task A_month_of_nights_mails_what_changed_and_nothing_else()
    {
        Tools.SkipOrFail(_missing);
        await Account.WriteSuppressionsAsync(Mutes, Token);
        var nights = new MonthNights(Account);
        var (diary, deliveries) = (new List<string>(), new List<Delivery>());
        for (var day = 1; day <= 30; day++)
        {
            Account.Time.SetUtcNow(MonthAccount.FirstNight.AddDays(day - 1));
            await nights.ChangeTheWorldAsync(day);
            var runs = await nights.LiveThroughAsync(day);
            var mailed = await Account.DeliveriesAsync(Token);
            diary.Add($"{day:00} {string.Join(" | and at the same time: ", runs)}");
            diary.Add($"   open: {await OpenAsync()}");
            diary.AddRange(mailed.Select(delivery => $"   mail: {delivery.Mail.Subject}"));
            deliveries.AddRange(mailed);
            foreach (var line in await nights.SpendTheDayAsync(day))
            {
                diary.Add($"   {line}");
            }

            mailed = await Account.DeliveriesAsync(Token);
            diary.AddRange(mailed.Select(delivery => $"   mail: {delivery.Mail.Subject}"));
            deliveries.AddRange(mailed);
        }

        CheckDeliveries(deliveries);
        string.Join('\n', diary).ShouldBe(Diary);
        EmfLines.Count(nights.Log).ShouldBe(34, "31 nightly runs, and three between them in which something changed");
        (await Account.ObjectsAsync(Token))
            .Where(key => !key.StartsWith("reports/2026-11-", StringComparison.Ordinal))
            .ShouldBe(["config/suppressions.yaml", "state.json"]);
    }

    /// <summary>Every mail once, the same to everybody, and in the words that somebody approved.</summary>
    private void CheckDeliveries(List<Delivery> deliveries)
    {
        deliveries.Select(delivery => Id(delivery.Queue)).ShouldBeUnique();
        foreach (var (i, (mail, queue, http)) in deliveries.Index())
        {
            (http.Subject, http.Message).ShouldBe((mail.Subject, queue.Message));
            queue.Subject.ShouldBe(mail.Subject);
            queue.Attributes["accountId"].ShouldBe("123456789012");
            $"Subject: {mail.Subject}\n\n{Steady(mail.Text, Id(queue))}".ShouldBeApproved($"month/mail-{i + 1:00}.txt");
        }
    }

    private static string Id(Notification notification) => JsonElement.Parse(notification.Message).GetProperty("id").GetString()!;

    /// <summary>Without what differs from run to run; what takes its place is as long, so that lines break where they did.</summary>
    private string Steady(string text, string id)
    {
        text = Account.Origins.Aggregate(
            text.Replace(id, "(the run's id)", StringComparison.Ordinal),
            (steady, origin) =>
                steady
                    .Replace($":{origin.EndPoint.Port}", ":40443", StringComparison.Ordinal)
                    .Replace($" {origin.EndPoint.Port}", " 40443", StringComparison.Ordinal)
        );
        return Random().Replace(text, match => new string('0', match.Length));
    }

    private async Task<string> OpenAsync()
    {
        var state = await Account.StateAsync(Token);
        var open = state.Findings.Select(finding =>
            $"{finding.OriginId} {finding.RuleId} {finding.Severity}{(finding.Suppressed ? " muted" : "")}"
        );
        return $"{string.Join(", ", open)}{(state.Pending.Count == 0 ? "" : $"; {state.Pending.Count} digest pending")}";
    }

    /// <summary>Serial numbers and hashes, the endings of random names, CloudFront's request ids.</summary>
    [GeneratedRegex(
        "(?<![0-9A-Za-z_-])[0-9A-Za-z_-]{52}==|[0-9a-f]{32,}|(?<=FunctionRole-)[0-9A-Z]+|(?<=originwatch-bucket-)[0-9a-z]+",
        RegexOptions.ExplicitCapture,
        1000
    )]
    private static partial Regex Random();
}
