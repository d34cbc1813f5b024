using Org.BouncyCastle.Tls;
using OriginWatch.Tls;
using TlsProtocol = OriginWatch.Tls.TlsProtocol;

namespace OriginWatch.Probing.Engine;

/// <summary>BouncyCastle's client, which shows each message to a recorder before it acts on it.</summary>
internal sealed class ProbeProtocol(FlightRecorder recorder) : TlsClientProtocol
{
    private const int HeaderBytes = 4;

    protected override void HandleHandshakeMessage(short type, HandshakeMessageInput buf)
    {
        var whole = buf.TryGetBuffer(out var segment) ? segment.AsSpan() : buf.ToArray();
        var body = whole[HeaderBytes..];
        recorder.Observe(type, body);
        if (Objection(type, body) is { } objection)
        {
            throw objection;
        }

        // A staple is only noted: CloudFront is not known to ask for one, so a broken one must not fail the handshake.
        if (type != HandshakeType.certificate_status)
        {
            base.HandleHandshakeMessage(type, buf);
        }
    }

    /// <summary>Messages for which the engine would spend far more memory or stack than they are long.</summary>
    private TlsFatalAlert? Objection(short type, ReadOnlySpan<byte> body) =>
        type switch
        {
            HandshakeType.certificate when !recorder.CertificatesAddUp => new(
                AlertDescription.decode_error,
                "the lengths in the certificate list do not add up"
            ),
            HandshakeType.certificate_request when !DerNesting.IsBounded(body, recorder.Protocol) => new(
                AlertDescription.decode_error,
                "the names of client authorities are nested too deeply"
            ),
            HandshakeType.supplemental_data => new(AlertDescription.unexpected_message, "supplemental data was not asked for"),
            _ => null,
        };
}
