using OriginWatch.Trust.X509;

namespace OriginWatch.Tests.Trust;

/// <summary>Names as RFC 4514 writes them, so that a line of a report can be searched for and pasted.</summary>
public class DistinguishedNameTests
{
    [Theory]
    [InlineData("plain", "plain")]
    [InlineData("a,b", "a\\,b")]
    [InlineData("a+b", "a\\+b")]
    [InlineData("a\"b", "a\\\"b")]
    [InlineData("a\\b", "a\\\\b")]
    [InlineData("a<b", "a\\<b")]
    [InlineData("a>b", "a\\>b")]
    [InlineData("a;b", "a\\;b")]
    [InlineData("a=b", "a=b")]
    [InlineData("#a#", "\\#a#")]
    [InlineData(" a b", "\\ a b")]
    [InlineData("a b ", "a b\\ ")]
    [InlineData("", "")]
    public void What_means_something_else_is_escaped(string value, string expected) =>
        DistinguishedName.Read(new BerReader(Handmade.Name(value)).ReadSequence()).Text.ShouldBe($"CN={expected}");
}
