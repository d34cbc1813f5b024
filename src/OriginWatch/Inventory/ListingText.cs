using System.Buffers;
using System.Text;
using System.Text.Json;
using System.Text.Unicode;
using OriginWatch.Inventory.Documents;

namespace OriginWatch.Inventory;

/// <summary>The bytes of a saved listing: shells save it in more than one encoding.</summary>
internal static class ListingText
{
    /// <summary>Drops a byte order mark and turns UTF-16, which older PowerShells redirect into, into UTF-8.</summary>
    public static ReadOnlyMemory<byte> ToUtf8(ReadOnlyMemory<byte> bytes)
    {
        var utf8 = bytes.Span switch
        {
            [0xEF, 0xBB, 0xBF, ..] => bytes[3..],
            [0xFF, 0xFE, ..] => FromUtf16(Encoding.Unicode, bytes[2..]),
            [0xFE, 0xFF, ..] => FromUtf16(Encoding.BigEndianUnicode, bytes[2..]),
            _ => bytes,
        };
        if (utf8.Span.IndexOfAnyExcept(" \t\r\n"u8) < 0)
        {
            throw new InventoryException(
                "The file is empty. The AWS CLI prints nothing when the account has no distributions and when it fails; "
                    + "an empty file proves neither. Save it again with --no-paginate: that prints a listing also when it is empty."
            );
        }

        return utf8.Span.Contains((byte)0) || !Utf8.IsValid(utf8.Span)
            ? throw new InventoryException("The file is not UTF-8 text. Save it again as UTF-8.")
            : utf8;
    }

    /// <summary>Says where it stops being JSON; quotes nothing, since a listing holds the secrets of custom headers.</summary>
    public static string WhyNotJson(ReadOnlySpan<byte> utf8, JsonException exception)
    {
        var where = $"line {exception.LineNumber + 1}, byte {exception.BytePositionInLine + 1}";
        if (exception.Message.Contains("maximum configured depth", StringComparison.Ordinal))
        {
            return $"It nests deeper than any plan or listing does ({where}). {OtherText.HowTo}";
        }

        return utf8.TrimStart(" \t\r\n"u8) is [(byte)'{' or (byte)'[', ..]
            ? $"It starts as JSON but is damaged or was cut short ({where}). Save it again. {OtherText.HowTo}"
            : $"It is not JSON; was --output json left out? ({where}) {OtherText.HowTo}";
    }

    private static byte[] FromUtf16(Encoding encoding, ReadOnlyMemory<byte> bytes)
    {
        try
        {
            var strict = Encoding.GetEncoding(encoding.CodePage, EncoderFallback.ExceptionFallback, DecoderFallback.ExceptionFallback);
            return Encoding.UTF8.GetBytes(strict.GetString(bytes.Span));
        }
        catch (DecoderFallbackException exception)
        {
            throw new InventoryException("The file starts as UTF-16 text but is damaged. Save it again as UTF-8.", exception);
        }
    }
}
