using System.Formats.Asn1;
using System.Security.Cryptography;
using OriginWatch.Trust.X509;

namespace OriginWatch.Trust;

/// <summary>Makes the public record of a certificate out of the bytes that a peer sent.</summary>
internal static class ServedCertificateReader
{
    /// <summary>How many bytes s2n overlooks after a server's own certificate; after another, any number.</summary>
    private const int MostTrailing = 3;

    public static ServedCertificate Read(ReadOnlyMemory<byte> raw, int position)
    {
        try
        {
            return Of(CertificateParser.Parse(raw, position == 0 ? MostTrailing : int.MaxValue), position);
        }
        catch (Exception exception)
            when (exception is AsnContentException or CryptographicException or ArgumentException or FormatException or OverflowException)
        {
            return new()
            {
                Position = position,
                Raw = raw,
                Sha256 = Convert.ToHexStringLower(SHA256.HashData(raw.Span)),
                ParseError = raw.IsEmpty ? "it is empty" : $"it is no DER certificate: {exception.Message.TrimEnd('.')}",
            };
        }
    }

    private static ServedCertificate Of(ParsedCertificate parsed, int position) =>
        new()
        {
            Position = position,
            Raw = parsed.Raw,
            Sha256 = parsed.Sha256,
            Parsed = parsed,
        };
}
