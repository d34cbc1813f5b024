using System.Formats.Asn1;

namespace OriginWatch.Trust;

/// <summary>What a file is that holds certificates in no form that a server reads, and how to convert it.</summary>
public static class OtherFile
{
    internal const string FromPkcs7 = "openssl pkcs7 -print_certs -in FILE -out chain.pem";
    private const int Pkcs12Version = 3;

    /// <summary>One sentence and what to do; null for a file of another kind, and for certificates.</summary>
    public static string? Describe(ReadOnlySpan<byte> content) =>
        content switch
        {
            [] => "The file is empty. Give the PEM file that the server is configured with, e.g. fullchain.pem.",
            [0xff, 0xfe, ..] or [0xfe, 0xff, ..] or [(byte)'-', 0, (byte)'-', 0, ..] =>
                "This is UTF-16 text, which no server reads as PEM. Save it as ASCII.",
            _ when IsPkcs12(content) =>
                "This is a PKCS #12 file. Export its certificates: 'openssl pkcs12 -nokeys -in FILE -out chain.pem'.",
            _ when HasMore(content) => "More bytes follow a first DER element. "
                + "Convert each certificate with 'openssl x509 -inform DER -in FILE' and write them to one PEM file, "
                + "the server's first.",
            _ => null,
        };

    /// <summary>ContentInfo begins with its type (RFC 5652, section 3), a certificate with a sequence.</summary>
    internal static bool IsPkcs7(ReadOnlySpan<byte> content) =>
        First(content, out var inner, out _) && Tag(inner) == Asn1Tag.ObjectIdentifier;

    /// <summary>PFX begins with its version, always 3 (RFC 7292, section 4).</summary>
    private static bool IsPkcs12(ReadOnlySpan<byte> content) =>
        First(content, out var inner, out _) && inner is [(byte)UniversalTagNumber.Integer, 1, Pkcs12Version, ..];

    private static bool HasMore(ReadOnlySpan<byte> content) => First(content, out _, out var length) && length < content.Length;

    private static bool First(ReadOnlySpan<byte> content, out ReadOnlySpan<byte> inner, out int length)
    {
        var isSequence =
            AsnDecoder.TryReadEncodedValue(content, AsnEncodingRules.BER, out var tag, out var start, out var innerLength, out length)
            && tag == Asn1Tag.Sequence;
        inner = isSequence ? content.Slice(start, innerLength) : default;
        return isSequence;
    }

    private static Asn1Tag? Tag(ReadOnlySpan<byte> inner) => Asn1Tag.TryDecode(inner, out var tag, out _) ? tag : null;
}
