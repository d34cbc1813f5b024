using System.Buffers;
using System.Formats.Asn1;
using System.Text;

namespace OriginWatch.Trust.X509;

/// <summary>One attribute of a distinguished name: its value for people, and in the form in which AWS-LC and OpenSSL compare it
/// (x_name.c).</summary>
/// <param name="Oid">Its type.</param>
/// <param name="Tag">The universal tag of the value's string type.</param>
/// <param name="Raw">The value's bytes.</param>
/// <param name="Text">The value as text; bytes in hexadecimal where it is no string.</param>
internal sealed record NameAttribute(string Oid, int Tag, ReadOnlyMemory<byte> Raw, string Text)
{
    public const int Utf8 = 12;
    public const int Ia5 = 22;
    private const int Sequence = 16;
    private const int BitString = 3;
    private const int Numeric = 18;
    private const int Printable = 19;
    private const int Teletex = 20;
    private const int Universal = 28;
    private const int Bmp = 30;
    private static readonly int[] Known = [BitString, Utf8, Sequence, Numeric, Printable, Teletex, Ia5, Universal, Bmp];

    /// <summary>Types without a meaning of their own in the library's table (ASN1_PRINTABLE): taken as they are.</summary>
    private static readonly int[] Opaque = [7, 8, 9, 10, 11, 13, 14, 15, 29];
    private static readonly SearchValues<char> Spaces = SearchValues.Create(" \t\n\v\f\r");

    public static NameAttribute Read(BerReader attribute)
    {
        var oid = attribute.ReadOid();
        var tag = attribute.PeekTag();
        if (tag.TagClass != TagClass.Universal || (!Known.Contains(tag.TagValue) && !Opaque.Contains(tag.TagValue)))
        {
            throw new AsnContentException($"a name has a value of the type {tag.TagClass} {tag.TagValue}");
        }

        var raw = tag.TagValue switch
        {
            BitString => attribute.ReadBits(out _),
            Sequence => attribute.ReadEncoded(),
            _ => attribute.ReadString(tag),
        };
        attribute.ThrowIfNotEmpty();
        return new(oid, tag.TagValue, raw, Decode(tag.TagValue, raw.Span));
    }

    /// <summary>s2n compares the bytes of a common name of one of these types, and of no other (X.520, CommonName).</summary>
    public bool MayNameAHost => Tag is Teletex or Printable or Utf8;

    /// <summary>True for a type of string that can be turned into text.</summary>
    public bool IsText => IsFolded || Tag == Numeric;

    /// <summary>True where letters are folded and spaces collapsed; other values are compared byte by byte, type included.</summary>
    private bool IsFolded => Tag is Utf8 or Bmp or Universal or Printable or Teletex or Ia5;

    /// <summary>Equal for two attributes exactly when the library holds them to be the same.</summary>
    public string Canonical => IsFolded ? $"{Oid}={Fold(Text)}" : $"{Oid}#{Tag}={Convert.ToHexStringLower(Raw.Span)}";

    private static string Decode(int tag, ReadOnlySpan<byte> content) =>
        tag switch
        {
            Utf8 => DecodeUtf8(content),
            Bmp => DecodeWide(content, 2),
            Universal => DecodeWide(content, 4),
            Printable or Ia5 or Numeric or Teletex => Encoding.Latin1.GetString(content),
            _ => "#" + Convert.ToHexStringLower(content),
        };

    private static string DecodeUtf8(ReadOnlySpan<byte> content)
    {
        if (Ascii.IsValid(content))
        {
            return Encoding.ASCII.GetString(content);
        }

        var text = new StringBuilder(content.Length);
        while (!content.IsEmpty)
        {
            if (Rune.DecodeFromUtf8(content, out var rune, out var consumed) != OperationStatus.Done || IsNoncharacter(rune.Value))
            {
                throw new AsnContentException("a UTF8String is not UTF-8");
            }

            text.Append(rune);
            content = content[consumed..];
        }

        return text.ToString();
    }

    /// <summary>Two bytes a character without surrogates, or four; a byte order mark is refused.</summary>
    private static string DecodeWide(ReadOnlySpan<byte> content, int width)
    {
        if (content.Length % width != 0)
        {
            throw new AsnContentException("a string of wide characters ends within one");
        }

        var text = new StringBuilder(content.Length / width);
        for (var position = 0; position < content.Length; position += width)
        {
            var value = 0;
            foreach (var octet in content.Slice(position, width))
            {
                value = (value << 8) | octet;
            }

            if (!Rune.IsValid(value) || IsNoncharacter(value) || (position == 0 && value == 0xfeff))
            {
                throw new AsnContentException("a string of wide characters holds what is no character");
            }

            text.Append(new Rune(value));
        }

        return text.ToString();
    }

    private static bool IsNoncharacter(int value) => (value & 0xfffe) == 0xfffe || value is >= 0xfdd0 and <= 0xfdef;

    /// <summary>ASCII letters small, runs of white space one space, none at the ends.</summary>
    private static string Fold(string value)
    {
        if (value.AsSpan().IndexOfAnyExceptInRange('!', '@') < 0)
        {
            return value;
        }

        var folded = new StringBuilder(value.Length);
        var isPending = false;
        foreach (var character in value)
        {
            if (Spaces.Contains(character))
            {
                isPending = folded.Length > 0;
                continue;
            }

            if (isPending)
            {
                folded.Append(' ');
                isPending = false;
            }

            folded.Append(character is >= 'A' and <= 'Z' ? (char)(character | 0x20) : character);
        }

        return folded.ToString();
    }
}
