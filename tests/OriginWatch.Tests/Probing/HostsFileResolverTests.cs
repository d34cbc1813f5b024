using System.Net;
using OriginWatch.Inventory;
using OriginWatch.Probing;

namespace OriginWatch.Tests.Probing;

public sealed class HostsFileResolverTests : IDisposable
{
    private readonly string _file = Path.GetTempFileName();

    public HostsFileResolverTests() =>
        File.WriteAllText(_file, "# comment\n192.0.2.7\tnew.example  other.example # here\n2001:db8::7 six.example\nnonsense\n");

    [Theory]
    [InlineData("new.example", "ipv4", "192.0.2.7")]
    [InlineData("OTHER.example.", "dualstack", "192.0.2.7")]
    [InlineData("six.example", "ipv6", "2001:db8::7")]
    [InlineData("localhost", "ipv4", "127.0.0.1")]
    [InlineData("elsewhere.example", "ipv4", "203.0.113.1")]
    public async Task Answers_for_its_own_names_and_asks_for_the_rest(string name, string type, string expected) =>
        (await ResolveAsync(name, type)).Addresses.ShouldBe([IPAddress.Parse(expected)]);

    [Fact]
    public async Task Has_no_IPv4_address_of_a_name_that_is_IPv6_only() =>
        (await ResolveAsync("six.example", "ipv4")).Failure.ShouldBe(FailureReason.NoAddressOfFamily);

    public void Dispose() => File.Delete(_file);

    private Task<NameResolution> ResolveAsync(string name, string type) =>
        new HostsFileResolver(_file, new Elsewhere()).ResolveAsync(
            name,
            443,
            new IpAddressType(type),
            TestContext.Current.CancellationToken
        );

    private sealed class Elsewhere : INameResolver
    {
        public Task<NameResolution> ResolveAsync(string name, int port, IpAddressType addressType, CancellationToken cancellationToken) =>
            Task.FromResult(NameResolution.Of([IPAddress.Parse("203.0.113.1")]));
    }
}
