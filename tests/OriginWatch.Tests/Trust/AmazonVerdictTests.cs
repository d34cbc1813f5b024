using System.Security.Cryptography;
using System.Text;
using OriginWatch.Trust;
using static OriginWatch.Tests.Handmade;

namespace OriginWatch.Tests.Trust;

/// <summary>One difference at a time, each answered as s2n-tls on AWS-LC 5.9.0 answers it: a root, and a server's certificate under
/// it.</summary>
public class AmazonVerdictTests
{
    private const string KeyUsage = "2.5.29.15";
    private const string ExtendedKeyUsage = "2.5.29.37";
    private const string AuthorityKeyIdentifier = "2.5.29.35";
    private const string SubjectKeyIdentifier = "2.5.29.14";
    private const string DistributionPoints = "2.5.29.31";
    private static readonly ECDsa RootKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private static readonly byte[] Root = (
        Authority("Root", RootKey) with
        {
            Extensions = [.. Authority("Root", RootKey).Extensions, Extension(SubjectKeyIdentifier, Element(0x04, "root"u8))],
        }
    ).SignedBy(RootKey);

    [Theory]
    [InlineData("1.3.6.1.5.5.7.3.1", true)]
    [InlineData("2.5.29.37.0", false)]
    [InlineData("1.3.6.1.5.5.7.3.2", false)]
    public void Server_authentication_must_be_named(string usage, bool expected) =>
        Accepts(With(Extension(ExtendedKeyUsage, Sequence(Oid(usage))))).ShouldBe(expected);

    [Theory]
    [InlineData(new byte[] { 0x07, 0x80 }, true)]
    [InlineData(new byte[] { 0x05, 0x20 }, true)]
    [InlineData(new byte[] { 0x03, 0x08 }, true)]
    [InlineData(new byte[] { 0x06, 0x40 }, false)]
    [InlineData(new byte[] { 0x02, 0x04 }, false)]
    [InlineData(new byte[] { 0x00 }, false)]
    [InlineData(new byte[] { 0x00, 0xa0 }, true)]
    [InlineData(new byte[] { 0x08, 0x80 }, false)]
    [InlineData(new byte[] { 0x03, 0xff }, false)]
    public void The_key_usage_must_be_good_for_a_handshake(byte[] bits, bool expected) =>
        Accepts(With(Extension(KeyUsage, Element(0x03, bits)))).ShouldBe(expected);

    [Theory]
    [InlineData(0x40, true)]
    [InlineData(0x80, false)]
    public void A_Netscape_type_must_be_that_of_a_server(byte type, bool expected) =>
        Accepts(With(Extension("2.16.840.1.113730.1.1", Element(0x03, [0, type])))).ShouldBe(expected);

    [Theory]
    [InlineData("root", true)]
    [InlineData("other", false)]
    [InlineData("", false)]
    public void A_key_identifier_is_a_condition(string keyId, bool expected) =>
        Accepts(With(Extension(AuthorityKeyIdentifier, Sequence(Element(0x80, Encoding.ASCII.GetBytes(keyId)))))).ShouldBe(expected);

    [Theory]
    [InlineData("Root", new byte[] { 0x45, 0x01 }, true)]
    [InlineData(" rOOT ", new byte[] { 0x45, 0x01 }, true)]
    [InlineData("Other", new byte[] { 0x45, 0x01 }, false)]
    [InlineData("Root", new byte[] { 0x46 }, false)]
    [InlineData("Root", new byte[] { 0x00, 0x46 }, false)]
    public void So_are_the_issuers_name_and_serial_number(string issuer, byte[] serial, bool expected) =>
        Accepts(With(Extension(AuthorityKeyIdentifier, Sequence(Element(0xa1, Element(0xa4, Name(issuer))), Element(0x82, serial)))))
            .ShouldBe(expected);

