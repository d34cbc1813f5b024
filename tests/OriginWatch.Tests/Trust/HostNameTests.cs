using System.Net;
using OriginWatch.Loopback;
using OriginWatch.Trust;

namespace OriginWatch.Tests.Trust;

public class HostNameTests
{
    [Theory]
    [InlineData("www.example.com", "www.example.com", true)]
    [InlineData("www.example.com", "WWW.Example.COM.", true)]
    [InlineData("*.example.com", "www.example.com", true)]
    [InlineData("*.example.com", "example.com", false)]
    [InlineData("*.example.com", "a.b.example.com", false)]
    [InlineData("w*.example.com", "www.example.com", false)]
    [InlineData("*.com", "example.com", false)]
    [InlineData("*", "example", false)]
    [InlineData("a_b.example.com", "a_b.example.com", true)]
    [InlineData("*.example.com", "_acme.example.com", true)]
    [InlineData("xn--bcher-kva.example", "b\u00fccher.example", true)]
    [InlineData("192.0.2.1", "192.0.2.1", false)]
    [InlineData("*.0.2.1", "192.0.2.1", false)]
    [InlineData("example.com.", "example.com", false)]
    public void A_dns_name_of_the_certificate_covers_a_host(string presented, string reference, bool expected) =>
        HostName.Match([presented], [], reference).IsMatch.ShouldBe(expected);

    [Theory]
    [InlineData("192.0.2.1", "192.0.2.1", true)]
    [InlineData("2001:db8::1", "2001:db8:0:0:0:0:0:1", true)]
    [InlineData("2001:db8::1", "[2001:db8::1]", false)]
    [InlineData("192.0.2.1", "192.0.2.01", false)]
    [InlineData("127.0.0.1", "2130706433", false)]
    public void An_address_is_matched_with_addresses_alone(string presented, string reference, bool expected) =>
        HostName.Match([], [presented], reference).IsMatch.ShouldBe(expected);

    [Theory]
    [InlineData("")]
    [InlineData(".")]
    [InlineData("..")]
    [InlineData("a..b")]
    [InlineData("-a")]
    [InlineData("_")]
    [InlineData("a b")]
    [InlineData("\0")]
    [InlineData("\ud800.example")]
    [InlineData("::ffff:1.2.3.4%1")]
    public void No_name_is_an_exception(string reference) =>
        Should.NotThrow(() => HostName.Match(["*.example.com", "", ".", "a..b", "\0", "\ud800.example"], ["not an address"], reference));

    [Fact]
    public void The_common_name_counts_only_without_a_usable_san()
    {
        using var withoutSan = CertificateAuthority.SelfSigned("www.example.com", TestPki.Now, new() { DnsNames = [], IpAddresses = [] });
        using var withSan = CertificateAuthority.SelfSigned("www.example.com", TestPki.Now, new() { DnsNames = ["other.example.com"] });
        using var withAddress = CertificateAuthority.SelfSigned(
            "www.example.com",
            TestPki.Now,
            new() { DnsNames = [], IpAddresses = [IPAddress.Loopback] }
        );

        HostName.Match(TestPki.Chain(withoutSan).FirstSent!, "www.example.com").ShouldBe(new NameMatch(true, ByCommonName: true));
        HostName.Match(TestPki.Chain(withSan).FirstSent!, "www.example.com").IsMatch.ShouldBeFalse();
        HostName.Match(TestPki.Chain(withAddress).FirstSent!, "www.example.com").IsMatch.ShouldBeFalse();
    }

    [Fact]
    public void A_wildcard_over_a_public_suffix_is_remarked_upon() =>
        HostName.Match(["*.co.uk"], [], "example.co.uk").Remark.ShouldNotBeNull().ShouldContain("public suffix");
}
