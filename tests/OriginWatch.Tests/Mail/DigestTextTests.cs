using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using OriginWatch.Audit;
using OriginWatch.Edge;
using OriginWatch.History;
using OriginWatch.Inventory.Organization;
using OriginWatch.Mail;
using OriginWatch.Reporting;
using OriginWatch.Rules;
using OriginWatch.Tests.Edge;
using OriginWatch.Tests.History;
using OriginWatch.Tests.Reporting;
using OriginWatch.Trust;

namespace OriginWatch.Tests.Mail;

public class DigestTextTests
{
    private static readonly DigestWriter Writer = new(Mornings.Settings);

    [Fact]
    public void A_morning_with_failures_reads_as_approved() => ShouldRead(Mornings.Critical(), "critical.txt");

    [Fact]
    public void An_all_clear_reads_as_approved() => ShouldRead(Mornings.AllClear(), "all-clear.txt");

    [Fact]
    public void A_suspect_probe_reads_as_approved() => ShouldRead(Mornings.SuspectProbe(), "suspect-probe.txt");

    [Fact]
    public void Missing_history_reads_as_approved() => ShouldRead(Mornings.HistoryMissing(), "history-missing.txt");

    [Fact]
    public void A_first_run_reads_as_approved() => ShouldRead(Mornings.FirstRun(), "first-run.txt");

    [Fact]
    public void A_date_is_not_forgotten_on_a_night_when_nobody_could_look()
    {
        var end = Night.First.AddDays(10);
        var before = RunReview
            .Of("1", Night.Report(Night.First, Night.Ending("www", end, Night.First)), previous: null, SuppressionList.Empty)
            .NextState([], mailed: true);
        var tonight = RunReview.Of(
            "2",
            Night.Report(Night.First.AddDays(1), Night.NotReached("www")).CutShort(),
            before,
            SuppressionList.Empty
        );
        Compose(tonight).Text.ShouldContain("DUE SOON\n--------\n  2026-11-11, in 9 days: MEDIUM");
    }

    [Fact]
    public void The_compact_twin_reads_as_approved()
    {
        using var json = JsonDocument.Parse(Compose(Mornings.Critical()).Json);
        using var buffer = new MemoryStream();
        using (
            var writer = new Utf8JsonWriter(
                buffer,
                new()
                {
                    Indented = true,
                    NewLine = "\n",
                    Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
                }
            )
        )
        {
            json.WriteTo(writer);
        }

        $"{Encoding.UTF8.GetString(buffer.ToArray())}\n".ShouldBeApproved("critical.json");
    }

    [Fact]
    public void Without_a_history_every_run_is_mailed_and_points_at_the_log()
    {
        var review = RunReview.Of(
            Mornings.RunId,
            Night.Report(Mornings.Now, Night.Good("www"), Night.Refused("api")),
            previous: null,
            SuppressionList.Empty
        ) with
        {
            KeepsHistory = false,
        };
        var mail = new DigestWriter(new() { Environment = "prod" }).Compose(review).ShouldNotBeNull();
        mail.Subject.ShouldBe("[CRITICAL] www.example.org failing (prod)");
        mail.Text.ShouldStartWith("1 origin is failing");
        mail.Text.ShouldContain("No history is kept, so it is not known what is new.");
        mail.Text.ShouldContain("(since when is not known)");
        mail.Text.ShouldNotContain("the report");
        new DigestWriter(new()).Compose(review with { Report = Night.Report(Mornings.Now, Night.Good("www")) }).ShouldNotBeNull();
    }

    [Fact]
    public void What_CloudFront_answered_stands_beside_the_finding_and_the_first_such_mail_says_what_is_sent()
    {
        var first = Asked(previous: null);
        var text = Compose(first).Text;
        OneLine(text).ShouldContain("CloudFront confirmed: CloudFront could not connect to the origin, twice, at");
        text.ShouldContain(EdgeSample.RequestId);
        text.ShouldContain("REQUESTS TO YOUR SITES");
        OneLine(text).ShouldContain("set EDGE=off");
        var second = Compose(Asked(first.NextState([], mailed: true))).Text;
        second.ShouldContain(EdgeSample.RequestId);
        second.ShouldNotContain("REQUESTS TO YOUR SITES");
        Compose(Asked(first.NextState([], mailed: false))).Text.ShouldContain("REQUESTS TO YOUR SITES");
    }

