using System.Collections.Frozen;
using Registry = Org.BouncyCastle.Tls;

namespace OriginWatch.Tls;

/// <summary>Names of the numbers in TLS's registries (https://www.iana.org/assignments/tls-parameters), suites as AWS and OpenSSL write
/// them, groups and schemes as BouncyCastle has them from the registry.</summary>
public static class TlsNames
{
    private static readonly FrozenDictionary<int, string> Suites = new Dictionary<int, string>
    {
        [0x0004] = "RC4-MD5",
        [0x0005] = "RC4-SHA",
        [0x000a] = "DES-CBC3-SHA",
        [0x002f] = "AES128-SHA",
        [0x0033] = "DHE-RSA-AES128-SHA",
        [0x0035] = "AES256-SHA",
        [0x0039] = "DHE-RSA-AES256-SHA",
        [0x003c] = "AES128-SHA256",
        [0x003d] = "AES256-SHA256",
        [0x0067] = "DHE-RSA-AES128-SHA256",
        [0x006b] = "DHE-RSA-AES256-SHA256",
        [0x009c] = "AES128-GCM-SHA256",
        [0x009d] = "AES256-GCM-SHA384",
        [0x009e] = "DHE-RSA-AES128-GCM-SHA256",
        [0x009f] = "DHE-RSA-AES256-GCM-SHA384",
        [0x1301] = "TLS_AES_128_GCM_SHA256",
        [0x1302] = "TLS_AES_256_GCM_SHA384",
        [0x1303] = "TLS_CHACHA20_POLY1305_SHA256",
        [0x1304] = "TLS_AES_128_CCM_SHA256",
        [0x1305] = "TLS_AES_128_CCM_8_SHA256",
        [0xc009] = "ECDHE-ECDSA-AES128-SHA",
        [0xc00a] = "ECDHE-ECDSA-AES256-SHA",
        [0xc011] = "ECDHE-RSA-RC4-SHA",
        [0xc012] = "ECDHE-RSA-DES-CBC3-SHA",
        [0xc013] = "ECDHE-RSA-AES128-SHA",
        [0xc014] = "ECDHE-RSA-AES256-SHA",
        [0xc023] = "ECDHE-ECDSA-AES128-SHA256",
        [0xc024] = "ECDHE-ECDSA-AES256-SHA384",
        [0xc027] = "ECDHE-RSA-AES128-SHA256",
        [0xc028] = "ECDHE-RSA-AES256-SHA384",
        [0xc02b] = "ECDHE-ECDSA-AES128-GCM-SHA256",
        [0xc02c] = "ECDHE-ECDSA-AES256-GCM-SHA384",
        [0xc02f] = "ECDHE-RSA-AES128-GCM-SHA256",
        [0xc030] = "ECDHE-RSA-AES256-GCM-SHA384",
        [0xcca8] = "ECDHE-RSA-CHACHA20-POLY1305",
        [0xcca9] = "ECDHE-ECDSA-CHACHA20-POLY1305",
        [0xccaa] = "DHE-RSA-CHACHA20-POLY1305",
    }.ToFrozenDictionary();

    /// <summary>Below TLS 1.3 these pairs of hash and signature say nothing of the curve, which their names in the registry do.</summary>
    private static readonly FrozenDictionary<int, string> Pairs = new Dictionary<int, string>
    {
        [0x0101] = "rsa_pkcs1_md5",
        [0x0301] = "rsa_pkcs1_sha224",
        [0x0303] = "ecdsa_sha224",
        [0x0403] = "ecdsa_sha256",
        [0x0503] = "ecdsa_sha384",
        [0x0603] = "ecdsa_sha512",
    }.ToFrozenDictionary();

    private static readonly FrozenDictionary<int, string> Messages = new Dictionary<int, string>
    {
        [0] = "HelloRequest",
        [2] = "ServerHello",
        [4] = "NewSessionTicket",
        [8] = "EncryptedExtensions",
        [11] = "Certificate",
        [12] = "ServerKeyExchange",
        [13] = "CertificateRequest",
        [14] = "ServerHelloDone",
        [15] = "CertificateVerify",
        [20] = "Finished",
        [22] = "CertificateStatus",
        [24] = "KeyUpdate",
    }.ToFrozenDictionary();

    public static string CipherSuite(int number) => Suites.GetValueOrDefault(number) ?? Hexadecimal(number);

    public static string NamedGroup(int number) => Known(Registry.NamedGroup.GetName(number)) ?? Hexadecimal(number);

    public static string SignatureScheme(int number) =>
        Pairs.GetValueOrDefault(number) ?? Known(Registry.SignatureScheme.GetName(number)) ?? Hexadecimal(number);

    /// <summary>A handshake message by its type (RFC 8446, section 4).</summary>
    public static string HandshakeMessage(int type) => Messages.GetValueOrDefault(type) ?? $"message type {type}";

    /// <summary>What the library has no name for it calls by a word in capitals.</summary>
    private static string? Known(string name) => name is "UNKNOWN" or "PRIVATE" ? null : name;

    private static string Hexadecimal(int number) => $"0x{number:x4}";
}
