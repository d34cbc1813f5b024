using OriginWatch.Cli;
using OriginWatch.Loopback;

namespace OriginWatch.Tests.Cli;

/// <summary><c>scan --routes</c>: a dry run of the function's routes file.</summary>
public sealed class RoutesCheckTests : IDisposable
{
    private const string Name = "origin.example.com";
    private const string Topic = "arn:aws:sns:eu-central-1:111122223333:shop";
    private readonly Shell _shell = new();
    private readonly CertificateAuthority _root = CertificateAuthority.CreateRoot("CN=Test Root", DateTimeOffset.UtcNow);

    [Fact]
    public async Task It_says_which_route_gets_what_and_leaves_the_scan_as_it_is()
    {
        await using var server = TlsServer.Start(
            TlsServerShape.For(_root.IssueLeaf(Name, new CertificateShape { NotAfter = DateTimeOffset.UtcNow.AddDays(-1) }))
        );
        var result = await ScanAsync(
            server.EndPoint.Port,
            $"""
            routes:
              - {"{"}name: shop, topic: {Topic}, distribution: E1TEST{"}"}
              - {"{"}name: blog, topic: default, alias: blog.example{"}"}
            """
        );
        result.Code.ShouldBe(ExitCode.Findings);
        result.Error.ShouldBe(
            $"""
            originwatch: route shop (line 2) gets 1 distribution (1 with findings), at {Topic}
            originwatch: route blog (line 3) gets no distribution, at the default topic
            originwatch: the default topic gets no distribution: each has a route

            """
        );
    }

    [Fact]
    public async Task Tags_and_paths_that_the_inventory_does_not_have_are_said()
    {
        await using var server = TlsServer.Start(TlsServerShape.For(_root.IssueLeaf(Name)));
        var result = await ScanAsync(
            server.EndPoint.Port,
            $"""
            routes:
              - {"{"}name: units, topic: default, path: r-ab12/ou-ab12-11111111{"}"}
              - {"{"}name: shop, topic: {Topic}, tag: team=shop{"}"}
            """
        );
        result.Code.ShouldBe(ExitCode.Clean);
        result.Error.ShouldContain(
            "The tags of 1 distribution could not be read, so no route was chosen by them: this inventory contains no tags."
        );
        result.Error.ShouldContain(
            "The accounts' paths in the organization are not known, so no route was chosen by them: they are read in a scan of the organization."
        );
        result.Error.ShouldContain("the default topic gets 1 distribution (0 with findings) that no route takes");
    }

    [Fact]
    public async Task A_file_that_the_function_would_ignore_ends_with_1_before_anything_is_probed()
    {
        await using var server = TlsServer.Start(TlsServerShape.For(_root.IssueLeaf(Name)));
        var result = await ScanAsync(server.EndPoint.Port, "routes:\n  - {name: shop, topic: shop, distribution: E1}\n");
        result.Code.ShouldBe(ExitCode.CouldNotDoTheJob);
        result.Error.ShouldEndWith(
            "routes.yaml: line 2: \"topic\" takes the ARN of a standard SNS topic, or default, not \"shop\" (route \"shop\"). Correct it: the function would ignore the whole file.\n"
        );
        server.Connections.ShouldBe(0);
    }

    public void Dispose()
    {
        _shell.Dispose();
        _root.Dispose();
    }

    private Task<ShellResult> ScanAsync(int port, string routes) =>
        _shell.RunAsync([
            "scan",
            "--inventory",
            _shell.Write("listing.json", ListingJson.Of(ListingJson.Distribution("E1TEST", ListingJson.Origin("origin", Name, port)))),
            "--resolve",
            $"{Name}:{port}:127.0.0.1",
            "--roots",
            _shell.Write("roots.pem", _root.Certificate.ExportCertificatePem()),
            "--allow-private-addresses",
            "--quiet",
            "--routes",
            _shell.Write("routes.yaml", routes),
        ]);
}
