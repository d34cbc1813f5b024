using System.Formats.Asn1;
using System.Security.Cryptography;

namespace OriginWatch.Trust.X509;

/// <summary>Reads a DER certificate (RFC 5280, section 4.1).</summary>
internal static class CertificateParser
{
    private const int LongestSerial = 20;

    /// <exception cref="AsnContentException">It is not a certificate.</exception>
    public static ParsedCertificate Parse(ReadOnlyMemory<byte> raw)
    {
        var outer = new DerReader(raw);
        var certificate = outer.ReadSequence();
        outer.ThrowIfNotEmpty();
        var tbs = certificate.ReadEncoded();
        var algorithm = certificate.ReadEncoded();
        var signature = certificate.ReadBits();
        certificate.ThrowIfNotEmpty();
        return ParseTbs(raw, tbs, algorithm, signature);
    }

    private static ParsedCertificate ParseTbs(ReadOnlyMemory<byte> raw, ReadOnlyMemory<byte> tbs, ReadOnlyMemory<byte> algorithm, ReadOnlyMemory<byte> signature)
    {
        var notes = new CertificateNotes();
        var reader = new DerReader(tbs).ReadSequence();
        var version = ReadVersion(ref reader);
        var serial = reader.ReadInteger();
        var innerAlgorithm = reader.ReadEncoded();
        var issuer = DistinguishedName.Read(reader.ReadSequence());
        var validity = reader.ReadSequence();
        var (notBefore, notAfter) = (validity.ReadTime(), validity.ReadTime());
        var subject = DistinguishedName.Read(reader.ReadSequence());
        var key = PublicKeyFacts.Read(reader.ReadEncoded());
        var extensions = ReadExtensions(ref reader, notes);
        if (!innerAlgorithm.Span.SequenceEqual(algorithm.Span))
        {
            notes.Defects.Add("its two signature algorithms differ (RFC 5280, section 4.1.1.2)");
        }

        var parsed = new ParsedCertificate
        {
            Raw = raw,
            Sha256 = Convert.ToHexStringLower(SHA256.HashData(raw.Span)),
            Tbs = tbs,
            Signature = signature,
            SignatureAlgorithm = SignatureFacts.Read(algorithm),
            Version = version,
            SerialNumber = serial,
            Issuer = issuer,
            Subject = subject,
            NotBefore = notBefore,
            NotAfter = notAfter,
            PublicKey = key,
            Extensions = extensions,
            Notes = notes,
        };
        CertificateProfile.Examine(parsed, notes);
        return parsed;
    }

    private static int ReadVersion(ref DerReader reader)
    {
        var tag = new Asn1Tag(TagClass.ContextSpecific, 0);
        return reader.NextIs(tag) ? reader.ReadSequence(tag).ReadSmallInteger() + 1 : 1;
    }

    private static ExtensionFacts ReadExtensions(ref DerReader reader, CertificateNotes notes)
    {
        var issuerUniqueId = new Asn1Tag(TagClass.ContextSpecific, 1);
        var subjectUniqueId = new Asn1Tag(TagClass.ContextSpecific, 2);
        var extensions = new Asn1Tag(TagClass.ContextSpecific, 3);
        while (reader.NextIs(issuerUniqueId) || reader.NextIs(subjectUniqueId))
        {
            _ = reader.ReadEncoded();
        }

        if (!reader.NextIs(extensions))
        {
            reader.ThrowIfNotEmpty();
            return ExtensionFacts.None;
        }

        var parser = new ExtensionParser(notes);
        parser.Read(reader.ReadSequence(extensions).ReadSequence());
        reader.ThrowIfNotEmpty();
        return parser.Facts;
    }

    /// <summary>What a serial number breaks of RFC 5280, section 4.1.2.2; null when nothing.</summary>
    public static string? SerialPedantry(ReadOnlySpan<byte> serial) => serial switch
    {
        [>= 0x80, ..] => "its serial number is negative",
        _ when serial.IndexOfAnyExcept((byte)0) < 0 => "its serial number is zero",
        _ when serial.Length > LongestSerial => "its serial number is longer than 20 bytes",
        _ => null,
    };
}
