using System.Formats.Asn1;
using System.Text;

namespace OriginWatch.Trust.X509;

/// <summary>Walks DER without copying: what it returns are slices of what it was given. Throws <see cref="AsnContentException"/>.</summary>
internal ref struct DerReader(ReadOnlyMemory<byte> data)
{
    private ReadOnlyMemory<byte> _rest = data;

    public readonly bool HasData => !_rest.IsEmpty;

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
        AsnDecoder.ReadEncodedValue(_rest.Span, AsnEncodingRules.DER, out _, out _, out var consumed);
        return Take(0, consumed, consumed);
    }

    /// <summary>The content of the next element, whatever its tag.</summary>
    public ReadOnlyMemory<byte> ReadContent()
    {
        AsnDecoder.ReadEncodedValue(_rest.Span, AsnEncodingRules.DER, out var offset, out var length, out var consumed);
        return Take(offset, length, consumed);
    }

    public DerReader ReadSequence(Asn1Tag? tag = null)
    {
        AsnDecoder.ReadSequence(_rest.Span, AsnEncodingRules.DER, out var offset, out var length, out var consumed, tag);
        return new(Take(offset, length, consumed));
    }

    public DerReader ReadSet()
    {
        AsnDecoder.ReadSetOf(_rest.Span, AsnEncodingRules.DER, out var offset, out var length, out var consumed, skipSortOrderValidation: true);
        return new(Take(offset, length, consumed));
    }

    public string ReadOid()
    {
        var oid = AsnDecoder.ReadObjectIdentifier(_rest.Span, AsnEncodingRules.DER, out var consumed);
        _rest = _rest[consumed..];
        return oid;
    }

    public bool ReadBoolean()
    {
        var value = AsnDecoder.ReadBoolean(_rest.Span, AsnEncodingRules.DER, out var consumed);
        _rest = _rest[consumed..];
        return value;
    }

    /// <summary>The two's complement bytes of an INTEGER.</summary>
    public ReadOnlyMemory<byte> ReadInteger(Asn1Tag? tag = null)
    {
        var bytes = AsnDecoder.ReadIntegerBytes(_rest.Span, AsnEncodingRules.DER, out var consumed, tag);
        var header = consumed - bytes.Length;
        return Take(header, bytes.Length, consumed);
    }

    public int ReadSmallInteger(Asn1Tag? tag = null)
    {
        if (!AsnDecoder.TryReadInt32(_rest.Span, AsnEncodingRules.DER, out var value, out var consumed, tag))
        {
            throw new AsnContentException("a number is too large");
        }

        _rest = _rest[consumed..];
        return value;
    }

    public ReadOnlyMemory<byte> ReadOctets(Asn1Tag? tag = null)
    {
        if (!AsnDecoder.TryReadPrimitiveOctetString(_rest.Span, AsnEncodingRules.DER, out var value, out var consumed, tag))
        {
            throw new AsnContentException("an OCTET STRING is constructed");
        }

        return Take(consumed - value.Length, value.Length, consumed);
    }

    public ReadOnlyMemory<byte> ReadBits()
    {
        if (!AsnDecoder.TryReadPrimitiveBitString(_rest.Span, AsnEncodingRules.DER, out _, out var value, out var consumed))
        {
            throw new AsnContentException("a BIT STRING is constructed");
        }

        return Take(consumed - value.Length, value.Length, consumed);
    }

    /// <summary>UTCTime or GeneralizedTime, as RFC 5280, section 4.1.2.5, has them.</summary>
    public DateTimeOffset ReadTime()
    {
        int consumed;
        var time = NextIs(Asn1Tag.UtcTime)
            ? AsnDecoder.ReadUtcTime(_rest.Span, AsnEncodingRules.DER, out consumed)
            : AsnDecoder.ReadGeneralizedTime(_rest.Span, AsnEncodingRules.DER, out consumed);
        _rest = _rest[consumed..];
        return time;
    }

    /// <summary>Bytes beyond ASCII have no place in an IA5String; they are kept apart so that they match nothing.</summary>
    public static string Ia5(ReadOnlyMemory<byte> content) => Encoding.Latin1.GetString(content.Span);

    private ReadOnlyMemory<byte> Take(int offset, int length, int consumed)
    {
        var value = _rest.Slice(offset, length);
        _rest = _rest[consumed..];
        return value;
    }
}
