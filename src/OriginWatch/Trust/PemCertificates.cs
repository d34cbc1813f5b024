using System.Security.Cryptography;

namespace OriginWatch.Trust;

/// <summary>The certificates in a PEM text, as DER; private keys and everything else are passed over.</summary>
internal static class PemCertificates
{
    public static IEnumerable<byte[]> Read(string pem)
    {
        var rest = pem.AsMemory();
        while (PemEncoding.TryFind(rest.Span, out var fields))
        {
            if (rest.Span[fields.Label] is "CERTIFICATE" or "X509 CERTIFICATE" or "TRUSTED CERTIFICATE")
            {
                yield return Convert.FromBase64String(rest[fields.Base64Data].ToString());
            }

            rest = rest[fields.Location.End..];
        }
    }

    public static string Write(ReadOnlySpan<byte> der) => PemEncoding.WriteString("CERTIFICATE", der) + "\n";
}
