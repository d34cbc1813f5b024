using System.Security.Cryptography;

namespace OriginWatch.Trust;

/// <summary>The certificates in a PEM text, as DER; private keys and everything else are passed over.</summary>
internal static class PemCertificates
{
    private static readonly string[] Labels = ["CERTIFICATE", "X509 CERTIFICATE", "TRUSTED CERTIFICATE"];

    public static IEnumerable<byte[]> Read(string pem)
    {
        var rest = pem.AsMemory();
        while (PemEncoding.TryFind(rest.Span, out var fields))
        {
            if (Labels.Contains(rest[fields.Label].ToString(), StringComparer.Ordinal))
            {
                yield return Convert.FromBase64String(rest[fields.Base64Data].ToString());
            }

            rest = rest[fields.Location.End..];
        }
    }

    /// <summary>How many certificates begin in it: more than can be read where one is damaged or cut off.</summary>
    public static int CountBegun(string pem) => Labels.Sum(label => pem.AsSpan().Count($"-----BEGIN {label}-----"));

    public static string Write(ReadOnlySpan<byte> der) => PemEncoding.WriteString("CERTIFICATE", der) + "\n";
}
