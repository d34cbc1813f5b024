using System.Formats.Asn1;

namespace OriginWatch.Trust.X509;

/// <summary>
/// A time of a validity as AWS-LC reads it (crypto/bytestring): to the second, no fraction, no leap second, years from 1950 to 2049 in a
/// UTCTime.
/// </summary>
/// <param name="Value">The instant.</param>
/// <param name="HasOffset">A UTCTime with an offset instead of Z can be read, and no comparison with it succeeds.</param>
internal readonly record struct CertificateTime(DateTimeOffset Value, bool HasOffset)
{
    private const int UtcTimeDigits = 12;
    private const int GeneralizedTimeDigits = 14;
    private const int OffsetDigits = 4;
    private const int FirstUtcYear = 50;

    public static CertificateTime Read(ref BerReader reader)
    {
        var isUtc = reader.NextIs(Asn1Tag.UtcTime);
        var text = reader.ReadString(isUtc ? Asn1Tag.UtcTime : Asn1Tag.GeneralizedTime).Span;
        var digits = isUtc ? UtcTimeDigits : GeneralizedTimeDigits;
        var hasOffset =
            isUtc && text.Length == digits + 1 + OffsetDigits && text[digits] is (byte)'+' or (byte)'-' && IsOffset(text[(digits + 1)..]);
        return hasOffset || (text.Length == digits + 1 && text[digits] == 'Z')
            ? new(Instant(text[..digits], isUtc), hasOffset)
            : throw new AsnContentException("a time is not as RFC 5280, section 4.1.2.5, has it");
    }

    private static bool IsOffset(ReadOnlySpan<byte> digits) => Number(digits[..2]) < 24 && Number(digits[2..]) < 60;

    private static DateTimeOffset Instant(ReadOnlySpan<byte> digits, bool isUtc)
    {
        var century = isUtc ? (Number(digits[..2]) >= FirstUtcYear ? 19 : 20) : Number(digits[..2]);
        var rest = isUtc ? digits : digits[2..];
        var (year, month, day) = ((century * 100) + Number(rest[..2]), Number(rest[2..4]), Number(rest[4..6]));
        var (hour, minute, second) = (Number(rest[6..8]), Number(rest[8..10]), Number(rest[10..12]));
        if (
            month is < 1 or > 12
            || day < 1
            || hour > 23
            || minute > 59
            || second > 59
            || day > DateTime.DaysInMonth(year == 0 ? 4 : year, month)
        )
        {
            throw new AsnContentException("a time does not exist");
        }

        return year == 0 ? DateTimeOffset.MinValue : new(year, month, day, hour, minute, second, TimeSpan.Zero);
    }

    private static int Number(ReadOnlySpan<byte> digits) =>
        digits[0] is >= (byte)'0' and <= (byte)'9' && digits[1] is >= (byte)'0' and <= (byte)'9'
            ? ((digits[0] - '0') * 10) + digits[1] - '0'
            : throw new AsnContentException("a time has something else than digits");
}
