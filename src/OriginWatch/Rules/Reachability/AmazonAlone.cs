using OriginWatch.Probing;
using OriginWatch.Tls;

namespace OriginWatch.Rules.Reachability;

/// <summary>
/// What s2n-tls, which defines CloudFront's policies towards origins, ends a handshake at and OpenSSL does not. Whether CloudFront runs its
/// defaults is not published: High, not Critical.
/// </summary>
internal static class AmazonAlone
{
    /// <summary><c>s2n_process_alert_fragment</c>: every alert but close_notify is fatal unless the application asks for
    /// <c>S2N_ALERT_IGNORE_WARNINGS</c>.</summary>
    public const string EndsAtAlerts = "s2n-tls, Amazon's TLS library, ends the handshake at any alert; OpenSSL does not";

    /// <summary><c>s2n_server_hello_retry_recv</c>: S2N_ERR_INVALID_HELLO_RETRY without a group.</summary>
    public const string EndsAtCookies = "s2n-tls, Amazon's TLS library, ends the handshake there; OpenSSL does not";

    /// <summary>The warning that came in a handshake which our more patient client completed; null where there was none.</summary>
    public static TlsAlert? Warning(ProbeResult result) =>
        result is Handshake
            ? result.Seen.Alerts.FirstOrDefault(alert => alert is { Received: true, Fatal: false, Number: not TlsAlerts.CloseNotify })
            : null;
}
