using System.Security.Cryptography;
using System.Text;
using OriginWatch.Trust;
using static OriginWatch.Tests.Handmade;

namespace OriginWatch.Tests.Trust;

/// <summary>Whether the name of an issuer and that of its certificate are the same, as AWS-LC and OpenSSL fold and sort them
/// (x_name.c).</summary>
public class NameComparisonTests
{
    private const byte Printable = 0x13;
    private const byte Teletex = 0x14;
    private const byte Bmp = 0x1e;
    private static readonly ECDsa RootKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    [Theory]
    [InlineData("Root", "ROOT", true)]
    [InlineData("A Root", "  a \t root ", true)]
    [InlineData("Über", "über", false)]
    [InlineData("a b", "a\u00a0b", false)]
    [InlineData("Root", "Roots", false)]
    public void Ascii_letters_are_folded_and_white_space_is_collapsed(string subject, string issuer, bool expected) =>
        Matches(Name(subject), Name(issuer)).ShouldBe(expected);

    [Fact]
    public void Types_of_strings_are_forgotten()
    {
        Matches(Name("Über"), NameOf(Attribute("2.5.4.3", Element(Teletex, [0xdc, .. "ber"u8])))).ShouldBeTrue();
        Matches(Name("Root"), NameOf(Attribute("2.5.4.3", Element(Bmp, Encoding.BigEndianUnicode.GetBytes("root"))))).ShouldBeTrue();
        Matches(Name("5"), NameOf(Attribute("2.5.4.3", Element(0x12, "5"u8)))).ShouldBeFalse();
    }

    [Fact]
    public void Attributes_of_one_set_are_sorted_and_sets_are_not()
    {
        var (a, b) = (Attribute("2.5.4.3", Utf8("a")), Attribute("2.5.4.11", Utf8("b")));
        Matches(NameOf(a, b), NameOf(b, a)).ShouldBeTrue();
        Matches(Sequence(Element(0x31, a), Element(0x31, b)), Sequence(Element(0x31, b), Element(0x31, a))).ShouldBeFalse();
        Matches(NameOf(a, b), Sequence(Element(0x31, a), Element(0x31, b))).ShouldBeFalse();
        Matches(NameOf(a), Sequence(Element(0x31, []), Element(0x31, a))).ShouldBeTrue();
    }

    [Theory]
    [InlineData(0x0c, "ff")]
    [InlineData(0x0c, "c080")]
    [InlineData(0x0c, "eda080")]
    [InlineData(0x0c, "efbfbf")]
    [InlineData(0x1e, "0061ff")]
    [InlineData(0x1e, "d800dc00")]
    [InlineData(0x1e, "feff0061")]
    [InlineData(0x1c, "00110000")]
    [InlineData(0x1a, "61")]
    [InlineData(0x02, "05")]
    public void A_string_that_is_not_what_it_says_makes_the_certificate_unreadable(byte tag, string content)
    {
        var leaf = new Handmade { Subject = NameOf(Attribute("2.5.4.10", Element(tag, Convert.FromHexString(content)))) };
        ServedChain.Parse([leaf.SignedBy(RootKey)]).FirstSent!.ParseError.ShouldNotBeNull();
    }

    [Theory]
    [InlineData(Printable, "ff2a40")]
    [InlineData(0x16, "ff")]
    [InlineData(0x03, "0061")]
    public void Others_are_taken_as_they_are(byte tag, string content)
    {
        var leaf = new Handmade { Subject = NameOf(Attribute("2.5.4.10", Element(tag, Convert.FromHexString(content)))) };
        ServedChain.Parse([leaf.SignedBy(RootKey)]).FirstSent!.ParseError.ShouldBeNull();
    }

    [Theory]
    [InlineData("a,b", @"CN=a\,b")]
    [InlineData("a+b", @"CN=a\+b")]
    [InlineData("a\"b", "CN=a\\\"b")]
    [InlineData(@"a\b", @"CN=a\\b")]
    [InlineData("a<b>", @"CN=a\<b\>")]
    [InlineData("a;b", @"CN=a\;b")]
    [InlineData("#a#", @"CN=\#a#")]
    [InlineData(" a b ", @"CN=\ a b\ ")]
    [InlineData("", "CN=")]
    [InlineData(" ", @"CN=\ ")]
    public void Names_are_written_with_the_escapes_of_RFC_4514(string commonName, string expected) =>
        ServedChain.Parse([new Handmade { Subject = Name(commonName) }.SignedBy(RootKey)]).FirstSent!.Subject.ShouldBe(expected);

    [Theory]
    [InlineData(0x0c, true)]
    [InlineData(Printable, true)]
    [InlineData(Teletex, true)]
    [InlineData(0x16, false)]
    [InlineData(0x12, false)]
    public void A_common_name_stands_for_a_host_in_the_types_that_s2n_reads(byte tag, bool expected)
    {
        var leaf = new Handmade
        {
            Subject = NameOf(Attribute("2.5.4.3", Element(tag, Encoding.ASCII.GetBytes(TestPki.Name)))),
            Extensions = [],
        };
        HostName.Match(ServedChain.Parse([leaf.SignedBy(RootKey)]).FirstSent!, TestPki.Name).IsMatch.ShouldBe(expected);
    }

    private static bool Matches(byte[] subject, byte[] issuer)
    {
        var root = (Authority("Root", RootKey) with { Subject = subject, Issuer = subject }).SignedBy(RootKey);
        var leaf = new Handmade { Issuer = issuer }.SignedBy(RootKey);
        return new ChainVerifier(TrustStore.FromPem(PemCertificates.Write(root), "the test"))
            .Assess(ServedChain.Parse([leaf]), TestPki.Now)
            .IsTrusted;
    }
}
