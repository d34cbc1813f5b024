using System.Formats.Asn1;
using System.Security.Cryptography;
using System.Text;

namespace OriginWatch.Trust.Repair;

/// <summary>The certificates of a file or a download, whatever form it has: PEM, DER or PKCS#7 (RFC 5652, certs-only).</summary>
public static class CertificateFile
{
    private const string SignedData = "1.2.840.113549.1.7.2";
    private const string Pkcs7Label = "PKCS7";
    private static readonly Asn1Tag ExplicitContent = new(TagClass.ContextSpecific, 0, isConstructed: true);

    /// <summary>Empty when there are none. A DER certificate is taken as it is, parseable or not.</summary>
    public static IReadOnlyList<ReadOnlyMemory<byte>> Read(byte[] content)
    {
        ArgumentNullException.ThrowIfNull(content);
        var text = Encoding.Latin1.GetString(content);
        var pem = PemCertificates.Read(text).Select(der => (ReadOnlyMemory<byte>)der).ToList();
        if (pem.Count > 0)
        {
            return pem;
        }

        var bytes =
            PemEncoding.TryFind(text, out var fields) && text[fields.Label] == Pkcs7Label
                ? Convert.FromBase64String(text[fields.Base64Data])
                : content;
        return ReadPkcs7(bytes) ?? (IsDer(bytes) && OtherFile.Describe(bytes) is null ? [bytes] : []);
    }

    /// <summary>How many PEM blocks the file has and which of them are not used, as a sentence; null where all are, or there are
    /// none.</summary>
    public static string? Complaint(byte[] content)
    {
        ArgumentNullException.ThrowIfNull(content);
        return PemBlocks.Complaint([.. PemBlocks.Read(Encoding.Latin1.GetString(content)).Where(block => block.Label != Pkcs7Label)]);
    }

    private static List<ReadOnlyMemory<byte>>? ReadPkcs7(byte[] bytes)
    {
        try
        {
            var contentInfo = new AsnReader(bytes, AsnEncodingRules.BER).ReadSequence();
            if (!contentInfo.PeekTag().HasSameClassAndValue(Asn1Tag.ObjectIdentifier) || contentInfo.ReadObjectIdentifier() != SignedData)
            {
                return null;
            }

            var signedData = contentInfo.ReadSequence(ExplicitContent).ReadSequence();
            _ = signedData.ReadInteger();
            _ = signedData.ReadEncodedValue();
            _ = signedData.ReadEncodedValue();
            var certificates = new List<ReadOnlyMemory<byte>>();
            if (signedData.HasData && signedData.PeekTag().HasSameClassAndValue(ExplicitContent))
            {
                var set = signedData.ReadSetOf(skipSortOrderValidation: true, ExplicitContent);
                while (set.HasData)
                {
                    certificates.Add(set.ReadEncodedValue());
                }
            }

            return certificates;
        }
        catch (AsnContentException)
        {
            return null;
        }
    }

    private static bool IsDer(byte[] bytes)
    {
        try
        {
            AsnDecoder.ReadSequence(bytes, AsnEncodingRules.DER, out _, out _, out var consumed);
            return consumed == bytes.Length;
        }
        catch (AsnContentException)
        {
            return false;
        }
    }
}
