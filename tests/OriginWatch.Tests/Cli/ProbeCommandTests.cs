using System.Text.Json;
using OriginWatch.Cli;
using OriginWatch.Loopback;

namespace OriginWatch.Tests.Cli;

public sealed class ProbeCommandTests : IDisposable
{
    private readonly Shell _shell = new();
    private readonly CertificateAuthority _root = CertificateAuthority.CreateRoot("CN=Test Root", DateTimeOffset.UtcNow);

    [Fact]
    public async Task Says_nothing_of_distributions()
    {
        await using var server = TlsServer.Start(TlsServerShape.For(CertificateAuthority.SelfSigned("localhost", DateTimeOffset.UtcNow)));
        var result = await ProbeAsync($"localhost:{server.EndPoint.Port}", "-v");
        result.Code.ShouldBe(ExitCode.Findings);
        result.Output.ShouldStartWith("localhost: CloudFront rejects this origin");
        foreach (var word in new[] { "aws cloudfront", "Behaviors", "Distribution", "OW1", "✓ OW403", "✓ OW404" })
        {
            result.Output.ShouldNotContain(word);
        }
    }

    [Fact]
    public async Task Localhost_is_found_without_DNS_and_a_script_gets_JSON()
    {
        await using var server = TlsServer.Start(TlsServerShape.For(_root.IssueLeaf("localhost")));
        var result = await ProbeAsync(
            $"localhost:{server.EndPoint.Port}",
            "--roots",
            _shell.Write("roots.pem", _root.Certificate.ExportCertificatePem()),
            "--format",
            "json"
        );
        result.Code.ShouldBe(ExitCode.Clean);
        using var json = JsonDocument.Parse(result.Output);
        json.RootElement.GetProperty("origins")[0].GetProperty("verdict").GetString().ShouldBe("accepts");
    }

    [Theory]
    [InlineData("--fail-on", "none", ExitCode.Clean)]
    [InlineData("-f", "critical", ExitCode.Findings)]
    public async Task Ends_as_a_scan_would(string option, string value, int code)
    {
        await using var server = TlsServer.Start(TlsServerShape.For(CertificateAuthority.SelfSigned("localhost", DateTimeOffset.UtcNow)));
        (await ProbeAsync($"localhost:{server.EndPoint.Port}", option, value)).Code.ShouldBe(code);
    }

    [Theory]
    [InlineData("www.example.com:0")]
    [InlineData("www.example.com:x")]
    [InlineData("https://www.example.com/")]
    [InlineData(":443")]
    public async Task A_host_that_is_none_is_wrong_usage(string host)
    {
        var result = await ProbeAsync(host);
        result.Code.ShouldBe(ExitCode.WrongUsage);
        result.Error.ShouldContain("is not HOST[:PORT]");
    }

    public void Dispose()
    {
        _root.Dispose();
        _shell.Dispose();
    }

    private Task<ShellResult> ProbeAsync(params string[] args) =>
        _shell.RunAsync(["probe", "--quiet", "--allow-private-addresses", .. args]);
}
