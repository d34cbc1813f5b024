using OriginWatch.Cli;
using OriginWatch.Loopback;
using OriginWatch.Tests.Inventory.Terraform;

namespace OriginWatch.Tests.Cli;

/// <summary>A change is tried before it is applied: the plan of the branch against the report of the base branch's plan.</summary>
public sealed class PlannedScanTests : IDisposable
{
    private const string Name = "origin.example.com";
    private const string Other = "other.example.com";
    private readonly Shell _shell = new();
    private readonly CertificateAuthority _root = CertificateAuthority.CreateRoot("CN=Test Root", DateTimeOffset.UtcNow);

    [Fact]
    public async Task A_plan_that_breaks_an_origin_ends_with_3_against_the_base_branchs_report()
    {
        await using var server = TlsServer.Start(TlsServerShape.For(_root.IssueLeaf(Name)));
        var report = _shell.PathOf("base.json");
        (await ScanAsync(server, "base.plan.json", Plan(server.EndPoint.Port, Name), "--output", report)).Code.ShouldBe(ExitCode.Clean);

        var result = await ScanAsync(server, "plan.json", Plan(server.EndPoint.Port, Other), "--baseline", report, "--changed-only");

        result.Code.ShouldBe(ExitCode.Findings);
        result.Output.ShouldContain(TerraformJson.Address);
        result.Output.ShouldContain(Other);
        result.Output.ShouldNotContain("the-secret-value");
        (await ScanAsync(server, "plan.json", Plan(server.EndPoint.Port, Name), "--baseline", report)).Code.ShouldBe(ExitCode.Clean);
    }

    [Theory]
    [InlineData("module.cdn[\"eu/west\"].aws_cloudfront_distribution.site[\"a/b\"]/app", ExitCode.Clean)]
    [InlineData("module.cdn[\"eu/west\"].aws_cloudfront_distribution.site[\"a/b\"]", ExitCode.Clean)]
    [InlineData("www.example.com/app", ExitCode.Clean)]
    [InlineData("module.cdn[\"eu/west\"].aws_cloudfront_distribution.site[\"a/b\"]/none", ExitCode.CouldNotDoTheJob)]
    public async Task An_address_with_slashes_is_explained_as_reports_spell_it(string subject, int code)
    {
        await using var server = TlsServer.Start(TlsServerShape.For(_root.IssueLeaf(Name)));
        var plan = Plan(server.EndPoint.Port, Name, "module.cdn[\"eu/west\"].aws_cloudfront_distribution.site[\"a/b\"]");
        var result = await _shell.RunAsync(
            "explain",
            subject,
            "--inventory",
            _shell.Write("plan.json", plan),
            "--resolve",
            $"{Name}:{server.EndPoint.Port}:127.0.0.1",
            "--roots",
            _shell.Write("roots.pem", _root.Certificate.ExportCertificatePem()),
            "--allow-private-addresses",
            "--quiet"
        );
        result.Code.ShouldBe(code, result.Error);
        (code == ExitCode.Clean ? result.Output : result.Error).ShouldContain(
            code == ExitCode.Clean ? "www.example.com (module.cdn" : "has no origin \"none\"; it has app."
        );
    }

    [Fact]
    public async Task A_format_that_needs_the_account_says_so_and_the_others_are_written()
    {
        await using var server = TlsServer.Start(TlsServerShape.For(_root.IssueLeaf(Name)));
        var result = await ScanAsync(
            server,
            "plan.json",
            Plan(server.EndPoint.Port, Name),
            "--output",
            _shell.PathOf("a.asff.json"),
            "--output",
            _shell.PathOf("b.junit.xml")
        );
        result.Code.ShouldBe(ExitCode.CouldNotDoTheJob);
        result.Error.ShouldStartWith("originwatch: asff: the account is not known");
        File.Exists(_shell.PathOf("b.junit.xml")).ShouldBeTrue();
    }

    [Fact]
    public async Task A_parameter_gives_a_template_its_origin()
    {
        await using var server = TlsServer.Start(TlsServerShape.For(_root.IssueLeaf(Name)));
        var template = """
            Parameters: {Host: {Type: String}}
            Resources:
              Cdn:
                Type: AWS::CloudFront::Distribution
                Properties:
                  DistributionConfig:
                    Enabled: true
                    Origins: [{Id: app, DomainName: !Ref Host, CustomOriginConfig: {HTTPSPort: PORT, OriginProtocolPolicy: https-only, OriginSSLProtocols: [TLSv1.2]}}]
                    DefaultCacheBehavior: {TargetOriginId: app, ViewerProtocolPolicy: https-only, CachePolicyId: 658327ea-f89d-4fab-a63d-7e88639e58f6}
            """.Replace("PORT", $"{server.EndPoint.Port}", StringComparison.Ordinal);
        var unknown = await ScanAsync(server, "template.yaml", template);
        unknown.Output.ShouldContain("Cdn/app is not tested");
        server.Connections.ShouldBe(0);
        var known = await ScanAsync(server, "template.yaml", template, "--parameter", $"Host={Name}");
        known.Code.ShouldBe(ExitCode.Clean);
        server.Connections.ShouldBeGreaterThan(0);
    }

    [Theory]
    [InlineData("Host", "--parameter takes KEY=VALUE")]
    [InlineData("=x", "--parameter takes KEY=VALUE")]
    public async Task A_parameter_without_key_or_value_is_wrong_usage(string parameter, string sentence)
    {
        var result = await _shell.RunAsync("scan", "--inventory", _shell.Write("t.yaml", "Resources: {}"), "--parameter", parameter);
        (result.Code, result.Error.Contains(sentence, StringComparison.Ordinal)).ShouldBe((ExitCode.WrongUsage, true));
    }

    [Fact]
    public async Task A_parameter_given_twice_or_without_a_template_is_wrong_usage()
    {
        (await _shell.RunAsync("scan", "--parameter", "A=1")).Error.ShouldContain("name it with --inventory");
        (await _shell.RunAsync("scan", "--inventory", "x", "--parameter", "A=1", "--parameter", "A=2")).Error.ShouldContain(
            "--parameter A is given twice"
        );
    }

    public void Dispose()
    {
        _root.Dispose();
        _shell.Dispose();
    }

    private static string Plan(int port, string domainName, string address = TerraformJson.Address)
    {
        var origin = TerraformJson.Origin(domainName: domainName);
        origin["custom_origin_config"]![0]!["https_port"] = port;
        return TerraformJson.Plan(TerraformJson.Resource(TerraformJson.Values(origin), address)).Change(address, "create").ToJsonString();
    }

    private Task<ShellResult> ScanAsync(TlsServer server, string name, string inventory, params string[] more) =>
        _shell.RunAsync([
            "scan",
            "--inventory",
            _shell.Write(name, inventory),
            "--resolve",
            $"{Name}:{server.EndPoint.Port}:127.0.0.1",
            "--resolve",
            $"{Other}:{server.EndPoint.Port}:127.0.0.1",
            "--roots",
            _shell.Write("roots.pem", _root.Certificate.ExportCertificatePem()),
            "--allow-private-addresses",
            "--quiet",
            .. more,
        ]);
}
