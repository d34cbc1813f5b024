using System.Net;
using OriginWatch.Names;

namespace OriginWatch.Tests.Names;

public class CloudFrontAddressesTests
{
    [Theory]
    [InlineData("13.224.0.1", true)]
    [InlineData("13.227.255.255", true)]
    [InlineData("13.228.0.1", false)]
    [InlineData("::ffff:13.224.0.1", true)]
    [InlineData("2600:9000:2000::1", true)]
    [InlineData("2600:1f00::1", false)]
    [InlineData("192.0.2.1", false)]
    public void Are_told_by_the_published_ranges(string address, bool expected) =>
        CloudFrontAddresses.Contains(IPAddress.Parse(address)).ShouldBe(expected);
}
