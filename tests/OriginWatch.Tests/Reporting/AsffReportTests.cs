using System.Text;
using System.Text.Json;
using OriginWatch.Audit;
using OriginWatch.Cli;
using OriginWatch.Inventory.Organization;
using OriginWatch.Reporting;
using OriginWatch.Rules;
using OriginWatch.Text;

namespace OriginWatch.Tests.Reporting;

public class AsffReportTests
{
    private const string Account = "123456789012";

    [Fact]
    public void A_finding_keeps_its_key_as_id_and_names_its_distribution()
    {
        var report = Demo();
        var findings = Findings(report);
        findings
            .Select(finding => finding.GetProperty("Id").GetString())
            .ShouldBe(report.Findings.Select(finding => $"originwatch/{finding.Key}"));
        var first = findings[0];
        first.GetProperty("ProductArn").GetString().ShouldBe($"arn:aws:securityhub:eu-west-1:{Account}:product/{Account}/default");
        first
            .GetProperty("Resources")[0]
            .GetProperty("Id")
            .GetString()!
            .ShouldEndWith($":distribution/{report.Findings[0].DistributionId}");
        first.GetProperty("FindingProviderFields").GetProperty("Severity").GetProperty("Label").GetString().ShouldBe("CRITICAL");
        first.GetProperty("RecordState").GetString().ShouldBe("ACTIVE");
        findings
            .Any(finding =>
                finding.TryGetProperty("Severity", out _)
                || finding.TryGetProperty("Types", out _)
                || finding.TryGetProperty("Workflow", out _)
            )
            .ShouldBeFalse();
    }

    [Fact]
    public void What_could_not_be_judged_is_not_available_and_what_is_accepted_says_why()
    {
        var report = Demo();
        var findings = Findings(report, new() { Suppressed = new Dictionary<string, string> { [report.Findings[0].Key] = "known" } });
        findings[0].GetProperty("ProductFields").GetProperty("originwatch/SuppressedBecause").GetString().ShouldBe("known");
        foreach (var (finding, json) in report.Findings.Zip(findings))
        {
            json.GetProperty("Compliance")
                .GetProperty("Status")
                .GetString()
                .ShouldBe(finding.Status == FindingStatus.Fail ? "FAILED" : "NOT_AVAILABLE");
        }
    }

    [Fact]
    public void What_a_baseline_had_and_passes_now_is_archived()
    {
        var before = SampleReports.Of(
            SampleReports.Rejected("app", SampleChains.Expired("app.example.com", -1), SampleRules.NotExpired, "expired")
        );
        var good = SampleReports.Good("app") with { OfTarget = [(SampleRules.NotExpired, new Verdict.Pass())] };
        var key = before.Findings[0].Key;
        var archived = Findings(SampleReports.Of(good), new() { Baseline = new HashSet<string> { key } }).ShouldHaveSingleItem();
        archived.GetProperty("Id").GetString().ShouldBe($"originwatch/{key}");
        archived.GetProperty("RecordState").GetString().ShouldBe("ARCHIVED");
        archived.GetProperty("Compliance").GetProperty("Status").GetString().ShouldBe("PASSED");
        Findings(SampleReports.Of(SampleReports.Unjudged("app")), new() { Baseline = new HashSet<string> { key } })
            .ShouldAllBe(finding => finding.GetProperty("RecordState").GetString() == "ACTIVE");
        Findings(SampleReports.Of(SampleReports.Good("app")), new() { Baseline = new HashSet<string> { key } })
            .ShouldBeEmpty("the rule was not asked");
    }

    [Theory]
    [InlineData("E1DEMO/other/OW301", "other: the origin was removed")]
    [InlineData("E9GONE/a/b/OW301/www.example.com:443", "a/b: the distribution was deleted")]
    [InlineData("E9GONE/app/OW999", "app: the distribution was deleted")]
    [InlineData("E1DEMO/app/OW301/old.example.com:443", "app: no request reaches the origin under this name any more")]
    public void What_is_gone_is_archived(string key, string description)
    {
        var archived = Findings(
                SampleReports.Of(SampleReports.Good("app")),
                new()
                {
                    Baseline = new HashSet<string> { $"{Account}/{key}", $"999999999999/{key}", "rubbish" },
                }
            )
            .ShouldHaveSingleItem();
        archived.GetProperty("Id").GetString().ShouldBe($"originwatch/{Account}/{key}");
        archived.GetProperty("RecordState").GetString().ShouldBe("ARCHIVED");
        archived.GetProperty("Compliance").GetProperty("Status").GetString().ShouldBe("NOT_AVAILABLE");
        archived.GetProperty("Description").GetString().ShouldBe(description);
        archived
            .GetProperty("Resources")[0]
            .GetProperty("Id")
            .GetString()
            .ShouldBe($"arn:aws:cloudfront::{Account}:distribution/{key.Split('/')[0]}");
    }