    [Theory]
    [InlineData("2.5.29.31", true, RejectedBy.Libraries)]
    [InlineData("2.5.29.18", false, RejectedBy.Libraries)]
    [InlineData("1.3.6.1.5.5.7.1.24", false, RejectedBy.Libraries)]
    [InlineData("2.5.29.14", false, RejectedBy.Libraries)]
    [InlineData("1.3.6.1.5.5.7.48.1.5", false, RejectedBy.AmazonAlone)]
    public void A_critical_extension_must_be_one_that_is_processed(string oid, bool expected, RejectedBy who)
    {
        var chain = Assess(With(Extension(oid, oid == SubjectKeyIdentifier ? Element(0x04, [1]) : Sequence(), 0xff)));
        chain.IsTrusted.ShouldBe(expected);
        (chain.Fault(ChainFaultKind.InvalidPath)?.Who ?? who).ShouldBe(who);
    }

    [Theory]
    [InlineData("0101ff", "", true)]
    [InlineData("010101", "", true)]
    [InlineData("", "020103", false)]
    [InlineData("0101ff", "0201ff", false)]
    [InlineData("0101ff", "02020003", false)]
    [InlineData("0101ff", "02090100000000000000ff", true)]
    public void A_path_length_needs_a_CA(string isCa, string length, bool expected) =>
        Accepts(With(Extension("2.5.29.19", Element(0x30, Convert.FromHexString(isCa + length))))).ShouldBe(expected);

    [Theory]
    [InlineData("3000", true)]
    [InlineData("3003020101", false)]
    [InlineData("3005a003810100", false)]
    public void Distribution_points_must_be_readable(string value, bool expected) =>
        Accepts(With(Extension(DistributionPoints, Convert.FromHexString(value)))).ShouldBe(expected);

    [Fact]
    public void Bytes_after_the_value_of_an_extension_are_refused_by_s2n_alone() =>
        Assess(With(Extension(KeyUsage, [.. Element(0x03, [0, 0x80]), 0])))
            .Fault(ChainFaultKind.InvalidPath)!
            .Who.ShouldBe(RejectedBy.AmazonAlone);

    [Theory]
    [InlineData("2.5.29.15", false)]
    [InlineData("2.5.29.32", true)]
    [InlineData("1.2.3.4", true)]
    public void Only_an_extension_that_is_decoded_may_not_stand_twice(string oid, bool expected) =>
        Accepts(With(Extension(oid, Element(0x03, [0, 0x80])), Extension(oid, Element(0x03, [0, 0x80])))).ShouldBe(expected);

    [Theory]
    [InlineData(0x17, "260101000000Z", true)]
    [InlineData(0x18, "20260101000000Z", true)]
    [InlineData(0x18, "00000229000000Z", true)]
    [InlineData(0x18, "00010229000000Z", false)]
    [InlineData(0x18, "20260101000000.0Z", false)]
    [InlineData(0x18, "20260101000000+0000", false)]
    [InlineData(0x17, "260101000000+0000", false)]
    [InlineData(0x17, "2601010000Z", false)]
    [InlineData(0x17, "260101000060Z", false)]
    [InlineData(0x17, "260101240000Z", false)]
    [InlineData(0x17, "260101006000Z", false)]
    [InlineData(0x17, "260001000000Z", false)]
    [InlineData(0x17, "261301000000Z", false)]
    [InlineData(0x17, "260100000000Z", false)]
    [InlineData(0x17, "250229000000Z", false)]
    [InlineData(0x17, "500101000000Z", true)]
    [InlineData(0x17, "490101000000Z", false)]
    [InlineData(0x17, "26010100000xZ", false)]
    public void Times_are_to_the_second_and_in_UTC(byte tag, string text, bool expected) =>
        Accepts(new() { NotBefore = Element(tag, Encoding.ASCII.GetBytes(text)) }).ShouldBe(expected);

