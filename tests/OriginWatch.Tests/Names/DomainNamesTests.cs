using System.Net;
using OriginWatch.Names;
using OriginWatch.Probing;

namespace OriginWatch.Tests.Names;

public class DomainNamesTests
{
    [Theory]
    [InlineData("Origin.Example.COM", "origin.example.com")]
    [InlineData("origin.example.com.", "origin.example.com")]
    [InlineData("_acme.example.com", "_acme.example.com")]
    [InlineData("bücher.example", "xn--bcher-kva.example")]
    [InlineData("xn--bcher-kva.example", "xn--bcher-kva.example")]
    public void A_name_has_one_canonical_form(string name, string canonical) => DomainNames.Canonical(name).ShouldBe(canonical);

    [Theory]
    [InlineData("")]
    [InlineData(".")]
    [InlineData("a..b")]
    [InlineData("a b.example")]
    [InlineData("-a.example")]
    [InlineData("a-.example")]
    [InlineData("*.example.com")]
    [InlineData("a/b.example")]
    [InlineData("a\0.example")]
    [InlineData("0123456789012345678901234567890123456789012345678901234567890123.example")]
    public void What_DNS_cannot_ask_has_none(string name) => DomainNames.Canonical(name).ShouldBeNull();

    [Fact]
    public void A_name_of_more_than_253_characters_has_none()
    {
        var label = new string('a', 62);
        DomainNames.Canonical($"{label}.{label}.{label}.{label}.a").ShouldNotBeNull().Length.ShouldBe(253);
        DomainNames.Canonical($"{label}.{label}.{label}.{label}.aa").ShouldBeNull();
    }

    [Theory]
    [InlineData("192.0.2.1", "192.0.2.1")]
    [InlineData("2001:db8::1", "2001:db8::1")]
    [InlineData("[2001:db8::1]", "2001:db8::1")]
    public void An_address_literal_is_an_address(string name, string address) =>
        DomainNames.Literal(name).ShouldBe(IPAddress.Parse(address));

    [Theory]
    [InlineData("1")]
    [InlineData("127.1")]
    [InlineData("0x7f000001")]
    [InlineData("0177.0.0.1")]
    [InlineData("origin.example.com")]
    public void Shorthand_for_an_address_is_a_name(string name) => DomainNames.Literal(name).ShouldBeNull();
}