    [Fact]
    public void Where_distributions_were_left_out_none_is_gone() =>
        Findings(
                SampleReports.Of(SampleReports.Good("app")),
                new()
                {
                    Baseline = new HashSet<string> { $"{Account}/E9GONE/app/OW301" },
                    LeavesDistributionsOut = true,
                }
            )
            .ShouldBeEmpty();

    [Fact]
    public void What_gave_way_to_another_finding_of_the_same_name_is_archived()
    {
        var expired = SampleReports.Rejected("app", SampleChains.Expired("app.example.com", -1), SampleRules.NotExpired, "expired");
        var findings = Findings(
            SampleReports.Of(
                expired with
                {
                    OfTarget = [.. expired.OfTarget, (SampleRules.NotExpiring, new Verdict.NotApplicable("it has expired"))],
                }
            ),
            new() { Baseline = new HashSet<string> { $"{Account}/E1DEMO/app/OW303/app.example.com:443" } }
        );
        findings
            .Select(finding => (finding.GetProperty("GeneratorId").GetString(), finding.GetProperty("RecordState").GetString()))
            .ShouldBe([("OW301", "ACTIVE"), ("OW303", "ARCHIVED")]);
    }

    [Fact]
    public void It_was_created_when_it_was_seen_first()
    {
        var report = Demo();
        var first = report.Run.StartedAt.AddDays(-9);
        var findings = Findings(report, new() { FirstSeen = new Dictionary<string, DateTimeOffset> { [report.Findings[0].Key] = first } });
        findings[0].GetProperty("CreatedAt").GetDateTimeOffset().ShouldBe(first);
        findings[1].GetProperty("CreatedAt").GetDateTimeOffset().ShouldBe(report.Run.StartedAt);
        findings[0].GetProperty("UpdatedAt").GetDateTimeOffset().ShouldBe(report.Run.FinishedAt);
    }

    [Fact]
    public void A_file_holds_a_hundred()
    {
        var report = SampleReports.Many(1000);
        var parts = AsffReport.Render(report, Options());
        parts.Count.ShouldBe((report.Findings.Count + 99) / 100);
        parts.ShouldAllBe(part => JsonDocument.Parse(part, default).RootElement.GetArrayLength() <= 100);
    }

    [Fact]
    public void Nothing_is_imported_of_a_run_that_is_not_complete() =>
        Findings(Demo() is var report ? report with { Run = report.Run with { IncompleteBecause = "cut" } } : report).ShouldBeEmpty();

    [Fact]
    public void An_unknown_account_is_an_error_that_names_the_format() =>
        Should
            .Throw<OperatorException>(() =>
                AsffReport.Render(Demo() is var report ? report with { Run = report.Run with { AccountId = null } } : report)
            )
            .Message.ShouldStartWith("asff: ");

    [Fact]
    public void Of_several_accounts_each_gets_its_own_findings_and_a_denied_one_nothing()
    {
        var report = Several();
        var files = AsffReport.RenderByAccount(
            report,
            Options() with
            {
                Baseline = new HashSet<string> { "222222222222/E9GONE/app/OW301", "333333333333/E8/app/OW301" },
            }
        );
        files.Select(file => file.Account).ShouldBe(["111111111111", "222222222222"]);
        foreach (var (account, parts) in files)
        {
            foreach (var finding in JsonDocument.Parse(parts.ShouldHaveSingleItem()).RootElement.EnumerateArray())
            {
                finding.GetProperty("AwsAccountId").GetString().ShouldBe(account);
                finding
                    .GetProperty("ProductArn")
                    .GetString()
                    .ShouldBe($"arn:aws:securityhub:eu-west-1:{account}:product/{account}/default");
                finding.GetProperty("Id").GetString()!.ShouldStartWith($"originwatch/{account}/");
                finding
                    .GetProperty("Resources")[0]
                    .GetProperty("Id")
                    .GetString()!
                    .ShouldStartWith($"arn:aws:cloudfront::{account}:distribution/");
            }
        }

        JsonDocument
            .Parse(files[1].Parts[0])
            .RootElement.EnumerateArray()
            .Select(finding => finding.GetProperty("RecordState").GetString())
            .ShouldBe(["ACTIVE", "ARCHIVED"]);
        AsffReport
            .RenderByAccount(
                report with
                {
                    Run = report.Run with
                    {
                        IncompleteBecause = $"{report.Run.IncompleteBecause} The run ran out of time: 1 of 4 targets not reached.",
                    },
                },
                Options()
            )
            .ShouldBeEmpty();
        Should.Throw<OperatorException>(() => AsffReport.Render(report, Options())).Message.ShouldContain("--output FILE.asff.json");
    }

