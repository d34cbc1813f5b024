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
            new Nobody()
        );

        (await Resolve("ORIGIN.example", 443)).Addresses.ShouldBe([IPAddress.Parse("192.0.2.1"), IPAddress.Parse("192.0.2.2")]);
        (await Resolve("origin.example", 8443)).Failure.ShouldBe(FailureReason.NameNotFound);
        (await Resolve("other.example", 443)).Failure.ShouldBe(FailureReason.NameNotFound);

        Task<NameResolution> Resolve(string name, int port) =>
            resolver.ResolveAsync(name, port, IpAddressType.Ipv4, TestContext.Current.CancellationToken);
    }

    [Theory]
    [InlineData("ipv4", "192.0.2.1")]
    [InlineData("ipv6", "2001:db8::1")]
    [InlineData("dualstack", "192.0.2.1 2001:db8::1")]
    public async Task Gives_the_family_that_the_origin_wants(string type, string addresses) =>
        (await ResolveAsync("origin.example:443:192.0.2.1,[2001:db8::1]", type)).Addresses.ShouldBe(
            addresses.Split(' ').Select(IPAddress.Parse)
        );

    [Fact]
    public async Task An_override_without_an_address_of_the_family_is_said_and_nobody_else_is_asked()
    {
        var resolution = await ResolveAsync("origin.example:443:[2001:db8::1]", "ipv4");
        (resolution.Failure, resolution.Detail).ShouldBe(
            (FailureReason.NoAddressOfFamily, "--resolve has no ipv4 address for origin.example")
        );
    }

    private static Task<NameResolution> ResolveAsync(string entry, string type) =>
        new OverridingResolver([ResolveOverride.Parse(entry)!], new Nobody()).ResolveAsync(
            "origin.example",
            443,
            new(type),
            TestContext.Current.CancellationToken
        );

    private sealed class Nobody : INameResolver
    {
        public Task<NameResolution> ResolveAsync(string name, int port, IpAddressType addressType, CancellationToken cancellationToken) =>
            Task.FromResult(NameResolution.Failed(FailureReason.NameNotFound, "nobody"));
    }
}
