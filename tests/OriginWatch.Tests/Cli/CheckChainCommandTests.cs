using System.Text.Json;
using OriginWatch.Cli;
using OriginWatch.Tests.Trust;
using OriginWatch.Tests.Trust.Repair;

namespace OriginWatch.Tests.Cli;

public sealed class CheckChainCommandTests : IDisposable
{
    private readonly Shell _shell = new();
    private readonly TestPki _pki = new();
    private readonly string _roots;

    public CheckChainCommandTests() => _roots = _shell.Write("roots.pem", _pki.Root.Certificate.ExportCertificatePem());

    [Fact]
    public async Task A_good_bundle_ends_with_0()
    {
        var result = await CheckAsync(Good(), "--name", TestPki.Name);

        result.Error.ShouldBeEmpty();
        result.Code.ShouldBe(ExitCode.Clean);
        result.Output.ShouldStartWith($"CloudFront accepts this chain for {TestPki.Name}.");
        result.Output.ShouldContain("Trusted  yes, by CN=Test Root");
        result.Output.ShouldContain("Order    in order and complete");
        result.Output.ShouldContain($"Name     {TestPki.Name} is covered");
    }

    [Fact]
    public async Task An_uncovered_name_ends_with_3()
    {
        var result = await CheckAsync(Good(), "--name", "www.example.org", "--name", TestPki.Name);
        result.Code.ShouldBe(ExitCode.Findings);
        result.Output.ShouldContain("Name     www.example.org is not covered");
        result.Output.ShouldStartWith(
            $"CloudFront rejects this certificate for www.example.org: the certificate does not cover www.example.org; it is for {TestPki.Name}"
        );
    }

    [Fact]
    public async Task A_name_that_is_not_covered_is_a_fault_in_JSON()
    {
        var json = JsonDocument.Parse((await CheckAsync(Good(), "--name", "www.example.org", "--format", "json")).Output).RootElement;
        json.GetProperty("faults").EnumerateArray().Select(fault => fault.GetProperty("kind").GetString()).ShouldContain("nameNotCovered");
        json.GetProperty("verdict").GetString()!.ShouldStartWith("CloudFront rejects this certificate for www.example.org");
    }

    [Theory]
    [InlineData("check-chain", "/dev/zero")]
    [InlineData("roots", "--roots", "/dev/zero")]
    [InlineData("scan", "--config", "/dev/zero")]
    [InlineData("scan", "--inventory", "/dev/zero")]
    public async Task A_device_without_end_is_refused(params string[] arguments)
    {
        Assert.SkipUnless(File.Exists("/dev/zero"), "there is no /dev/zero here");
        var result = await _shell.RunAsync(arguments);
        result.Code.ShouldBeOneOf(ExitCode.CouldNotDoTheJob, ExitCode.WrongUsage);
        result.Error.ShouldMatch("larger than [0-9]+ [KM]iB");
    }

