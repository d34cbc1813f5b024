using OriginWatch.Probing;

namespace OriginWatch.Rules.Reachability;

/// <summary>What to do about a handshake that the client had to end: the server's log does not say why.</summary>
internal static class HandshakeRemedy
{
    public const string SendNoWarnings =
        "Configure the server, or update its TLS library, so that it sends no alert in a handshake that it means to complete.";

    /// <summary>Null where the server ended it and its log is the place to look.</summary>
    public static string? Of(FailureReason reason) =>
        reason switch
        {
            FailureReason.MalformedMessage =>
                "Update the TLS library of the server, or of the proxy in front of it: clients do not accept what it sends.",
            FailureReason.UnsupportedRetry =>
                "Turn off stateless retry (the cookie of TLS 1.3) on the server, or leave only TLS 1.2 enabled on it.",
            FailureReason.DowngradeDetected =>
                "Remove the firewall or proxy that rewrites the handshake between CloudFront and the server, or enable TLS 1.3 on it.",
            _ => null,
        };
}
