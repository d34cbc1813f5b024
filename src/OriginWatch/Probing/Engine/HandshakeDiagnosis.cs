using Org.BouncyCastle.Tls;
using OriginWatch.Tls;
using TlsProtocol = OriginWatch.Tls.TlsProtocol;

namespace OriginWatch.Probing.Engine;

/// <summary>Finds the one precise reason for a handshake that failed, from the message at which it did and what that message asked
/// for.</summary>
internal static class HandshakeDiagnosis
{
    // The text with which the engine refuses a long message before it has read it.
    private const string TooLong = "Handshake message length exceeds the maximum";

    /// <summary>What the engine let pass and every other client ends at.</summary>
    public static HandshakeEnd OfCompletion(FlightRecorder seen) =>
        seen.OddRecordVersion is null ? HandshakeEnd.Completed : OddRecord(seen);

    public static HandshakeEnd OfAlert(int number, FlightRecorder seen) =>
        new(FailureReason.AlertReceived, $"alert {number} ({TlsAlerts.Name(number)}) {After(seen)}: {Meaning(number, seen)}");

    /// <summary>The end of the stream. A warning alert before it is the server's explanation.</summary>
    public static HandshakeEnd OfEnd(bool wasReset, FlightRecorder seen, HandshakeEnd? foreign)
    {
        var how = wasReset ? "reset" : "closed";
        if (foreign is not null)
        {
            return foreign;
        }

        if (seen.LastReceived is { Number: not TlsAlerts.CloseNotify } alert)
        {
            return new(
                FailureReason.AlertReceived,
                $"alert {alert.Number} ({alert.Name}), then the connection was {how}: {Meaning(alert.Number, seen)}"
            );
        }

        return seen.LastMessage is null
            ? new(
                wasReset ? FailureReason.ResetBeforeServerHello : FailureReason.ClosedBeforeServerHello,
                $"the server {how} the connection before it sent a ServerHello"
            )
            : new(
                wasReset ? FailureReason.ResetDuringHandshake : FailureReason.ClosedDuringHandshake,
                $"the server {how} the connection {After(seen)}"
            );
    }

    public static HandshakeEnd OfSilence(TimeSpan after, bool anything, FlightRecorder seen) =>
        new(
            FailureReason.HandshakeTimeout,
            anything
                ? $"the handshake was not completed within {after.TotalSeconds:0.#} seconds; the server stopped {After(seen)}"
                : $"the server accepted the connection and sent nothing for {after.TotalSeconds:0.#} seconds"
        );

    /// <summary>What our side could not accept.</summary>
    public static HandshakeEnd OfRefusal(TlsFatalAlert refusal, FlightRecorder seen, ClientOffer offer)
    {
        if (refusal.Message.Contains(TooLong, StringComparison.Ordinal))
        {
            seen.NoteLength(ProbeLimits.HandshakeMessageBytes + 1);
            return new(
                FailureReason.MessageTooLarge,
                $"a handshake message of more than {ProbeLimits.HandshakeMessageBytes / 1024} KiB {After(seen)}"
            );
        }

        return seen switch
        {
            { OddRecordVersion: not null } => OddRecord(seen),
            { RetriesForCookieAlone: true } => new(
                FailureReason.UnsupportedRetry,
                "a HelloRetryRequest that asks for a cookie and for no other key exchange group"
            ),
            { TellsOfDowngrade: true, Protocol: { } older }
                when offer.Protocols.Any(offered => offered > older) && refusal.AlertDescription == AlertDescription.illegal_parameter =>
                new(
                    FailureReason.DowngradeDetected,
                    $"the ServerHello chooses {older.CloudFrontName()}, "
                        + "and its random says that the server was offered and supports a newer version (downgrade sentinel, "
                        + "RFC 8446, section 4.1.3)"
                ),
            { LastReceived.Number: TlsAlerts.CloseNotify } => OfEnd(wasReset: false, seen, foreign: null),
            { CertificatesSent: > ProbeLimits.CertificatesPerChain } => new(
                FailureReason.ChainTooLong,
                $"the server sent {seen.CertificatesSent} certificates"
            ),
            { Protocol: { } protocol } when !offer.Protocols.Contains(protocol) => new(
                FailureReason.NoCommonProtocol,
                $"the server chose {protocol.CloudFrontName()}, which was not offered"
            ),
            { CipherSuite: { } suite } when !IsOffered(suite, seen, offer) => new(
                FailureReason.NoCommonCipherSuite,
                $"the server chose the cipher suite {TlsNames.CipherSuite(suite)}, which CloudFront does not offer"
            ),
            { NamedGroup: { } group } when !offer.Profile.NamedGroups.Contains(group) => new(
                FailureReason.NoCommonGroup,
                $"the server chose the group {TlsNames.NamedGroup(group)}, which CloudFront does not offer"
            ),
            { SignatureScheme: { } scheme } when !offer.Profile.SignatureSchemes.Contains(scheme) => new(
                FailureReason.NoCommonSignatureScheme,
                $"the server signed with {TlsNames.SignatureScheme(scheme)}, which CloudFront does not offer"
            ),
            { LastReceived: { Fatal: false } warning } when refusal.AlertDescription == AlertDescription.handshake_failure => new(
                FailureReason.AlertReceived,
                $"alert {warning.Number} ({warning.Name}) as a warning {After(seen)}, at which clients end the handshake: "
                    + Meaning(warning.Number, seen)
            ),
            _ when refusal.AlertDescription == AlertDescription.protocol_version => new(
                FailureReason.NoCommonProtocol,
                "the server answered in a version that was not offered"
            ),
            _ => Malformed(seen, refusal.Message),
        };
    }

    public static HandshakeEnd Malformed(FlightRecorder seen, string what) =>
        new(FailureReason.MalformedMessage, $"a message that breaks the protocol {After(seen)} ({what})");

    private static HandshakeEnd OddRecord(FlightRecorder seen) =>
        new(
            FailureReason.MalformedMessage,
            $"a record of version {seen.OddRecordVersion >> 8}.{seen.OddRecordVersion & 0xff} after a ServerHello "
                + $"that chose {seen.Protocol?.CloudFrontName()}, whose records are of version 3.{seen.RecordVersion & 0xff}"
        );

    private static bool IsOffered(int suite, FlightRecorder seen, ClientOffer offer) =>
        offer.Profile.CipherSuites.Contains(suite)
        && TlsUtilities.IsValidVersionForCipherSuite(suite, ProtocolVersion.Get((int)seen.Protocol! >> 8, (int)seen.Protocol & 0xff));

    /// <summary>Once a ServerHello has chosen from what was offered, handshake_failure means something else.</summary>
    private static string Meaning(int number, FlightRecorder seen) =>
        seen.RecordVersion is not null && number == TlsAlerts.HandshakeFailure
            ? seen.ClientCertificateRequested
                ? "the server asked for a client certificate and got none"
                : "the server had chosen version and cipher suite and ended the handshake all the same"
            : TlsAlerts.Meaning(number);

    private static string After(FlightRecorder seen) =>
        seen.LastMessage is { } type ? $"after its {TlsNames.HandshakeMessage(type)}" : "before its ServerHello";
}