    [Fact]
    public async Task The_file_after_fix_chain_alone_is_the_chain()
    {
        var file = _shell.Write("bundle.pem", Good());
        var before = await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken);
        var result = await _shell.RunAsync("check-chain", "--roots", _roots, "--at", "2026-11-23", "--fix-chain", file);
        result.Code.ShouldBe(ExitCode.Clean);
        result.Output.TrimEnd().ShouldEndWith("-----END CERTIFICATE-----");
        (await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken)).ShouldBe(before);
    }

    [Fact]
    public async Task A_later_time_can_be_judged()
    {
        var result = await CheckAsync(Good(), "--at", "2027-12-31");
        result.Code.ShouldBe(ExitCode.Findings);
        result.Output.ShouldContain("expired: certificate 0 (CN=origin.example.com): it expired on 2027-01-22");
    }

    [Fact]
    public async Task Badly_served_is_not_good_enough_and_can_be_mended()
    {
        var bundle =
            _pki.Leaf.ExportCertificatePem()
            + "\n"
            + _pki.Upper.Certificate.ExportCertificatePem()
            + "\n"
            + _pki.Issuing.Certificate.ExportCertificatePem();
        (await CheckAsync(bundle)).Code.ShouldBe(ExitCode.Findings);

        var target = _shell.PathOf("fixed.pem");
        var result = await CheckAsync(bundle, "--fix-chain", target);

        result.Output.ShouldContain("Install 3 certificates in this order");
        result.Output.ShouldContain("This bundle is accepted: it leads to CN=Test Root.");
        result.Output.ShouldContain($"Written to {target} and accepted.");
        (await CheckAsync(await File.ReadAllTextAsync(target, TestContext.Current.CancellationToken))).Code.ShouldBe(ExitCode.Clean);
    }

    [Fact]
    public async Task A_missing_intermediate_is_fetched_only_on_request()
    {
        await using var server = new FileServer();
        var root = Forged.Root(Recipe.Authority("CN=Root"));
        var issuing = root.Issue(Recipe.Authority("CN=Issuing"));
        var leaf = issuing.Issue(new() { IssuerAddresses = [server.Url("/issuing")] });
        server.Serve("/issuing", issuing.Certificate.RawData);
        var file = _shell.Write("leaf.pem", leaf.Certificate.ExportCertificatePem());
        string[] command =
        [
            "check-chain",
            file,
            "--roots",
            _shell.Write("root.pem", root.Certificate.ExportCertificatePem()),
            "--at",
            "2026-11-23",
        ];

        var plain = await _shell.RunAsync(command);
        server.Asked.ShouldBeEmpty();
        plain.Output.ShouldContain("missingIntermediate: certificate 0");
        (await _shell.RunAsync([.. command, "--fix-chain"])).Output.ShouldContain("only public ones are fetched from");
        var mended = await _shell.RunAsync([.. command, "--fix-chain", "--allow-private-addresses"]);

        mended.Output.ShouldContain($"Fetched CN=Issuing from {server.Url("/issuing")}.");
        mended.Output.TrimEnd().ShouldEndWith("-----END CERTIFICATE-----");
        mended.Code.ShouldBe(ExitCode.Findings);
    }

    [Fact]
    public async Task A_root_that_leaves_is_said_on_the_day_and_the_chain_is_still_good()
    {
        var root = OriginWatch.Trust.TrustStore.LoadMozilla().Anchors.Single(anchor => anchor.Label == "GlobalSign Root CA - R3");
        var file = _shell.Write("r3.pem", OriginWatch.Trust.PemCertificates.Write(root.Certificate.Raw.Span));

        (await _shell.RunAsync("check-chain", file, "--at", "2025-10-14")).Output.ShouldNotContain("rootToBeRemoved");
        (await _shell.RunAsync("check-chain", file, "--at", "2026-11-26")).Output.ShouldContain(
            "rootToBeRemoved: the root GlobalSign Root CA - R3 leaves Mozilla's list on 2027-04-15 (140 days left)"
        );
        var result = await _shell.RunAsync("check-chain", file, "--at", "2027-05-01");
        result.Output.ShouldContain(
            "rootToBeRemoved: the root GlobalSign Root CA - R3 was due to leave Mozilla's list on 2027-04-15 (16 days ago)"
        );
        result.Output.ShouldContain("Trusted  yes, by CN=GlobalSign");
    }

    /// <summary>The days that Mozilla and the CAs publish, each with the night before and the night of it.</summary>
    [Theory]
    [InlineData("GlobalSign Root CA - R3", "2027-04-14", "leaves Mozilla's list on 2027-04-15 (1 day left)")]
    [InlineData("GlobalSign Root CA - R3", "2027-04-15", "was due to leave Mozilla's list on 2027-04-15 (today)")]
    [InlineData("USERTrust ECC Certification Authority", "2028-04-14", "leaves Mozilla's list on 2028-04-15 (1 day left)")]
    [InlineData("USERTrust ECC Certification Authority", "2028-04-15", "was due to leave Mozilla's list on 2028-04-15 (today)")]
    [InlineData("DigiCert Global Root G3", "2029-04-14", "leaves Mozilla's list on 2029-04-15 (1 day left)")]
    [InlineData("DigiCert Global Root G3", "2029-04-15", "was due to leave Mozilla's list on 2029-04-15 (today)")]
    [InlineData("ISRG Root X1", "2030-06-03", "leaves Mozilla's list on 2030-06-04 (1 day left)")]
    [InlineData("ISRG Root X1", "2030-06-04", "was due to leave Mozilla's list on 2030-06-04 (today)")]
    public async Task Each_published_day_shows_on_that_day(string label, string at, string said)
    {
        var root = OriginWatch.Trust.TrustStore.LoadMozilla().Anchors.Single(anchor => anchor.Label == label);
        var file = _shell.Write("root.pem", OriginWatch.Trust.PemCertificates.Write(root.Certificate.Raw.Span));
        (await _shell.RunAsync("check-chain", file, "--at", at)).Output.ReplaceLineEndings(" ").ShouldContain($"{label} {said}");
    }

    [Fact]
    public async Task Json_has_the_same_answers()
    {
        var result = await CheckAsync(Good(), "--name", TestPki.Name, "--format", "json");
        var json = JsonDocument.Parse(result.Output).RootElement;
        json.GetProperty("trusted").GetBoolean().ShouldBeTrue();
        json.GetProperty("diagnosis").GetString().ShouldBe("none");
        json.GetProperty("names")[0].GetProperty("covered").GetBoolean().ShouldBeTrue();
        json.GetProperty("certificates").GetArrayLength().ShouldBe(3);
    }

    [Theory]
    [InlineData(ExitCode.CouldNotDoTheJob, "check-chain", "/nonexistent/chain.pem")]
    [InlineData(ExitCode.WrongUsage, "check-chain")]
    [InlineData(ExitCode.WrongUsage, "check-chain", "x.pem", "--format", "xml")]
    [InlineData(ExitCode.WrongUsage, "check-chain", "x.pem", "--at", "yesterday")]
    public async Task Wrong_usage_and_failure_have_codes_of_their_own(int code, params string[] args) =>
        (await _shell.RunAsync(args)).Code.ShouldBe(code);

    [Fact]
    public async Task A_file_without_a_certificate_says_what_to_give()
    {
        var result = await CheckAsync("nothing");
        result.Code.ShouldBe(ExitCode.CouldNotDoTheJob);
        result.Error.ShouldContain("holds no certificate: give the PEM file");
    }

    public void Dispose()
    {
        _pki.Dispose();
        _shell.Dispose();
    }

    private string Good() =>
        string.Join(
            '\n',
            new[] { _pki.Leaf, _pki.Issuing.Certificate, _pki.Upper.Certificate }.Select(certificate => certificate.ExportCertificatePem())
        );

    private Task<ShellResult> CheckAsync(string bundle, params string[] options)
    {
        string[] time = options.Contains("--at") ? [] : ["--at", "2026-11-23T12:00:00Z"];
        return _shell.RunAsync(["check-chain", _shell.Write("bundle.pem", bundle), "--roots", _roots, .. time, .. options]);
    }
}
