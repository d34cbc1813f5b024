namespace OriginWatch.Probing;

/// <summary>What each reason of the closed list means to an operator, whatever the evidence of one failure says beside it.</summary>
public static class FailureReasons
{
    public static string Sentence(this FailureReason reason) =>
        reason switch
        {
            FailureReason.InvalidName => "The origin domain is not a valid DNS name.",
            FailureReason.NameNotFound => "The origin domain does not exist in DNS.",
            FailureReason.NoAddressOfFamily => "The origin domain has no address of the family that CloudFront requests.",
            FailureReason.ServerFailure => "The DNS servers of the origin domain fail or refuse to answer.",
            FailureReason.ResolverTimeout => "No DNS answer for the origin domain arrived in time.",
            FailureReason.AddressNotAllowed => "The origin domain leads to an address that is not on the public internet.",
            FailureReason.ConnectionRefused => "Nothing listens on the origin's port.",
            FailureReason.ConnectionReset =>
                "The connection was reset as soon as it was open: by a firewall, or by a server that rejects this client.",
            FailureReason.Unreachable => "The network reports that the origin is unreachable.",
            FailureReason.NoRouteForFamily => "There is no IPv6 route from here, so the origin's IPv6 address could not be evaluated.",
            FailureReason.ConnectTimeout => "The origin did not answer the connection attempts: it is down, or a firewall drops them.",
            FailureReason.ClosedBeforeServerHello =>
                "The origin closed the connection after CloudFront's ClientHello, before any TLS message.",
            FailureReason.ResetBeforeServerHello =>
                "The origin reset the connection after CloudFront's ClientHello, before any TLS message.",
            FailureReason.ClosedDuringHandshake => "The origin closed the connection in the middle of the handshake.",
            FailureReason.ResetDuringHandshake => "The origin reset the connection in the middle of the handshake.",
            FailureReason.HandshakeTimeout => "The origin accepted the connection and did not complete the handshake in time.",
            FailureReason.NotTls => "The origin's HTTPS port serves something that is not TLS.",
            FailureReason.AlertReceived => "The origin ended the handshake with an alert.",
            FailureReason.NoCommonProtocol => "The origin has no TLS version in common with what CloudFront offers.",
            FailureReason.NoCommonCipherSuite => "The origin has no cipher suite in common with what CloudFront offers.",
            FailureReason.NoCommonGroup => "The origin has no key exchange group in common with what CloudFront offers.",
            FailureReason.NoCommonSignatureScheme => "The origin has no signature scheme in common with what CloudFront offers.",
            FailureReason.MalformedMessage => "The origin sent a message that breaks the TLS protocol.",
            FailureReason.UnsupportedRetry =>
                "The origin asks for a second ClientHello in a way that Amazon's TLS library does not support.",
            FailureReason.DowngradeDetected => "The origin's ServerHello says that its TLS version was downgraded on the way.",
            FailureReason.ChainTooLong => "The origin sent more certificates than any client reads.",
            FailureReason.MessageTooLarge => "The origin sent more handshake data than any client reads.",
            FailureReason.RunDeadline => "The run ran out of time before the origin was looked at.",
            _ => throw new System.Diagnostics.UnreachableException(),
        };
}
