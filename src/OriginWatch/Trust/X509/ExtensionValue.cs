namespace OriginWatch.Trust.X509;

/// <summary>The value of an extension, read as what it must be. Throws <see cref="System.Formats.Asn1.AsnContentException"/>.</summary>
internal readonly struct ExtensionValue(string oid, ReadOnlyMemory<byte> value, CertificateNotes notes)
{
    public BerReader Sequence()
    {
        var reader = new BerReader(value);
        var sequence = reader.ReadSequence();
        End(reader);
        return sequence;
    }

    public BerReader SequenceOf()
    {
        var reader = new BerReader(value);
        var sequence = reader.ReadSequenceOf();
        End(reader);
        return sequence;
    }

    public ReadOnlyMemory<byte> Octets()
    {
        var reader = new BerReader(value);
        var octets = reader.ReadOctets();
        End(reader);
        return octets;
    }

    /// <summary>Of a BIT STRING; zero where it has none.</summary>
    public byte FirstByte()
    {
        var reader = new BerReader(value);
        var bits = reader.ReadBits(out _);
        End(reader);
        return bits.Span is [var first, ..] ? first : (byte)0;
    }

    /// <summary>What follows the value is refused by AWS-LC (X509V3_EXT_d2i) and overlooked by OpenSSL.</summary>
    private void End(BerReader reader)
    {
        if (reader.HasData && KnownExtensions.IsDecoded(oid))
        {
            notes.Refuse($"bytes follow the value of its extension {oid}", RejectedBy.AmazonAlone);
        }
        else if (reader.HasData)
        {
            notes.Add(NoteScope.Anywhere, $"bytes follow the value of its extension {oid}");
        }
    }
}
