using System.Collections.Frozen;

namespace OriginWatch.Tls;

/// <summary>Alerts by number (RFC 8446, section 6, and the registry), with what an origin usually means by them.</summary>
public static class TlsAlerts
{
    public const int CloseNotify = 0;
    public const int UnexpectedMessage = 10;
    public const int HandshakeFailure = 40;
    public const int BadCertificate = 42;
    public const int IllegalParameter = 47;
    public const int DecodeError = 50;
    public const int ProtocolVersion = 70;
    public const int InsufficientSecurity = 71;
    public const int InternalError = 80;
    public const int UnrecognizedName = 112;
    public const int CertificateRequired = 116;

    private static readonly FrozenDictionary<int, (string Name, string Meaning)> All = new Dictionary<int, (string, string)>
    {
        [CloseNotify] = ("close_notify", "the server ended the connection in an orderly way"),
        [UnexpectedMessage] = ("unexpected_message", "the server did not expect the message that it got"),
        [20] = ("bad_record_mac", "the server could not verify a record; a middlebox or a broken cipher implementation is likely"),
        [21] = ("decryption_failed", "the server could not decrypt a record"),
        [22] = ("record_overflow", "the server found a record too long"),
        [30] = ("decompression_failure", "the server could not decompress a record"),
        [HandshakeFailure] = (
            "handshake_failure",
            "the server accepts none of the cipher suites, groups or signature schemes offered, or wants something that was not offered"
        ),
        [41] = ("no_certificate", "the server requires a client certificate"),
        [BadCertificate] = ("bad_certificate", "the server did not accept the client certificate"),
        [43] = ("unsupported_certificate", "the server cannot use that kind of certificate"),
        [44] = ("certificate_revoked", "the server considers the client certificate revoked"),
        [45] = ("certificate_expired", "the server considers the client certificate expired"),
        [46] = ("certificate_unknown", "the server did not accept the client certificate"),
        [IllegalParameter] = ("illegal_parameter", "the server found a field of the ClientHello out of range"),
        [48] = ("unknown_ca", "the server does not know the issuer of the client certificate"),
        [49] = ("access_denied", "the server refuses this client"),
        [DecodeError] = ("decode_error", "the server could not parse the ClientHello"),
        [51] = ("decrypt_error", "a cryptographic check failed on the server"),
        [60] = ("export_restriction", "the server refuses under export rules"),
        [ProtocolVersion] = ("protocol_version", "the server supports none of the protocol versions offered"),
        [InsufficientSecurity] = ("insufficient_security", "the server wants stronger cipher suites than those offered"),
        [InternalError] = (
            "internal_error",
            "the server failed on its own side: often no certificate for the requested name, or a back end that is down"
        ),
        [86] = ("inappropriate_fallback", "the server considers the ClientHello a downgrade"),
        [90] = ("user_canceled", "the server gave up"),
        [100] = ("no_renegotiation", "the server refuses to renegotiate"),
        [109] = ("missing_extension", "the server expects an extension that the ClientHello lacks"),
        [110] = ("unsupported_extension", "the server does not support an extension of the ClientHello"),
        [111] = ("certificate_unobtainable", "the server could not fetch the client certificate"),
        [UnrecognizedName] = ("unrecognized_name", "the server has no site under the requested name"),
        [113] = ("bad_certificate_status_response", "the server did not accept the status of the client certificate"),
        [CertificateRequired] = ("certificate_required", "the server requires a client certificate"),
        [120] = ("no_application_protocol", "the server wants an application protocol (ALPN) that was not offered"),
        [121] = ("ech_required", "the server requires an encrypted ClientHello"),
    }.ToFrozenDictionary();

    public static string Name(int number) => All.TryGetValue(number, out var alert) ? alert.Name : $"alert_{number}";

    /// <summary>What a server usually means by the alert, as one clause.</summary>
    public static string Meaning(int number) => All.TryGetValue(number, out var alert) ? alert.Meaning : "the registry has no such alert";
}
