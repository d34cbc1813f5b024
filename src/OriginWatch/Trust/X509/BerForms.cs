using System.Buffers;
using System.Formats.Asn1;

namespace OriginWatch.Trust.X509;

/// <summary>Forms of content that BER allows and AWS-LC reads, or does not.</summary>
internal static class BerForms
{
    /// <summary>A string may be in pieces of pieces; AWS-LC stops here too.</summary>
    private const int DeepestString = 5;

    /// <summary>Whether every arc is in its shortest form and the last one ends.</summary>
    public static bool IsOid(ReadOnlySpan<byte> content)
    {
        byte previous = 0;
        foreach (var value in content)
        {
            if ((previous & 0x80) == 0 && value == 0x80)
            {
                return false;
            }

            previous = value;
        }

        return !content.IsEmpty && (previous & 0x80) == 0;
    }

    /// <summary>A string that is in pieces, put together.</summary>
    public static ReadOnlyMemory<byte> Joined(ReadOnlyMemory<byte> pieces)
    {
        var buffer = new ArrayBufferWriter<byte>(Math.Max(1, pieces.Length));
        Collect(pieces, buffer, 0);
        return buffer.WrittenMemory;
    }

    private static void Collect(ReadOnlyMemory<byte> pieces, ArrayBufferWriter<byte> buffer, int depth)
    {
        while (!pieces.IsEmpty)
        {
            var header = BerHeader.Read(pieces.Span);
            if (depth > DeepestString)
            {
                throw new AsnContentException("a string is in pieces of pieces");
            }

            var piece = pieces.Slice(header.Offset, header.Length);
            if (header.Tag.IsConstructed)
            {
                Collect(piece, buffer, depth + 1);
            }
            else
            {
                buffer.Write(piece.Span);
            }

            pieces = pieces[header.Total..];
        }
    }
}
