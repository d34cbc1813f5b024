using System.Security.Cryptography;

namespace OriginWatch.Trust;

/// <summary>The certificates in a PEM text, as DER; private keys and everything else are passed over.</summary>
internal static class PemCertificates
{
    public static IEnumerable<byte[]> Read(string pem) => PemBlocks.Read(pem).Select(block => block.Content).OfType<byte[]>();

    public static string Write(ReadOnlySpan<byte> der) => PemEncoding.WriteString("CERTIFICATE", der) + "\n";
}
