using System.Formats.Asn1;
using System.Text;
using OriginWatch.Trust.X509;

namespace OriginWatch.Tests.Trust;

/// <summary>The nine forms of a GeneralName, decoded as AWS-LC does (v3_genn.c): a malformed one makes the extension unreadable.</summary>
public class GeneralNamesTests
{
    private static readonly byte[] Text = Encoding.ASCII.GetBytes("text");

    public static TheoryData<string, byte[], bool> Names =>
        new()
        {
            { "other name", Handmade.Element(0xa0, [.. Handmade.Oid("1.2.3"), .. Handmade.Element(0xa0, Handmade.Utf8("a"))]), true },
            {
                "other name with two values",
                Handmade.Element(
                    0xa0,
                    [.. Handmade.Oid("1.2.3"), .. Handmade.Element(0xa0, [.. Handmade.Utf8("a"), .. Handmade.Utf8("b")])]
                ),
                false
            },
            {
                "other name and more",
                Handmade.Element(0xa0, [.. Handmade.Oid("1.2.3"), .. Handmade.Element(0xa0, Handmade.Utf8("a")), .. Handmade.Utf8("b")]),
                false
            },
            { "email", Handmade.Element(0x81, Text), true },
            { "DNS", Handmade.Element(0x82, Text), true },
            { "X.400", Handmade.Element(0xa3, Handmade.Utf8("a")), true },
            { "directory", Handmade.Element(0xa4, Handmade.Name("a")), true },
            { "directory and more", Handmade.Element(0xa4, [.. Handmade.Name("a"), .. Handmade.Name("b")]), false },
            { "EDI party", Edi(0x0c), true },
            { "EDI party, printable", Edi(0x13), true },
            { "EDI party, Teletex", Edi(0x14), true },
            { "EDI party, IA5", Edi(0x16), false },
            { "EDI party, of no universal type", Edi(0x8c), false },
            {
                "EDI party with an assigner",
                Handmade.Element(0xa5, [.. Handmade.Element(0xa0, Handmade.Utf8("a")), .. Handmade.Element(0xa1, Handmade.Utf8("b"))]),
                true
            },
            { "EDI party without a name", Handmade.Element(0xa5, Handmade.Element(0xa0, Handmade.Utf8("a"))), false },
            { "URI", Handmade.Element(0x86, Text), true },
            { "address", Handmade.Element(0x87, [192, 0, 2, 1]), true },
            { "address of odd length", Handmade.Element(0x87, [192, 0, 2]), true },
            { "registered id", Handmade.Element(0x88, [0x2a, 0x03]), true },
            { "a tenth form", Handmade.Element(0x89, Text), false },
            { "of no context", Handmade.Utf8("a"), false },
        };

    [Theory]
    [MemberData(nameof(Names))]
    public void A_name_is_read_or_not(string form, byte[] encoded, bool isRead)
    {
        var read = () => GeneralNames.Read(new BerReader(encoded)).Count;
        if (isRead)
        {
            read().ShouldBe(1, form);
        }
        else
        {
            Should.Throw<AsnContentException>(() => read(), form);
        }
    }

    private static byte[] Edi(byte type) => Handmade.Element(0xa5, Handmade.Element(0xa1, Handmade.Element(type, Text)));
}
