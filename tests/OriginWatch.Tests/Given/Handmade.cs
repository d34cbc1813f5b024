using System.Formats.Asn1;
using System.Security.Cryptography;
using System.Text;
using OriginWatch.Tests.Trust;

namespace OriginWatch.Tests;

/// <summary>A certificate put together element by element, so that each may be what no CA writes. Every value is an encoded
/// element.</summary>
internal sealed record Handmade
{
    public static readonly byte[] EcdsaWithSha256 = Sequence(Oid("1.2.840.10045.4.3.2"));
    private static readonly ECDsa AnyKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    public byte[] Version { get; init; } = Element(0xa0, Element(0x02, [2]));
    public byte[] Serial { get; init; } = Element(0x02, [0x45, 0x01]);
    public byte[] Issuer { get; init; } = Name("Root");
    public byte[] NotBefore { get; init; } = Element(0x17, "260101000000Z"u8);
    public byte[] NotAfter { get; init; } = Element(0x17, "310101000000Z"u8);
    public byte[] Subject { get; init; } = Name(TestPki.Name);
    public ECDsa Key { get; init; } = AnyKey;
    public byte[]? PublicKey { get; init; }
    public byte[] UniqueIds { get; init; } = [];
    public IReadOnlyList<byte[]> Extensions { get; init; } = [DnsNames(TestPki.Name)];
    public byte[] InnerAlgorithm { get; init; } = EcdsaWithSha256;
    public byte[] Algorithm { get; init; } = EcdsaWithSha256;
    public byte[] Trailing { get; init; } = [];

    public static Handmade Authority(string name, ECDsa key) =>
        new()
        {
            Issuer = Name(name),
            Subject = Name(name),
            Key = key,
            Extensions = [Extension("2.5.29.19", Sequence(Element(0x01, [0xff])), 0xff)],
        };

    public byte[] SignedBy(ECDsa issuer)
    {
        var extensions = Extensions.Count == 0 ? [] : Element(0xa3, Sequence([.. Extensions]));
        var tbs = Sequence(
            Version,
            Serial,
            InnerAlgorithm,
            Issuer,
            Sequence(NotBefore, NotAfter),
            Subject,
            PublicKey ?? Key.ExportSubjectPublicKeyInfo(),
            UniqueIds,
            extensions
        );
        var signature = issuer.SignData(tbs, HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence);
        return [.. Sequence(tbs, Algorithm, Element(0x03, [0, .. signature])), .. Trailing];
    }

    public static byte[] Element(byte tag, ReadOnlySpan<byte> content)
    {
        byte[] length = content.Length switch
        {
            < 0x80 => [(byte)content.Length],
            < 0x100 => [0x81, (byte)content.Length],
            _ => [0x82, (byte)(content.Length >> 8), (byte)content.Length],
        };
        return [tag, .. length, .. content];
    }

    public static byte[] Sequence(params byte[][] elements) => Element(0x30, elements.SelectMany(element => element).ToArray());

    public static byte[] Oid(string oid)
    {
        var writer = new AsnWriter(AsnEncodingRules.DER);
        writer.WriteObjectIdentifier(oid);
        return writer.Encode();
    }

    public static byte[] Utf8(string text) => Element(0x0c, Encoding.UTF8.GetBytes(text));

    public static byte[] Name(string commonName) => NameOf(Attribute("2.5.4.3", Utf8(commonName)));

    /// <summary>One relative name of these attributes.</summary>
    public static byte[] NameOf(params byte[][] attributes) =>
        Sequence(Element(0x31, attributes.SelectMany(attribute => attribute).ToArray()));

    public static byte[] Attribute(string oid, byte[] value) => Sequence(Oid(oid), value);

    public static byte[] Extension(string oid, byte[] value, byte? critical = null) =>
        Sequence(Oid(oid), critical is { } boolean ? Element(0x01, [boolean]) : [], Element(0x04, value));

    public static byte[] DnsNames(params string[] dns) =>
        Extension("2.5.29.17", Sequence([.. dns.Select(name => Element(0x82, Encoding.ASCII.GetBytes(name)))]));
}
