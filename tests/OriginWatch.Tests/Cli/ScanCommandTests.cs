using System.Text.Json;
using System.Text.RegularExpressions;
using OriginWatch.Cli;
using OriginWatch.Cli.Commands;
using OriginWatch.Edge;
using OriginWatch.Loopback;

namespace OriginWatch.Tests.Cli;

public sealed partial class ScanCommandTests : IDisposable
{
    private const string Name = "origin.example.com";
    private readonly Shell _shell = new();
    private readonly CertificateAuthority _root = CertificateAuthority.CreateRoot("CN=Test Root", DateTimeOffset.UtcNow);

    [Fact]
    public async Task A_healthy_origin_ends_with_0_and_says_so_first()
    {
        await using var server = TlsServer.Start(TlsServerShape.For(_root.IssueLeaf(Name)));
        var result = await ScanAsync(server.EndPoint.Port);
        result.Error.ShouldBeEmpty();
        result.Code.ShouldBe(ExitCode.Clean);
        result.Output.ShouldStartWith("CloudFront accepts");
    }

    [Fact]
    public async Task An_expired_certificate_ends_with_3()
    {
        await using var server = TlsServer.Start(TlsServerShape.For(_root.IssueLeaf(Name, Expired())));
        var result = await ScanAsync(server.EndPoint.Port);
        result.Code.ShouldBe(ExitCode.Findings);
        result.Output.ShouldContain("OW301");
    }

    [Fact]
    public async Task Fail_on_none_ends_with_0_whatever_is_found()
    {
        await using var server = TlsServer.Start(TlsServerShape.For(_root.IssueLeaf(Name, Expired())));
        (await ScanAsync(server.EndPoint.Port, "--fail-on", "none")).Code.ShouldBe(ExitCode.Clean);
    }

    [Fact]
    public async Task Time_can_be_set_so_that_tomorrows_expiry_shows_today()
    {
        await using var server = TlsServer.Start(TlsServerShape.For(_root.IssueLeaf(Name)));
        var result = await ScanAsync(server.EndPoint.Port, "--at", "2099-01-31");
        result.Code.ShouldBe(ExitCode.Findings);
        result.Output.ShouldContain("OW301");
    }

    [Theory]
    [InlineData(null, true, EdgeMode.Off)]
    [InlineData(null, false, EdgeMode.Undetermined)]
    [InlineData("off", false, EdgeMode.Off)]
    [InlineData("undetermined", true, EdgeMode.Undetermined)]
    [InlineData("all", true, EdgeMode.All)]
    public void CloudFront_is_asked_against_an_account_and_not_from_a_saved_listing_unless_somebody_says_so(
        string? chosen,
        bool isSavedListing,
        EdgeMode mode
    ) => ScanCommand.EdgeOf(chosen, isSavedListing).ShouldBe(mode);

    [Theory]
    [InlineData("off")]
    [InlineData("undetermined")]
    public async Task The_report_says_whether_CloudFront_was_asked(string mode)
    {
        await using var server = TlsServer.Start(TlsServerShape.For(_root.IssueLeaf(Name)));
        var words = mode == "off" ? Array.Empty<string>() : ["--edge", mode];
        using var json = JsonDocument.Parse((await ScanAsync(server.EndPoint.Port, [.. words, "--format", "json"])).Output);
        json.RootElement.GetProperty("run").GetProperty("edge").GetString().ShouldBe(mode);
    }

    [Fact]
    public async Task Another_mode_of_asking_is_refused()
    {
        var result = await _shell.RunAsync("scan", "--inventory", Listing(443), "--edge", "sometimes");
        result.Code.ShouldNotBe(ExitCode.Clean);
        result.Error.ShouldContain("undetermined");
    }

    [Theory]
    [InlineData(ExitCode.Clean)]
    [InlineData(ExitCode.Findings, "--expiry-warning-days", "999")]
    [InlineData(ExitCode.Findings, "--expiry-urgent-days", "999")]
    [InlineData(ExitCode.WrongUsage, "--expiry-warning-days", "0")]
    [InlineData(ExitCode.WrongUsage, "--expiry-warning-days", "1000")]
    [InlineData(ExitCode.WrongUsage, "--expiry-urgent-days", "soon")]
    [InlineData(ExitCode.WrongUsage, "--expiry-urgent-days", "30", "--expiry-warning-days", "20")]
    public async Task When_expiry_is_soon_can_be_set(int code, params string[] options)
    {
        await using var server = TlsServer.Start(TlsServerShape.For(_root.IssueLeaf(Name)));
        var result = await ScanAsync(server.EndPoint.Port, ["--fail-on", "medium", .. options]);
        result.Code.ShouldBe(code, result.Error);
        result.Output.Contains("OW303", StringComparison.Ordinal).ShouldBe(code == ExitCode.Findings);
    }

