using System.Formats.Asn1;

namespace OriginWatch.Trust.X509;

/// <summary>
/// Reads the extensions of one certificate (RFC 5280, section 4.2) as AWS-LC does (v3_purp.c): it decodes nine, and one of these that is
/// malformed
/// or stands twice makes the certificate unusable. The others are never decoded, and refused only where they are critical.
/// </summary>
internal sealed class ExtensionParser(CertificateNotes notes)
{
    private readonly HashSet<string> _seen = new(StringComparer.Ordinal);
    private readonly ExtensionReader _reader = new(notes);

    public ExtensionFacts Facts => _reader.Facts;

    public void Read(BerReader extensions)
    {
        while (extensions.HasData)
        {
            var extension = extensions.ReadSequence();
            var oid = extension.ReadOid();
            var critical = extension.NextIs(Asn1Tag.Boolean) ? extension.ReadBoolean() : (byte)0;
            var value = extension.ReadOctets();
            extension.ThrowIfNotEmpty();
            notes.Add(NoteScope.Anywhere, critical is 0 or 0xff ? null : $"the criticality of its extension {oid} is not in DER");
            Read(oid, critical != 0, value);
        }
    }

    private void Read(string oid, bool critical, ReadOnlyMemory<byte> value)
    {
        if (critical && !KnownExtensions.IsProcessed(oid))
        {
            notes.Refuse(
                $"its critical extension {oid} is not known to TLS clients",
                KnownExtensions.IsProcessedByOpenSslAlone(oid) ? RejectedBy.AmazonAlone : RejectedBy.Libraries,
                invalidates: false
            );
        }

        if (!_seen.Add(oid))
        {
            NoteRepetition(oid);
            return;
        }

        try
        {
            _reader.Read(oid, critical, value);
        }
        catch (AsnContentException)
        {
            NoteMalformed(oid);
        }
    }

    private void NoteRepetition(string oid)
    {
        if (KnownExtensions.IsDecoded(oid))
        {
            notes.Refuse($"extension {oid} stands twice");
        }
        else
        {
            notes.Add(NoteScope.Anywhere, $"extension {oid} stands twice (RFC 5280, section 4.2)");
        }
    }

    private void NoteMalformed(string oid)
    {
        if (KnownExtensions.IsDecoded(oid))
        {
            notes.Refuse($"its extension {oid} is malformed");
        }
        else
        {
            notes.Add(NoteScope.Anywhere, $"its extension {oid} is malformed");
        }
    }
}
