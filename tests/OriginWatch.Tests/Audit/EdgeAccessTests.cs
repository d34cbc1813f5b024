using OriginWatch.Audit;
using OriginWatch.Edge;
using OriginWatch.Inventory;
using OriginWatch.Loopback;
using OriginWatch.Probing;

namespace OriginWatch.Tests.Audit;

/// <summary>The resolver and the guard of probes hold for the way to CloudFront too.</summary>
public sealed class EdgeAccessTests : IDisposable
{
    private const string Distribution = "d111.cloudfront.net";
    private readonly CertificateAuthority _root = CertificateAuthority.CreateRoot("CN=root", DateTimeOffset.UtcNow);

    public void Dispose() => _root.Dispose();

    [Fact]
    public async Task Connects_where_resolve_leads_and_to_private_addresses_only_where_they_are_allowed()
    {
        using var leaf = _root.IssueLeaf(Distribution);
        await using var server = HttpsServer.Start(
            leaf,
            [],
            (_, stream, stop) => stream.WriteAsync("HTTP/1.1 204 No Content\r\n\r\n"u8.ToArray(), stop).AsTask()
        );
        var resolver = new OverridingResolver([new(Distribution, server.EndPoint.Port, [server.EndPoint.Address])], new Nowhere());

        (await AskAsync(resolver, server.EndPoint.Port, allowPrivateAddresses: true)).ShouldBeOfType<EdgeReply.Http>().Status.ShouldBe(204);
        (await AskAsync(resolver, server.EndPoint.Port, allowPrivateAddresses: false))
            .ShouldBeOfType<EdgeReply.Nothing>()
            .Reason.ShouldContain("loopback");
        server.Connections.ShouldBe(1);
    }

    [Fact]
    public async Task Says_that_a_name_does_not_resolve() =>
        (await AskAsync(new Nowhere(), 443, allowPrivateAddresses: false))
            .ShouldBeOfType<EdgeReply.Nothing>()
            .Reason.ShouldBe("the distribution's name does not resolve: nobody knows it");

    private static Task<EdgeReply> AskAsync(INameResolver resolver, int port, bool allowPrivateAddresses) =>
        EdgeAccess
            .Over(resolver, allowPrivateAddresses, TimeProvider.System)((_, _) => null)
            .AskAsync(
                new(Distribution, Distribution, port, "/originwatch-0a1b", TimeSpan.FromSeconds(60)),
                TestContext.Current.CancellationToken
            );

    private sealed class Nowhere : INameResolver
    {
        public Task<NameResolution> ResolveAsync(string name, int port, IpAddressType addressType, CancellationToken cancellationToken) =>
            Task.FromResult(NameResolution.Failed(FailureReason.NameNotFound, "nobody knows it"));
    }
}