    [Fact]
    public async Task Without_the_flag_loopback_is_not_connected_to()
    {
        await using var server = TlsServer.Start(TlsServerShape.For(_root.IssueLeaf(Name)));
        var result = await _shell.RunAsync(
            "scan",
            "--inventory",
            Listing(server.EndPoint.Port),
            "--resolve",
            $"{Name}:{server.EndPoint.Port}:127.0.0.1",
            "--roots",
            RootsFile(),
            "--format",
            "json",
            "--quiet"
        );
        server.Connections.ShouldBe(0);
        using var json = JsonDocument.Parse(result.Output);
        json.RootElement.GetProperty("origins")[0].GetProperty("verdict").GetString().ShouldBe("undetermined");
    }

    [Fact]
    public async Task Json_on_stdout_is_the_contract_and_two_runs_differ_only_in_times()
    {
        await using var server = TlsServer.Start(TlsServerShape.For(_root.IssueLeaf(Name)));
        var first = (await ScanAsync(server.EndPoint.Port, "--format", "json")).Output;
        using var json = JsonDocument.Parse(first);
        var attempt = json.RootElement.GetProperty("origins")[0].GetProperty("targets")[0].GetProperty("attempts")[0];
        attempt.GetProperty("address").GetString().ShouldBe("127.0.0.1");
        attempt.GetProperty("protocol").GetString().ShouldBe("TLSv1.3");
        attempt.GetProperty("chain")[0].GetProperty("sha256").GetString()!.Length.ShouldBe(64);
        attempt.GetProperty("failure").ValueKind.ShouldBe(JsonValueKind.Null);
        var second = (await ScanAsync(server.EndPoint.Port, "--format", "json")).Output;
        WithoutTimes(second).ShouldBe(WithoutTimes(first));
    }

    [Fact]
    public async Task Reports_are_written_to_every_file_in_the_format_of_its_name()
    {
        await using var server = TlsServer.Start(TlsServerShape.For(_root.IssueLeaf(Name)));
        var result = await ScanAsync(
            server.EndPoint.Port,
            "--output",
            _shell.PathOf("a.json"),
            "--output",
            _shell.PathOf("b.html"),
            "--output",
            _shell.PathOf("c.txt")
        );
        result.Code.ShouldBe(ExitCode.Clean);
        using var json = JsonDocument.Parse(await File.ReadAllTextAsync(_shell.PathOf("a.json"), TestContext.Current.CancellationToken));
        json.RootElement.GetProperty("schemaVersion").GetInt32().ShouldBe(1);
        (await File.ReadAllTextAsync(_shell.PathOf("b.html"), TestContext.Current.CancellationToken)).ShouldStartWith(
            "<!DOCTYPE html>",
            Case.Insensitive
        );
        (await File.ReadAllTextAsync(_shell.PathOf("c.txt"), TestContext.Current.CancellationToken)).ShouldBe(result.Output);
    }

    [Theory]
    [InlineData("not json")]
    [InlineData("{}")]
    [InlineData("""{"DistributionList":{"IsTruncated":true,"Quantity":0,"NextMarker":"E1"}}""")]
    public async Task A_file_that_is_no_whole_listing_ends_with_1_and_one_line(string text)
    {
        var result = await _shell.RunAsync("scan", "--inventory", _shell.Write("listing.json", text), "--quiet");
        result.Code.ShouldBe(ExitCode.CouldNotDoTheJob);
        result.Output.ShouldBeEmpty();
        result.Error.ShouldStartWith("originwatch: ");
        result.Error.TrimEnd().ShouldNotContain('\n');
    }

    [Theory]
    [InlineData("--resolve", "origin.example.com:127.0.0.1", "NAME:PORT:ADDRESS")]
    [InlineData("--dns", "resolver.example.com", "IP address")]
    [InlineData("--at", "tomorrow", "2027-01-31")]
    [InlineData("--concurrency", "0", "1 to 512")]
    [InlineData("--concurrency", "513", "1 to 512")]
    [InlineData("--fail-on", "bad", "critical")]
    [InlineData("--format", "pdf", "json")]
    public async Task A_wrong_value_ends_with_2_and_says_what_is_allowed(string option, string value, string says)
    {
        var result = await _shell.RunAsync("scan", "--inventory", Listing(443), option, value);
        result.Code.ShouldBe(ExitCode.WrongUsage);
        result.Error.ShouldContain(says);
    }

