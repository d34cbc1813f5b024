using System.Formats.Asn1;
using System.Security.Cryptography;

namespace OriginWatch.Trust.X509;

/// <summary>Reads a DER certificate (RFC 5280, section 4.1).</summary>
internal static class CertificateParser
{
    private const int LongestSerial = 20;

    private const int WithExtensions = 3;
    private static readonly Asn1Tag VersionTag = new(TagClass.ContextSpecific, 0);
    private static readonly Asn1Tag IssuerUniqueId = new(TagClass.ContextSpecific, 1);
    private static readonly Asn1Tag SubjectUniqueId = new(TagClass.ContextSpecific, 2);
    private static readonly Asn1Tag ExtensionsTag = new(TagClass.ContextSpecific, 3);

    /// <param name="raw">The certificate.</param>
    /// <param name="mostTrailing">How many bytes may follow it.</param>
    /// <exception cref="AsnContentException">It is not a certificate.</exception>
    public static ParsedCertificate Parse(ReadOnlyMemory<byte> raw, int mostTrailing = 0)
    {
        var outer = new BerReader(raw);
        var certificate = outer.ReadSequence();
        if (outer.Rest.Length > mostTrailing)
        {
            outer.ThrowIfNotEmpty();
        }

        var tbs = certificate.ReadEncoded();
        var algorithm = certificate.ReadEncoded();
        var signature = certificate.ReadBits(out var unused);
        certificate.ThrowIfNotEmpty();
        var parsed = ParseTbs(raw, tbs, algorithm, unused == 0 ? signature : default);
        if (outer.HasData)
        {
            parsed.Notes.Add(NoteScope.Anywhere, "bytes follow it");
        }

        return parsed;
    }

    private static ParsedCertificate ParseTbs(
        ReadOnlyMemory<byte> raw,
        ReadOnlyMemory<byte> tbs,
        ReadOnlyMemory<byte> algorithm,
        ReadOnlyMemory<byte> signature
    )
    {
        var notes = new CertificateNotes();
        var reader = new BerReader(tbs).ReadSequence();
        var version = ReadVersion(ref reader);
        var serial = reader.ReadInteger();
        var innerAlgorithm = reader.ReadEncoded();
        var signatureAlgorithm = SignatureFacts.Read(algorithm);
        var hasTwoAlgorithms = !innerAlgorithm.Span.SequenceEqual(algorithm.Span) && SignatureFacts.Read(innerAlgorithm) is not null;
        var issuer = DistinguishedName.Read(reader.ReadSequenceOf());
        var validity = reader.ReadSequence();
        var (notBefore, notAfter) = (CertificateTime.Read(ref validity), CertificateTime.Read(ref validity));
        validity.ThrowIfNotEmpty();
        var subject = DistinguishedName.Read(reader.ReadSequenceOf());
        var key = PublicKeyFacts.Read(reader.ReadEncoded());
        var parsed = new ParsedCertificate
        {
            Raw = raw,
            Sha256 = Convert.ToHexStringLower(SHA256.HashData(raw.Span)),
            Tbs = tbs,
            Signature = signature,
            SignatureAlgorithm = signatureAlgorithm,
            Version = version,
            SerialNumber = serial,
            Issuer = issuer,
            Subject = subject,
            NotBefore = notBefore.Value,
            NotAfter = notAfter.Value,
            HasTimeOffset = notBefore.HasOffset || notAfter.HasOffset,
            HasTwoAlgorithms = hasTwoAlgorithms,
            PublicKey = key,
            Extensions = ReadExtensions(ref reader, version, notes),
            Notes = notes,
        };
        CertificateProfile.Examine(parsed, notes);
        return parsed;
    }

    /// <summary>0 for one that there is not.</summary>
    private static int ReadVersion(ref BerReader reader)
    {
        if (!reader.NextIs(VersionTag))
        {
            return 1;
        }

        var field = reader.ReadSequence(VersionTag);
        var version = field.ReadInteger().Span is [<= 2 and var number] ? number + 1 : 0;
        field.ThrowIfNotEmpty();
        return version;
    }

    private static ExtensionFacts ReadExtensions(ref BerReader reader, int version, CertificateNotes notes)
    {
        var hasUniqueIds = SkipBits(ref reader, IssuerUniqueId) | SkipBits(ref reader, SubjectUniqueId);
        notes.Unreadable =
            version == 0 ? "its version is none of 1, 2 and 3"
            : hasUniqueIds && version == 1 ? "it has unique identifiers and is of version 1"
            : null;
        if (!reader.HasData)
        {
            return ExtensionFacts.None;
        }

        var parser = new ExtensionParser(notes);
        var field = reader.ReadSequence(ExtensionsTag);
        parser.Read(field.ReadSequenceOf());
        field.ThrowIfNotEmpty();
        reader.ThrowIfNotEmpty();
        notes.Unreadable ??= version == WithExtensions ? null : $"it has extensions and is of version {version}";
        return parser.Facts;
    }

    private static bool SkipBits(ref BerReader reader, Asn1Tag tag)
    {
        var isThere = reader.NextIs(tag);
        if (isThere)
        {
            reader.ReadBits(out _, tag);
        }

        return isThere;
    }

    /// <summary>What a serial number breaks of RFC 5280, section 4.1.2.2; null when nothing.</summary>
    public static string? SerialPedantry(ReadOnlySpan<byte> serial) =>
        serial switch
        {
            [>= 0x80, ..] => "its serial number is negative",
            _ when serial.IndexOfAnyExcept((byte)0) < 0 => "its serial number is zero",
            _ when serial.Length > LongestSerial => "its serial number is longer than 20 bytes",
            _ => null,
        };
}