    [Fact]
    public void What_nobody_could_judge_has_CloudFronts_answer_too() =>
        OneLine(
                new DigestWriter(new() { Notify = NotifyMode.Always })
                    .Compose(Asked(previous: null, Night.Silent("api")))
                    .ShouldNotBeNull()
                    .Text
            )
            .ShouldContain($"CloudFront CloudFront could not connect to the origin, twice, at {EdgeSample.Pop}");

    private static string OneLine(string text) => string.Join(' ', text.Split((char[])[' ', '\n'], StringSplitOptions.RemoveEmptyEntries));

    private static RunReview Asked(RunState? previous, SampleOrigin? origin = null)
    {
        var report = Night.Report(previous is null ? Mornings.Now : Mornings.Now.AddDays(2), origin ?? Night.Refused("api"));
        var answer = new EdgeAnswer(EdgeAnswerKind.ConnectionFailed, "CloudFront could not connect to the origin")
        {
            Status = 502,
            Pop = EdgeSample.Pop,
            RequestId = EdgeSample.RequestId,
        };
        var edge = new EdgeObservation([
            new(new(EdgeSample.Question() with { Name = report.Origins[0].Planned.Names[0] }, answer, answer), report.Origins[0].Verdict),
        ]);
        report = ReportBuilder.Rebuild(
            report,
            [report.Origins[0] with { Observation = report.Origins[0].Observation with { Edge = edge } }]
        );
        report = report with { Run = report.Run with { Edge = EdgeMode.Undetermined }, Totals = report.Totals with { AskedAtEdge = 1 } };
        return RunReview.Of(Mornings.RunId, report, previous, SuppressionList.Empty);
    }

    [Fact]
    public void Attributes_let_subscribers_choose() =>
        Compose(Mornings.Critical())
            .Attributes.ShouldBe(
                new Dictionary<string, string>
                {
                    ["severity"] = "critical",
                    ["hasNew"] = "true",
                    ["scope"] = "account",
                    ["accountId"] = "123456789012",
                },
                ignoreOrder: true
            );

    [Theory]
    [InlineData(1_092, true)]
    [InlineData(1_093, false)]
    public void In_an_organization_they_name_the_accounts_while_these_fit(int accounts, bool fit)
    {
        var morning = Mornings.Critical();
        var gaps = Enumerable
            .Range(1, accounts)
            .Select(number => new AccountReading(new Account($"{100_000_000_000 + number}"), AccountOutcome.Denied, "denied"));
        var message = Compose(
            morning with
            {
                Report = morning.Report with
                {
                    Run = morning.Report.Run with { Accounts = [.. gaps, new(new("111122223333"), AccountOutcome.Read)] },
                },
            }
        );
        message.Attributes["scope"].ShouldBe("organization");
        message.Attributes["accountId"].ShouldBe("123456789012");
        message.Attributes.ContainsKey("accounts").ShouldBe(fit);
        message.Attributes.ContainsKey("accountsOmitted").ShouldBe(!fit);
        if (fit)
        {
            JsonElement
                .Parse(message.Attributes["accounts"])
                .GetArrayLength()
                .ShouldBe(accounts, "an account without a finding is not named");
        }

        message.Attributes.Count.ShouldBeLessThanOrEqualTo(10);
        (
            DigestWriter.MaxEnvelopeBytes + message.Attributes.Sum(attribute => attribute.Key.Length + attribute.Value.Length + 12)
        ).ShouldBeLessThan(262_144);
    }