    [Theory]
    [InlineData("scna")]
    [InlineData("scan", "--inventroy", "x")]
    public async Task An_unknown_word_ends_with_2(params string[] args) => (await _shell.RunAsync(args)).Code.ShouldBe(ExitCode.WrongUsage);

    [Fact]
    public async Task A_roots_file_without_certificates_ends_with_1()
    {
        var result = await _shell.RunAsync(
            "scan",
            "--inventory",
            Listing(443),
            "--roots",
            _shell.Write("empty.pem", "nothing here"),
            "--quiet"
        );
        result.Code.ShouldBe(ExitCode.CouldNotDoTheJob);
        result.Error.ShouldStartWith("originwatch: ");
    }

    [Fact]
    public async Task A_listing_without_distributions_is_a_warning_that_names_it()
    {
        var result = await _shell.RunAsync("scan", "--inventory", _shell.Write("none.json", ListingJson.Of()), "--quiet");
        (result.Code, result.Error).ShouldBe((ExitCode.Clean, "originwatch: warning: no distributions with origins found in none.json\n"));
        result.Output.ShouldStartWith("Warning: no distributions with origins found in none.json.");
    }

    [Theory]
    [InlineData("--output", "missing/report.json", "does not exist")]
    [InlineData("-o", "report.pdf", ".txt, .json, .html, .md, .csv, .sarif, .junit.xml, .prom or .asff.json")]
    [InlineData("-o", "report", ".txt, .json, .html, .md, .csv, .sarif, .junit.xml, .prom or .asff.json")]
    public async Task A_report_that_could_not_be_written_is_said_before_the_scan(string option, string file, string says)
    {
        var result = await _shell.RunAsync("scan", "--inventory", Listing(443), option, _shell.PathOf(file));
        result.Code.ShouldBe(ExitCode.WrongUsage);
        result.Error.ShouldContain(says);
        result.Error.TrimEnd().Split('\n').Length.ShouldBe(2);
        result.Error.ShouldContain("scan --help'.");
    }

    [Theory]
    [InlineData("--format", "json", "--format", "text")]
    [InlineData("--concurrency", "1", "--concurrency", "2")]
    [InlineData("--fail-on", "high", "--fail-on", "low")]
    [InlineData("--at", "2027-01-01", "--at", "2027-01-02")]
    [InlineData("--profile", "a", "--profile", "b")]
    [InlineData("--inventory", "a", "--inventory", "b")]
    public async Task An_option_that_is_given_twice_is_wrong_usage(params string[] args)
    {
        var result = await _shell.RunAsync(["scan", .. args]);
        result.Code.ShouldBe(ExitCode.WrongUsage);
        result.Error.TrimEnd().Split('\n').Length.ShouldBe(2);
    }

    [Fact]
    public async Task Format_is_for_standard_output_and_each_file_follows_its_name()
    {
        await using var server = TlsServer.Start(TlsServerShape.For(_root.IssueLeaf(Name)));
        var result = await ScanAsync(server.EndPoint.Port, "--format", "markdown", "-o", _shell.PathOf("a.sarif"));
        result.Output.ShouldStartWith("## OriginWatch");
        (await File.ReadAllTextAsync(_shell.PathOf("a.sarif"), TestContext.Current.CancellationToken)).ShouldContain("sarif-2.1.0");
    }

    [Fact]
    public async Task With_a_baseline_the_headline_says_how_many_fail_and_how_many_are_new()
    {
        await using var server = TlsServer.Start(TlsServerShape.For(_root.IssueLeaf(Name, Expired())));
        await ScanAsync(server.EndPoint.Port, "-o", _shell.PathOf("before.json"));
        var result = await ScanAsync(server.EndPoint.Port, "--baseline", _shell.PathOf("before.json"), "--changed-only");
        result.Code.ShouldBe(ExitCode.Clean);
        result.Output.ShouldStartWith("1 of 1 origin fails for viewers now (not new).");
        result.Output.ShouldNotContain("OW301");
        (
            await ScanAsync(
                server.EndPoint.Port,
                "--baseline",
                _shell.Write("empty.json", """{"schemaVersion":1,"findings":[]}"""),
                "--changed-only"
            )
        ).Output.ShouldStartWith("1 of 1 origin fails for viewers now (new).");
    }

