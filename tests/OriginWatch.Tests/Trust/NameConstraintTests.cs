using System.Formats.Asn1;
using System.Net;
using System.Text;
using OriginWatch.Trust;

namespace OriginWatch.Tests.Trust;

public class NameConstraintTests
{
    private const int DnsTag = 2;
    private const int IpTag = 7;
    private static readonly Forged Root = Forged.Root(Recipe.Authority("CN=Root"));
    private static readonly TrustStore Store = TestPki.StoreOf(Root.Certificate);

    [Theory]
    [InlineData("example.com", null, "www.example.com", true)]
    [InlineData("example.com", null, "example.com", true)]
    [InlineData("example.com", null, "*.example.com", true)]
    [InlineData("example.com", null, "notexample.com", false)]
    [InlineData("www.example.com", null, "*.example.com", false)]
    [InlineData("", null, "anything.test", true)]
    [InlineData(null, "example.com", "www.example.com", false)]
    [InlineData(null, "example.com", "example.org", true)]
    [InlineData(null, "bar.example.com", "*.example.com", false)]
    [InlineData(null, "a.bar.example.com", "*.example.com", true)]
    [InlineData(null, "bar.example.com", "foo.example.com", true)]
    [InlineData("example.com", "secret.example.com", "www.example.com", true)]
    [InlineData("example.com", "secret.example.com", "secret.example.com", false)]
    [InlineData(null, "", "anything.test", false)]
    public void Dns_names_obey(string? permitted, string? excluded, string name, bool expected) =>
        IsTrusted(Encode(DnsTag, Bytes(permitted), Bytes(excluded)), new() { DnsNames = [name] }).ShouldBe(expected);

    [Theory]
    [InlineData("192.0.2.0/24", null, "192.0.2.7", true)]
    [InlineData("192.0.2.0/24", null, "192.0.3.7", false)]
    [InlineData(null, "192.0.2.0/24", "192.0.2.7", false)]
    [InlineData(null, "192.0.2.0/24", "198.51.100.7", true)]
    [InlineData("2001:db8::/32", null, "2001:db8::7", true)]
    [InlineData("2001:db8::/32", null, "2001:db9::7", false)]
    [InlineData("192.0.2.0/24", null, "2001:db8::7", false)]
    public void Addresses_obey(string? permitted, string? excluded, string address, bool expected) =>
        IsTrusted(Encode(IpTag, Range(permitted), Range(excluded)), new() { DnsNames = [], IpAddresses = [IPAddress.Parse(address)] })
            .ShouldBe(expected);

    [Fact]
    public void A_constraint_on_one_form_leaves_the_other_alone() =>
        IsTrusted(Encode(IpTag, Range("192.0.2.0/24"), null), new() { DnsNames = ["www.example.com"] }).ShouldBeTrue();

    [Fact]
    public void A_common_name_that_stands_in_for_a_name_obeys_as_well() =>
        IsTrusted(Encode(DnsTag, Bytes("example.org"), null), new() { DnsNames = [] }).ShouldBeFalse();

    [Theory]
    [InlineData(new byte[] { 192, 0, 2, 0, 255, 255, 255 })]
    [InlineData(new byte[] { 192, 0, 2, 0, 255, 0, 255, 0 })]
    public void A_malformed_range_is_refused_where_an_address_is_compared_with_it(byte[] range)
    {
        IsTrusted(Encode(IpTag, range, null), new() { IpAddresses = [IPAddress.Parse("192.0.2.7")] }).ShouldBeFalse();
        IsTrusted(Encode(IpTag, range, null), new() { DnsNames = ["www.example.com"] }).ShouldBeTrue();
    }

    [Fact]
    public void A_constraint_that_is_no_general_name_is_refused()
    {
        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence())
        using (writer.PushSequence(new Asn1Tag(TagClass.ContextSpecific, 0)))
        using (writer.PushSequence())
        {
            writer.WriteIntegerUnsigned("example.com"u8); // its tag number is that of a DNS name
        }

        IsTrusted(writer.Encode(), new() { DnsNames = ["www.example.com"] }).ShouldBeFalse();
    }

    [Fact]
    public void A_wildcard_in_a_constraint_is_refused() =>
        IsTrusted(Encode(DnsTag, Bytes("*.example.com"), null), new() { DnsNames = ["www.example.com"] }).ShouldBeFalse();

    [Fact]
    public void Ten_thousand_names_under_a_few_constraints_are_compared_and_ten_million_comparisons_are_not()
    {
        var names = Enumerable.Range(0, 10_000).Select(number => $"n{number}.example.com").ToList();
        IsTrusted(Encode(DnsTag, Bytes("example.com"), Bytes("bad.example.com")), new() { DnsNames = names }).ShouldBeTrue();

        var many = Encode(
            DnsTag,
            [
                .. Enumerable.Range(0, 1_000).Select(number => Encoding.ASCII.GetBytes($"x{number}.test")),
                Encoding.ASCII.GetBytes("example.com"),
            ],
            []
        );
        IsTrusted(many, new() { DnsNames = names }).ShouldBeFalse();
    }

    private static bool IsTrusted(byte[] constraints, Recipe leaf)
    {
        var ca = Root.Issue(Recipe.Authority("CN=CA") with { NameConstraints = constraints });
        return new ChainVerifier(Store).Assess(TestPki.Chain(ca.Issue(leaf).Certificate, ca.Certificate), TestPki.Now).IsTrusted;
    }

    private static byte[]? Bytes(string? name) => name is null ? null : Encoding.ASCII.GetBytes(name);

    private static byte[]? Range(string? prefix)
    {
        if (prefix is null)
        {
            return null;
        }

        var network = IPNetwork.Parse(prefix);
        var octets = network.BaseAddress.GetAddressBytes();
        var mask = octets.Select((_, index) => (byte)(0xff00 >> Math.Clamp(network.PrefixLength - (index * 8), 0, 8)));
        return [.. octets, .. mask];
    }

    private static byte[] Encode(int tag, byte[]? permitted, byte[]? excluded) =>
        Encode(tag, permitted is null ? [] : [permitted], excluded is null ? [] : new[] { excluded });

    private static byte[] Encode(int tag, IReadOnlyList<byte[]> permitted, IReadOnlyList<byte[]> excluded)
    {
        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence())
        {
            Write(writer, 0, tag, permitted);
            Write(writer, 1, tag, excluded);
        }

        return writer.Encode();
    }

    private static void Write(AsnWriter writer, int side, int tag, IReadOnlyList<byte[]> values)
    {
        if (values.Count == 0)
        {
            return;
        }

        using (writer.PushSequence(new Asn1Tag(TagClass.ContextSpecific, side)))
        {
            foreach (var value in values)
            {
                using (writer.PushSequence())
                {
                    writer.WriteOctetString(value, new Asn1Tag(TagClass.ContextSpecific, tag));
                }
            }
        }
    }
}