    [Fact]
    public void Hostile_certificates_can_neither_end_a_line_nor_reach_the_margin()
    {
        const string evil = "CN=x\r\nSubject: You won\r\n\r\nFAILING NOW\u001b[31m\u202e\u0000\u0085\u2028 \"quoted\"\\";
        var leaf = SampleChains.Leaf(0, "x", -1) with { Subject = evil + new string('A', 70_000), SerialNumber = evil };
        var chain = new ChainAssessment
        {
            Served = new([leaf]),
            IsTrusted = false,
            Faults = [],
            FirstToExpire = leaf,
        };
        var hostile = Night.Fails("api", SampleRules.NotExpired, $"expired: {evil}") with { Chain = chain };
        var report = Night.Report(
            Mornings.Now,
            hostile,
            Night.Silent("vpn") with
            {
                OfTarget = [(SampleRules.NoAnswer, new Verdict.Undetermined(evil))],
            }
        );
        report = report with { Run = report.Run with { Remarks = [evil], AccountId = $"1\r\nBcc: {evil}" } };
        var digest = new DigestWriter(Mornings.Settings with { Environment = evil })
            .Compose(RunReview.Of(Mornings.RunId, report, null, SuppressionList.Empty))
            .ShouldNotBeNull();
        digest.Text.ShouldNotContain("\nSubject:");
        digest.Text.Split('\n').Count(line => line.StartsWith("FAILING NOW", StringComparison.Ordinal)).ShouldBe(1);
        digest.Text.ShouldContain("\\r\\nSubject: You won\\r\\n");
        ShouldBeBounded(digest);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Fifty_thousand_findings_stay_within_the_bounds(bool oneCauseEach)
    {
        var origin = Night.Report(Mornings.Now, Night.Fails("api", SampleRules.NotExpired, new string('"', 900))).Origins[0];
        var finding = Night.Report(Mornings.Now, Night.Fails("api", SampleRules.NotExpired, new string('\\', 900))).Findings[0];
        var origins = Enumerable.Range(0, 50_000).Select(i => Renamed(origin, $"{new string('o', 100)}{i}")).ToList();
        var report = Night.Report(Mornings.Now, Night.Good("api")) with
        {
            Origins = origins,
            Findings =
            [
                .. Enumerable
                    .Range(0, 50_000)
                    .Select(i =>
                        finding with
                        {
                            Key = $"k{i}",
                            Origin = origins[i],
                            Cause = oneCauseEach ? $"c{i}" : "c",
                            Status = i % 3 == 0 ? FindingStatus.Undetermined : FindingStatus.Fail,
                            Severity = (Severity)(i % 5),
                        }
                    ),
            ],
        };
        report = report with
        {
            Run = report.Run with { Remarks = [.. Enumerable.Range(0, 500).Select(i => $"{i} {new string('"', 2000)}")] },
        };
        var digest = Compose(RunReview.Of(Mornings.RunId, report, null, SuppressionList.Empty));
        ShouldBeBounded(digest);
        digest.Text.ShouldContain(oneCauseEach ? "see the report" : "26,66");
        digest.Text.ShouldStartWith("Report:\nhttps://");
        digest.Text.ShouldContain("Run id       ");
        using var json = JsonDocument.Parse(digest.Json);
        json.RootElement.GetProperty("findings").GetArrayLength().ShouldBeInRange(20, 200);
        json.RootElement.GetProperty("counts").GetProperty("new").GetInt32().ShouldBeGreaterThan(20_000);
    }

    private static OriginReport Renamed(OriginReport origin, string id) =>
        origin with
        {
            Observation = origin.Observation with { Planned = origin.Planned with { Origin = origin.Planned.Origin with { Id = id } } },
        };

    private static DigestMessage Compose(RunReview review) => Writer.Compose(review).ShouldNotBeNull();

    private static void ShouldRead(RunReview review, string name)
    {
        var digest = Compose(review);
        ShouldBeBounded(digest);
        $"Subject: {digest.Subject}\n\n{digest.Text}".ShouldBeApproved(name);
    }

    private static void ShouldBeBounded(DigestMessage digest)
    {
        digest.Subject.Length.ShouldBeLessThanOrEqualTo(99);
        digest.Subject.ShouldAllBe(character => character >= ' ' && character <= '~');
        digest.Text.ShouldAllBe(character => (character >= ' ' && character <= '~') || character == '\n');
        digest.Text.Split('\n').Skip(3).ShouldAllBe(line => line.Length <= 78);
        digest.Text.Length.ShouldBeLessThanOrEqualTo(120_000);
        Encoding.UTF8.GetByteCount(DigestWriter.Envelope(digest)).ShouldBeLessThanOrEqualTo(240_000);
        using var envelope = JsonDocument.Parse(DigestWriter.Envelope(digest));
        envelope.RootElement.GetProperty("email").GetString().ShouldBe(digest.Text);
        envelope.RootElement.GetProperty("default").GetString().ShouldBe(digest.Json);
    }
}
