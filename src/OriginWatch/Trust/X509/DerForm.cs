namespace OriginWatch.Trust.X509;

/// <summary>Whether all lengths of a certificate are as DER has them (X.690, section 10.1); AWS-LC and OpenSSL do not mind.</summary>
internal static class DerForm
{
    private const byte Constructed = 0x20;
    private const int HighTag = 0x1f;

    /// <summary>Walks into whatever is constructed, without recursion: an element's content begins where its header ends.</summary>
    public static bool HasShortestLengths(ReadOnlySpan<byte> certificate)
    {
        for (var position = 0; position + 1 < certificate.Length; )
        {
            var isConstructed = (certificate[position] & Constructed) != 0;
            if ((certificate[position] & HighTag) == HighTag)
            {
                return true; // no certificate has such tags; what does cannot be walked so simply, and it is a remark only
            }

            var first = certificate[position + 1];
            var bytes = first < 0x80 ? 0 : first & 0x7f;
            if (first == 0x80 || position + 2 + bytes > certificate.Length || !IsShortest(certificate.Slice(position + 2, bytes)))
            {
                return false;
            }

            var header = 2 + bytes;
            position += isConstructed
                ? header
                : header + Math.Min(Length(first, certificate.Slice(position + 2, bytes)), certificate.Length);
        }

        return true;
    }

    private static bool IsShortest(ReadOnlySpan<byte> length) => length is [] or [>= 0x80] or [> 0, _, ..];

    private static int Length(byte first, ReadOnlySpan<byte> bytes)
    {
        var length = bytes.IsEmpty ? first : 0;
        foreach (var digit in bytes)
        {
            length = (length << 8) | digit;
        }

        return length < 0 ? int.MaxValue : length;
    }
}
