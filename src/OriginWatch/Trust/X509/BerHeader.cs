using System.Formats.Asn1;
using System.Runtime.InteropServices;

namespace OriginWatch.Trust.X509;

/// <summary>
/// Tag and length of an element, as AWS-LC and OpenSSL read them: any definite length of up to four bytes, minimal or not, and the
/// indefinite length of a constructed element. DER (X.690, section 10) allows less; see <see cref="DerForm"/>.
/// </summary>
[StructLayout(LayoutKind.Auto)]
internal readonly ref struct BerHeader
{
    private const int LongestLength = 4;
    private const int LargestUniversalTag = 255;
    private const int EndOfContents = 2;

    private BerHeader(Asn1Tag tag, int offset, int length, int total) => (Tag, Offset, Length, Total) = (tag, offset, length, total);

    public Asn1Tag Tag { get; }

    /// <summary>Where the content begins.</summary>
    public int Offset { get; }

    /// <summary>Of the content, without the mark that ends an indefinite length.</summary>
    public int Length { get; }

    /// <summary>Of the whole element.</summary>
    public int Total { get; }

    /// <exception cref="AsnContentException">No element begins here, or it does not fit.</exception>
    public static BerHeader Read(ReadOnlySpan<byte> data)
    {
        var (tag, offset, length) = ReadStart(data);
        if (length >= 0)
        {
            return length <= data.Length - offset
                ? new(tag, offset, length, offset + length)
                : throw new AsnContentException("an element is longer than what it stands in");
        }

        var content = FindEnd(data[offset..]);
        return new(tag, offset, content, offset + content + EndOfContents);
    }

    /// <summary>Length -1 for an indefinite one.</summary>
    private static (Asn1Tag Tag, int Offset, int Length) ReadStart(ReadOnlySpan<byte> data)
    {
        if (
            !Asn1Tag.TryDecode(data, out var tag, out var offset)
            || offset >= data.Length
            || (tag.TagClass == TagClass.Universal && tag.TagValue > LargestUniversalTag)
        )
        {
            throw new AsnContentException("the data ends where an element should begin");
        }

        var first = data[offset++];
        if (first < 0x80)
        {
            return (tag, offset, first);
        }

        var bytes = first & 0x7f;
        if (bytes == 0 && tag.IsConstructed)
        {
            return (tag, offset, -1);
        }

        if (bytes is 0 or > LongestLength || offset + bytes > data.Length)
        {
            throw new AsnContentException("an element has no valid length");
        }

        var length = 0L;
        foreach (var digit in data.Slice(offset, bytes))
        {
            length = (length << 8) | digit;
        }

        return (tag, offset + bytes, (int)Math.Min(length, int.MaxValue));
    }

    /// <summary>Where the mark stands that ends an indefinite length; others may be nested, which takes no recursion.</summary>
    private static int FindEnd(ReadOnlySpan<byte> data)
    {
        var open = 1;
        for (var position = 0; position + EndOfContents <= data.Length; )
        {
            if (data[position] == 0 && data[position + 1] == 0)
            {
                if (--open == 0)
                {
                    return position;
                }

                position += EndOfContents;
                continue;
            }

            var (_, offset, length) = ReadStart(data[position..]);
            open += length < 0 ? 1 : 0;
            position = length > data.Length - position - offset ? data.Length : position + offset + Math.Max(0, length);
        }

        throw new AsnContentException("an element of indefinite length does not end");
    }
}
