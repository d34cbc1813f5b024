using System.Net;
using OriginWatch.Inventory;
using OriginWatch.Probing;

namespace OriginWatch.Tests.Probing;

public class OverridingResolverTests
{
    [Theory]
    [InlineData("origin.example:443:192.0.2.1", "192.0.2.1")]
    [InlineData("origin.example:443:192.0.2.1,192.0.2.2", "192.0.2.1 192.0.2.2")]
    [InlineData("Origin.Example.:443:[2001:db8::1],192.0.2.1", "2001:db8::1 192.0.2.1")]
    public void Reads_what_curl_reads(string text, string addresses)
    {
        var parsed = ResolveOverride.Parse(text).ShouldNotBeNull();

        parsed.Name.ShouldBe("origin.example");
        parsed.Port.ShouldBe(443);
        parsed.Addresses.ShouldBe(addresses.Split(' ').Select(IPAddress.Parse));
    }

    [Theory]
    [InlineData("")]
    [InlineData("origin.example")]
    [InlineData("origin.example:443")]
    [InlineData("origin.example:443:")]
    [InlineData("origin.example:https:192.0.2.1")]
    [InlineData("origin.example:70000:192.0.2.1")]
    [InlineData("origin.example:443:other.example")]
    [InlineData("origin.example:443:192.0.2.1,")]
    [InlineData("a b:443:192.0.2.1")]
    public void Refuses_what_curl_refuses(string text) => ResolveOverride.Parse(text).ShouldBeNull();

    [Fact]
    public async Task Answers_for_name_and_port_and_hands_the_rest_on()
    {
        var resolver = new OverridingResolver(
            [ResolveOverride.Parse("origin.example:443:192.0.2.1")!, ResolveOverride.Parse("origin.example:443:192.0.2.2")!],
            new Nobody());

        (await Resolve("ORIGIN.example", 443)).Addresses.ShouldBe([IPAddress.Parse("192.0.2.1"), IPAddress.Parse("192.0.2.2")]);
        (await Resolve("origin.example", 8443)).Failure.ShouldBe(FailureReason.NameNotFound);
        (await Resolve("other.example", 443)).Failure.ShouldBe(FailureReason.NameNotFound);

        Task<NameResolution> Resolve(string name, int port) => resolver.ResolveAsync(name, port, IpAddressType.Ipv4, TestContext.Current.CancellationToken);
    }

    private sealed class Nobody : INameResolver
    {
        public Task<NameResolution> ResolveAsync(string name, int port, IpAddressType addressType, CancellationToken cancellationToken)
            => Task.FromResult(NameResolution.Failed(FailureReason.NameNotFound, "nobody"));
    }
}
