using OriginWatch.Probing;

namespace OriginWatch.Rules.Reachability;

/// <summary>What stopped a connection, in the order in which a connection meets it. Each is one rule's to report.</summary>
internal enum Obstacle
{
    Name,
    Connection,
    Answer,
    Language,
    Protocol,
    Parameters,
    ClientCertificate,
    Handshake,
    Size,
    None,
}

internal static class Obstacles
{
    public static Obstacle Of(ProbeResult result) => result is not ProbeFailure failure ? Obstacle.None : failure.Reason switch
    {
        FailureReason.RunDeadline or FailureReason.InvalidName or FailureReason.NameNotFound or FailureReason.NoAddressOfFamily
            or FailureReason.ServerFailure or FailureReason.ResolverTimeout => Obstacle.Name,
        FailureReason.AddressNotAllowed or FailureReason.ConnectionRefused or FailureReason.ConnectionReset or FailureReason.Unreachable
            or FailureReason.NoRouteForFamily or FailureReason.ConnectTimeout => Obstacle.Connection,
        FailureReason.ClosedBeforeServerHello or FailureReason.ResetBeforeServerHello => Obstacle.Answer,
        FailureReason.HandshakeTimeout when failure.Seen.Protocol is null => Obstacle.Answer,
        FailureReason.NotTls => Obstacle.Language,
        FailureReason.NoCommonProtocol => Obstacle.Protocol,
        FailureReason.NoCommonCipherSuite or FailureReason.NoCommonGroup or FailureReason.NoCommonSignatureScheme => Obstacle.Parameters,
        FailureReason.MessageTooLarge or FailureReason.ChainTooLong => Obstacle.Size,
        _ when EndedByServer(failure) && failure.Seen.ClientCertificateRequested => Obstacle.ClientCertificate,
        FailureReason.AlertReceived => OfAlert(failure),
        _ => Obstacle.Handshake,
    };

    /// <summary>Asks <paramref name="judge"/> about the obstacle that is the rule's own: earlier ones make it a consequence, later ones show that it was passed.</summary>
    public static Verdict Judge(ProbeResult result, Obstacle own, Func<ProbeFailure, Verdict> judge)
    {
        var met = Of(result);
        return met == own ? judge((ProbeFailure)result)
            : met < own ? Consequence(result)
            : new Verdict.Pass();
    }

    /// <summary>Another rule reports why.</summary>
    public static Verdict.Undetermined Consequence(ProbeResult result)
        => new($"the connection did not come that far: {((ProbeFailure)result).Detail}", IsConsequence: true);

    /// <summary>Whether the failure may as well come of the place that the probe was made from.</summary>
    public static bool MayBeOurs(ProbeResult result) => result is ProbeFailure
    {
        Reason: FailureReason.ServerFailure or FailureReason.ResolverTimeout or FailureReason.Unreachable or FailureReason.NoRouteForFamily
            or FailureReason.ConnectTimeout or FailureReason.ConnectionReset or FailureReason.ClosedBeforeServerHello or FailureReason.ResetBeforeServerHello
    };

    private static bool EndedByServer(ProbeFailure failure)
        => failure.Reason is FailureReason.AlertReceived or FailureReason.ClosedDuringHandshake or FailureReason.ResetDuringHandshake;

    private static Obstacle OfAlert(ProbeFailure failure) => failure.Seen.Alerts.LastOrDefault(alert => alert.Received)?.Number switch
    {
        TlsAlerts.ProtocolVersion => Obstacle.Protocol,
        TlsAlerts.HandshakeFailure or TlsAlerts.InsufficientSecurity => Obstacle.Parameters,
        TlsAlerts.CertificateRequired => Obstacle.ClientCertificate,
        _ => Obstacle.Handshake,
    };
}
