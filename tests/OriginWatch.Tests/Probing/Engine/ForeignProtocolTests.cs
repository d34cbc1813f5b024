using System.Text;
using OriginWatch.Probing.Engine;

namespace OriginWatch.Tests.Probing.Engine;

/// <summary>What speaks where TLS was expected, by the first bytes, however few they are.</summary>
public class ForeignProtocolTests
{
    [Theory]
    [InlineData(79)]
    [InlineData(80)]
    [InlineData(81)]
    public void Eighty_characters_of_the_first_line_are_quoted(int length) =>
        ForeignProtocol
            .Describe(Encoding.ASCII.GetBytes(new string('x', length) + "\r\n"))
            .ShouldBe($"something that is not TLS (\"{new string('x', Math.Min(length, 80))}\")");

    [Theory]
    [InlineData("abc", "something that is not TLS (bytes 616263)")]
    [InlineData("abcd", "something that is not TLS (\"abcd\")")]
    [InlineData("", "something that is not TLS (bytes )")]
    public void Three_characters_are_shown_as_bytes_and_four_as_text(string first, string expected) =>
        ForeignProtocol.Describe(Encoding.ASCII.GetBytes(first)).ShouldBe(expected);

    [Theory]
    [InlineData("0000000400000000", "something that is not TLS (bytes 0000000400000000)")]
    [InlineData("000000040000000000", "HTTP/2 without TLS")]
    [InlineData("0000000400000001", "something that is not TLS (bytes 0000000400000001)")]
    [InlineData("4a00000a", "something that is not TLS (bytes 4a00000a)")]
    [InlineData("4a0000000a", "MySQL")]
    [InlineData("8003", "something that is not TLS (bytes 8003)")]
    [InlineData("800304", "SSL 2.0")]
    [InlineData("ff01020304050607ff", "something that is not TLS (bytes ff01020304050607)")]
    public void Binary_protocols_are_told_by_as_many_bytes_as_they_need(string first, string expected) =>
        ForeignProtocol.Describe(Convert.FromHexString(first)).ShouldBe(expected);

    [Theory]
    [InlineData("", true)]
    [InlineData("16", true)]
    [InlineData("1603", true)]
    [InlineData("1602", false)]
    [InlineData("13", false)]
    [InlineData("18", true)]
    [InlineData("19", false)]
    public void A_record_of_TLS_begins_with_its_type_and_version_3(string first, bool expected) =>
        ForeignProtocol.MayBeTls(Convert.FromHexString(first)).ShouldBe(expected);
}
