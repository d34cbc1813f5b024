using System.Formats.Asn1;
using System.Text;

namespace OriginWatch.Trust.X509;

/// <summary>
/// Walks a certificate's elements without copying, as liberal and as strict as AWS-LC (crypto/asn1): lengths may be BER, integers, object
/// identifiers
/// and bit strings must be as DER has them. Throws <see cref="AsnContentException"/>.
/// </summary>
internal ref struct BerReader(ReadOnlyMemory<byte> data)
{
    private const int LongestOid = 64;
    private ReadOnlyMemory<byte> _rest = data;

    public readonly bool HasData => !_rest.IsEmpty;

    /// <summary>What has not been read yet.</summary>
    public readonly ReadOnlyMemory<byte> Rest => _rest;

    public readonly Asn1Tag PeekTag() => Asn1Tag.Decode(_rest.Span, out _);

    public readonly bool NextIs(Asn1Tag tag) => HasData && PeekTag().HasSameClassAndValue(tag);

    public readonly void ThrowIfNotEmpty()
    {
        if (HasData)
        {
            throw new AsnContentException("bytes are left over after the last element");
        }
    }

    /// <summary>The whole next element, header included.</summary>
    public ReadOnlyMemory<byte> ReadEncoded()
    {
        var header = BerHeader.Read(_rest.Span);
        return Take(0, header.Total, header.Total);
    }

    /// <summary>Any element, header included; a primitive of a simple type must be well-formed.</summary>
    public ReadOnlyMemory<byte> ReadAny()
    {
        var probe = new BerReader(_rest);
        var tag = PeekTag();
        if (tag.TagClass == TagClass.Universal)
        {
            probe.CheckSimple(tag);
        }

        return ReadEncoded();
    }

    /// <summary>The content of a SEQUENCE, or of what is tagged instead of it.</summary>
    public BerReader ReadSequence(Asn1Tag? tag = null)
    {
        var expected = tag ?? Asn1Tag.Sequence;
        return PeekTag().IsConstructed ? new(ReadContent(expected)) : throw new AsnContentException($"{Name(expected)} is not constructed");
    }

    /// <summary>The content of a SEQUENCE OF or SET OF: these need not be marked as constructed.</summary>
    public BerReader ReadSequenceOf(Asn1Tag? tag = null) => new(ReadContent(tag ?? Asn1Tag.Sequence));

    public string ReadOid(Asn1Tag? tag = null)
    {
        var content = ReadPrimitive(tag ?? Asn1Tag.ObjectIdentifier).Span;
        if (!BerForms.IsOid(content))
        {
            throw new AsnContentException("an object identifier is malformed");
        }

        if (content.Length > LongestOid)
        {
            return $"#{Convert.ToHexStringLower(content)}"; // nothing that is known is as long, and printing it costs its square
        }

        Span<byte> encoded = [(byte)UniversalTagNumber.ObjectIdentifier, (byte)content.Length, .. content];
        return AsnDecoder.ReadObjectIdentifier(encoded, AsnEncodingRules.DER, out _);
    }

    /// <summary>The byte itself: zero is false, anything else true; DER knows 0xff alone.</summary>
    public byte ReadBoolean() =>
        ReadPrimitive(Asn1Tag.Boolean).Span is [var value] ? value : throw new AsnContentException("a BOOLEAN is not one byte long");

    /// <summary>The two's complement bytes of an INTEGER, minimal.</summary>
    public ReadOnlyMemory<byte> ReadInteger(Asn1Tag? tag = null)
    {
        var content = ReadPrimitive(tag ?? Asn1Tag.Integer);
        return content.Span switch
        {
            [] => throw new AsnContentException("an INTEGER is empty"),
            [0x00, < 0x80, ..] or [0xff, >= 0x80, ..] => throw new AsnContentException("an INTEGER is not in its shortest form"),
            _ => content,
        };
    }

    /// <summary>A string's bytes, whatever its tag; one in pieces is put together.</summary>
    public ReadOnlyMemory<byte> ReadString(Asn1Tag tag) => PeekTag().IsConstructed ? BerForms.Joined(ReadContent(tag)) : ReadContent(tag);

    public ReadOnlyMemory<byte> ReadOctets(Asn1Tag? tag = null) => ReadString(tag ?? new Asn1Tag(UniversalTagNumber.OctetString));

    /// <summary>The bytes of a BIT STRING; a last one that is not full ends with zeros.</summary>
    /// <param name="unused">How many bits of the last byte do not count.</param>
    /// <param name="tag">What it is tagged with instead.</param>
    public ReadOnlyMemory<byte> ReadBits(out int unused, Asn1Tag? tag = null)
    {
        var content = ReadString(tag ?? new Asn1Tag(UniversalTagNumber.BitString));
        unused = content.IsEmpty ? 8 : content.Span[0];
        var bits = content.IsEmpty ? content : content[1..];
        return unused > 7 || (unused > 0 && (bits.IsEmpty || (bits.Span[^1] & ((1 << unused) - 1)) != 0))
            ? throw new AsnContentException("a BIT STRING has a malformed last byte")
            : bits;
    }

    /// <summary>How long the first element is, header included; null where there is none.</summary>
    public static int? LengthOfFirst(ReadOnlySpan<byte> data)
    {
        try
        {
            return BerHeader.Read(data).Total;
        }
        catch (AsnContentException)
        {
            return null;
        }
    }

    /// <summary>Bytes beyond ASCII have no place in an IA5String; they are kept apart so that they match nothing.</summary>
    public static string Ia5(ReadOnlyMemory<byte> content) => Encoding.Latin1.GetString(content.Span);

    /// <summary>The content of the next element, which must have this tag.</summary>
    public ReadOnlyMemory<byte> ReadContent(Asn1Tag tag)
    {
        var header = BerHeader.Read(_rest.Span);
        return header.Tag.HasSameClassAndValue(tag)
            ? Take(header.Offset, header.Length, header.Total)
            : throw new AsnContentException($"{Name(tag)} is expected, and {Name(header.Tag)} is there");
    }

    private ReadOnlyMemory<byte> ReadPrimitive(Asn1Tag tag) =>
        HasData && PeekTag().IsConstructed ? throw new AsnContentException($"{Name(tag)} is constructed") : ReadContent(tag);

    private void CheckSimple(Asn1Tag tag)
    {
        switch ((UniversalTagNumber)tag.TagValue)
        {
            case UniversalTagNumber.Boolean:
                ReadBoolean();
                break;
            case UniversalTagNumber.Integer or UniversalTagNumber.Enumerated:
                ReadInteger(tag);
                break;
            case UniversalTagNumber.BitString:
                ReadBits(out _);
                break;
            case UniversalTagNumber.ObjectIdentifier:
                ReadOid();
                break;
            case UniversalTagNumber.Null when !ReadPrimitive(tag).IsEmpty:
                throw new AsnContentException("a NULL is not empty");
            case UniversalTagNumber.UtcTime or UniversalTagNumber.GeneralizedTime:
                CertificateTime.Read(ref this);
                break;
            case UniversalTagNumber.OctetString
            or UniversalTagNumber.UTF8String
            or (>= UniversalTagNumber.NumericString and <= UniversalTagNumber.IA5String)
            or (>= UniversalTagNumber.GraphicString and <= UniversalTagNumber.BMPString):
                ReadString(tag);
                break;
            default:
                break;
        }
    }

    private static string Name(Asn1Tag tag) =>
        tag.TagClass == TagClass.Universal ? $"{(UniversalTagNumber)tag.TagValue}" : $"{tag.TagClass} {tag.TagValue}";

    private ReadOnlyMemory<byte> Take(int offset, int length, int total)
    {
        var value = _rest.Slice(offset, length);
        _rest = _rest[total..];
        return value;
    }
}