    [Theory]
    [InlineData("02020001", false)]
    [InlineData("0202ff80", false)]
    [InlineData("0200", false)]
    [InlineData("0201fb", true)]
    [InlineData("020100", true)]
    public void A_serial_number_is_in_its_shortest_form(string serial, bool expected) =>
        Accepts(new() { Serial = Convert.FromHexString(serial) }).ShouldBe(expected);

    [Theory]
    [InlineData("a003020100", false)]
    [InlineData("a003020103", false)]
    [InlineData("a00302010200", false)]
    [InlineData("", false)]
    public void Extensions_need_version_3(string version, bool expected) =>
        Accepts(new() { Version = Convert.FromHexString(version) }).ShouldBe(expected);

    [Fact]
    public void Of_version_1_without_extensions_it_is_good_for_a_server_and_for_a_root()
    {
        Accepts(new() { Version = [], Extensions = [] }).ShouldBeTrue();
        var old = (Authority("Root", RootKey) with { Version = [], Extensions = [] }).SignedBy(RootKey);
        Accepts(new(), [old]).ShouldBeTrue();
        Accepts(
                new(),
                [(Authority("Root", RootKey) with { Version = Element(0xa0, Element(0x02, [1])), Extensions = [] }).SignedBy(RootKey)]
            )
            .ShouldBeFalse();
    }

    [Fact]
    public void Lengths_may_be_longer_than_they_need_and_strings_in_pieces()
    {
        Accepts(With([0x30, 0x81, 0x0b, .. Oid(KeyUsage), 0x04, 0x04, 0x03, 0x02, 0x07, 0x80])).ShouldBeTrue();
        Accepts(
                new()
                {
                    Extensions =
                    [
                        Extension(
                            "2.5.29.17",
                            Sequence(
                                Element(
                                    0xa2,
                                    [
                                        .. Element(0x16, Encoding.ASCII.GetBytes(TestPki.Name[..6])),
                                        .. Element(0x16, Encoding.ASCII.GetBytes(TestPki.Name[6..])),
                                    ]
                                )
                            )
                        ),
                    ],
                }
            )
            .ShouldBeTrue();
        Accepts(new() { Serial = [0x22, 0x03, 0x02, 0x01, 0x05] }).ShouldBeFalse();
    }

    [Fact]
    public void Bytes_after_a_certificate_are_overlooked_three_after_the_servers_own()
    {
        Accepts(new() { Trailing = new byte[3] }).ShouldBeTrue();
        Accepts(new() { Trailing = new byte[4] }).ShouldBeFalse();
    }

    [Fact]
    public void Two_signature_algorithms_are_refused_and_one_that_is_unknown_cannot_be_checked()
    {
        Assess(new() { InnerAlgorithm = Sequence(Oid("1.2.840.10045.4.3.3")) })
            .Faults.ShouldContain(fault =>
                fault.Detail.EndsWith("its two signature algorithms differ (RFC 5280, section 4.1.1.2)", StringComparison.Ordinal)
            );
        var unknown = Sequence(Oid("1.2.3.4"));
        Assess(new() { InnerAlgorithm = unknown, Algorithm = unknown })
            .Faults[0]
            .Detail.ShouldBe(
                $"certificate 0 (CN={TestPki.Name}): its signature cannot be checked: AWS-LC checks no signatures of the kind 1.2.3.4"
            );
    }

    private static Handmade With(params byte[][] extensions) => new() { Extensions = [DnsNames(TestPki.Name), .. extensions] };

    private static bool Accepts(Handmade leaf, byte[][]? roots = null) => Assess(leaf, roots).IsTrusted;

    private static ChainAssessment Assess(Handmade leaf, byte[][]? roots = null)
    {
        var store = TrustStore.FromPem(string.Concat((roots ?? [Root]).Select(root => PemCertificates.Write(root))), "the test");
        return new ChainVerifier(store).Assess(ServedChain.Parse([leaf.SignedBy(RootKey)]), TestPki.Now);
    }
}