    [Fact]
    public async Task Nothing_judged_is_said_and_ends_with_3_on_request()
    {
        string[] command = ["scan", "--inventory", Listing(443), "--resolve", $"{Name}:443:127.0.0.1", "--quiet"];
        var result = await _shell.RunAsync(command);
        result.Code.ShouldBe(ExitCode.Clean);
        result.Output.ShouldStartWith("None of 1 origin could be evaluated.");
        (await _shell.RunAsync([.. command, "--fail-on-undetermined"])).Code.ShouldBe(ExitCode.Findings);
    }

    [Fact]
    public async Task Suppressions_that_need_somebody_are_named()
    {
        await using var server = TlsServer.Start(TlsServerShape.For(_root.IssueLeaf(Name)));
        var file = _shell.Write(
            "suppressions.yaml",
            $"""
            suppressions:
              - rule: OW101
                reason: The vendor has no TLS.
                owner: web team
                expires: 2020-01-31
              - rule: OW3*
                reason: The vendor renews by hand.
                owner: web team
                expires: {DateTimeOffset.UtcNow.AddDays(3):yyyy-MM-dd}
            """
        );
        var result = await ScanAsync(server.EndPoint.Port, "--suppressions", file, "--format", "json");
        using var json = JsonDocument.Parse(result.Output);
        var remarks = string.Join(
            '\n',
            json.RootElement.GetProperty("run").GetProperty("remarks").EnumerateArray().Select(remark => remark.GetString())
        );
        remarks.ShouldContain("OW101: expired on 2020-01-31, web team. Renew or remove it.");
        remarks.ShouldContain("OW3*: lapses on");
        remarks.ShouldContain("OW3*: unused, web team.");
    }

    [Fact]
    public async Task Filters_leave_distributions_out_and_say_so()
    {
        await using var server = TlsServer.Start(TlsServerShape.For(_root.IssueLeaf(Name, Expired())));
        var result = await ScanAsync(server.EndPoint.Port, "--distribution", "E2*");
        (result.Code, server.Connections).ShouldBe((ExitCode.Clean, 0));
        result.Output.ShouldContain("Left out by --distribution: 1 of 1 distributions.");
        var told = await ScanAsync(server.EndPoint.Port, "--rule", "OW1*", "--severity", "high");
        told.Code.ShouldBe(ExitCode.Clean);
        told.Output.ShouldContain("Left out by --rule and --severity:");
    }

    [Fact]
    public async Task A_filtered_scan_resolves_nothing_in_the_history()
    {
        await using var server = TlsServer.Start(TlsServerShape.For(_root.IssueLeaf(Name, Expired())));
        string[] history = ["--history", _shell.PathOf("history")];
        await ScanAsync(server.EndPoint.Port, history);
        (await ScanAsync(server.EndPoint.Port, [.. history, "--distribution", "other"])).Error.ShouldContain(
            "the history was read and not changed"
        );
        (await ScanAsync(server.EndPoint.Port, history)).Error.ShouldContain("0 new, 0 changed, 0 resolved, 0 gone");
    }

    public void Dispose()
    {
        _root.Dispose();
        _shell.Dispose();
    }

    private static CertificateShape Expired() =>
        new() { NotBefore = DateTimeOffset.UtcNow.AddDays(-90), NotAfter = DateTimeOffset.UtcNow.AddDays(-1) };

    [GeneratedRegex(
        "(startedAt|finishedAt|judgedAt|[a-z]+Milliseconds)\": [^,\n]+",
        RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 60_000
    )]
    private static partial Regex Times();

    private static string WithoutTimes(string json) => Times().Replace(json, "");

    private string Listing(int port) =>
        _shell.Write("listing.json", ListingJson.Of(ListingJson.Distribution("E1TEST", ListingJson.Origin("origin", Name, port))));

    private string RootsFile() => _shell.Write("roots.pem", _root.Certificate.ExportCertificatePem());

    private Task<ShellResult> ScanAsync(int port, params string[] more) =>
        _shell.RunAsync([
            "scan",
            "--inventory",
            Listing(port),
            "--resolve",
            $"{Name}:{port}:127.0.0.1",
            "--roots",
            RootsFile(),
            "--allow-private-addresses",
            "--quiet",
            .. more,
        ]);
}
