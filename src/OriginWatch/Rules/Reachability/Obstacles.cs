using OriginWatch.Probing;
using OriginWatch.Targets;
using OriginWatch.Tls;

namespace OriginWatch.Rules.Reachability;

/// <summary>What stopped a connection, in the order in which a connection meets it. Each is one rule's to report.</summary>
internal enum Obstacle
{
    Name,
    Connection,
    ServerName,
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
    public const string CreateRecord =
        "Create the missing DNS record, or set the origin's DomainName (or the CNAME record that leads nowhere) to a name that exists.";

    /// <param name="result">What one connection met.</param>
    /// <param name="target">Under which name, and what the origin's own name met; null where no name was asked for.</param>
    public static Obstacle Of(ProbeResult result, TargetObservation? target = null) =>
        result is not ProbeFailure failure
            ? Obstacle.None
            : failure.Reason switch
            {
                _ when target is not null && ServerNameRefusal.Is(failure, target) => Obstacle.ServerName,
                FailureReason.RunDeadline
                or FailureReason.InvalidName
                or FailureReason.NameNotFound
                or FailureReason.NoAddressOfFamily
                or FailureReason.ServerFailure
                or FailureReason.ResolverTimeout => Obstacle.Name,
                FailureReason.AddressNotAllowed
                or FailureReason.ConnectionRefused
                or FailureReason.ConnectionReset
                or FailureReason.Unreachable
                or FailureReason.NoRouteForFamily
                or FailureReason.ConnectTimeout => Obstacle.Connection,
                FailureReason.ClosedBeforeServerHello or FailureReason.ResetBeforeServerHello => Obstacle.Answer,
                FailureReason.HandshakeTimeout when failure.Seen.Protocol is null => Obstacle.Answer,
                FailureReason.NotTls => Obstacle.Language,
                FailureReason.NoCommonProtocol => Obstacle.Protocol,
                FailureReason.NoCommonCipherSuite or FailureReason.NoCommonGroup or FailureReason.NoCommonSignatureScheme =>
                    Obstacle.Parameters,
                FailureReason.MessageTooLarge or FailureReason.ChainTooLong => Obstacle.Size,
                _ when EndedByServer(failure) && failure.Seen.ClientCertificateRequested => Obstacle.ClientCertificate,
                FailureReason.AlertReceived => OfAlert(failure),
                _ => Obstacle.Handshake,
            };

    /// <summary>Asks <paramref name="judge"/> about the obstacle that is the rule's own: earlier ones make it a consequence, later ones
    /// show that it was passed.</summary>
    public static Verdict Judge(ProbeResult result, TargetObservation target, Obstacle own, Func<ProbeFailure, Verdict> judge)
    {
        var met = Of(result, target);
        return met == own ? judge((ProbeFailure)result)
            : met < own ? Consequence(result)
            : new Verdict.Pass();
    }

    /// <summary>What a failed lookup means.</summary>
    public static Verdict OfName(ProbeFailure failure, ConnectTarget target) =>
        failure.Reason switch
        {
            FailureReason.NoAddressOfFamily => new Verdict.Fail(
                failure.Detail,
                Remediation: $"Create the missing record, or change the origin's IpAddressType from {target.IpAddressType} to a "
                    + "family that the name has."
            ),
            FailureReason.InvalidName or FailureReason.NameNotFound => new Verdict.Fail(failure.Detail),
            _ => new Verdict.Undetermined(failure.Detail, Remediation: ToJudge.Resolve(failure, target.DomainName)),
        };

    /// <summary>What a connection that was not opened means: only a refusal is CloudFront's answer for certain.</summary>
    public static Verdict OfConnection(ProbeFailure failure) =>
        failure.Reason switch
        {
            FailureReason.ConnectionRefused => new Verdict.Fail(failure.Detail),
            FailureReason.ConnectTimeout or FailureReason.ConnectionReset => new Verdict.Undetermined(
                $"{failure.Detail}: the server is down, or it admits only CloudFront's addresses, which cannot be told from here",
                Remediation: ToJudge.Connect(failure)
            ),
            _ => new Verdict.Undetermined(failure.Detail, Remediation: ToJudge.Connect(failure)),
        };

    /// <summary>An opened connection, with what was left out of the name's addresses.</summary>
    public static Verdict.Pass Connected(IReadOnlyList<AddressObservation> addresses, int found) =>
        addresses.Count(AddressVote.HasNoRoute) is > 0 and var unseen
            ? new($"{unseen} of {addresses.Count} addresses not evaluated from here: no route for IPv6")
        : found > addresses.Count ? new($"{addresses.Count} of the name's {found} addresses were looked at")
        : new();

    /// <summary>Another rule reports why.</summary>
    public static Verdict.NotApplicable Consequence(ProbeResult result) =>
        Verdict.NotReached($"not tested: the connection failed earlier: {((ProbeFailure)result).Detail}");

    /// <summary>Whether the failure may as well come of the place that the probe was made from.</summary>
    public static bool MayBeOurs(ProbeResult result) =>
        result
            is ProbeFailure
            {
                Reason: FailureReason.ServerFailure
                    or FailureReason.ResolverTimeout
                    or FailureReason.Unreachable
                    or FailureReason.NoRouteForFamily
                    or FailureReason.ConnectTimeout
                    or FailureReason.ConnectionReset
                    or FailureReason.ClosedBeforeServerHello
                    or FailureReason.ResetBeforeServerHello
            };

    /// <summary>Whether the connection showed what CloudFront would meet as well: a handshake, or a failure that does not depend on who
    /// asks.</summary>
    public static bool IsCertain(ProbeResult result) =>
        !MayBeOurs(result) && result is not ProbeFailure { Reason: FailureReason.RunDeadline or FailureReason.AddressNotAllowed };

    private static bool EndedByServer(ProbeFailure failure) =>
        failure.Reason is FailureReason.AlertReceived or FailureReason.ClosedDuringHandshake or FailureReason.ResetDuringHandshake;

    private static Obstacle OfAlert(ProbeFailure failure) =>
        failure.Seen.Alerts.LastOrDefault(alert => alert.Received)?.Number switch
        {
            TlsAlerts.ProtocolVersion => Obstacle.Protocol,
            TlsAlerts.HandshakeFailure or TlsAlerts.InsufficientSecurity => Obstacle.Parameters,
            TlsAlerts.CertificateRequired => Obstacle.ClientCertificate,
            _ => Obstacle.Handshake,
        };
}