    [Fact]
    public async Task Each_account_gets_a_file_and_those_of_an_earlier_scan_go()
    {
        var folder = Directory.CreateTempSubdirectory("originwatch-");
        try
        {
            string[] earlier =
            [
                "findings.asff.json",
                "findings.222222222222.2.asff.json",
                "findings.333333333333.asff.json",
                "findings.333333333333.2.asff.json",
            ];
            string[] others = ["findings.notes.asff.json", "other.333333333333.asff.json"];
            foreach (var name in earlier.Concat(others))
            {
                await File.WriteAllTextAsync(Path.Combine(folder.FullName, name), "[{}]", TestContext.Current.CancellationToken);
            }

            await Reports.WriteAllAsync(
                Several(),
                [new(Path.Combine(folder.FullName, "findings.asff.json"))],
                Options(),
                TestContext.Current.CancellationToken
            );
            folder
                .EnumerateFiles()
                .Select(file => file.Name)
                .ShouldBe(["findings.111111111111.asff.json", "findings.222222222222.asff.json", .. others], ignoreOrder: true);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    /// <summary>Two accounts with a finding each, and one that was denied.</summary>
    private static AuditReport Several()
    {
        var report = Night.Report(Night.First, Night.Refused("a", "E1SHOP"), Night.Refused("b", "E2NEWS"));
        AccountReading[] accounts =
        [
            new(new Account("111111111111"), AccountOutcome.Read),
            new(new Account("222222222222"), AccountOutcome.Read),
            new(new Account("333333333333"), AccountOutcome.Denied, "no role"),
        ];
        return ReportBuilder.Rebuild(
            report with
            {
                Run = report.Run with { Accounts = accounts, IncompleteBecause = AccountGaps.Sentence(accounts) },
            },
            [
                .. report.Origins.Select(
                    (origin, i) =>
                        origin with
                        {
                            Observation = origin.Observation with
                            {
                                Planned = origin.Planned with
                                {
                                    Distribution = origin.Planned.Distribution with { AccountId = accounts[i].Account.Id },
                                },
                            },
                        }
                ),
            ]
        );
    }

    [Fact]
    public void Hostile_text_keeps_the_lengths_that_the_API_takes()
    {
        var hostile = HostileText.Report();
        foreach (var finding in Findings(hostile with { Run = hostile.Run with { AccountId = Account, IncompleteBecause = null } }))
        {
            finding.GetProperty("Id").GetString()!.Length.ShouldBeLessThanOrEqualTo(512);
            finding.GetProperty("Title").GetString()!.Length.ShouldBeLessThanOrEqualTo(256);
            finding.GetProperty("Description").GetString()!.Length.ShouldBeLessThanOrEqualTo(1024);
            finding
                .GetProperty("Remediation")
                .GetProperty("Recommendation")
                .GetProperty("Text")
                .GetString()!
                .Length.ShouldBeLessThanOrEqualTo(512);
            finding.GetRawText().ShouldNotContain("\\u001b");
            Encoding.UTF8.GetByteCount(finding.GetRawText()).ShouldBeLessThan(240 * 1024);
        }
    }

    private static AuditReport Demo() =>
        SampleReports.Demo() is var report ? report with { Run = report.Run with { AccountId = Account } } : report;

    private static ReportOptions Options() => new() { Region = "eu-west-1" };

    private static List<JsonElement> Findings(AuditReport report, ReportOptions? options = null) =>
        [
            .. AsffReport
                .Render(report, (options ?? new()) with { Region = "eu-west-1" })
                .SelectMany(part => JsonDocument.Parse(part).RootElement.EnumerateArray()),
        ];
}
