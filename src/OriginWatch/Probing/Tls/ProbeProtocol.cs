using Org.BouncyCastle.Tls;

namespace OriginWatch.Probing.Tls;

/// <summary>BouncyCastle's client, which shows each message to a recorder before it acts on it.</summary>
internal sealed class ProbeProtocol(FlightRecorder recorder) : TlsClientProtocol
{
    private const int HeaderBytes = 4;

    protected override void HandleHandshakeMessage(short type, HandshakeMessageInput buf)
    {
        var whole = buf.TryGetBuffer(out var segment) ? segment.AsSpan() : buf.ToArray();
        recorder.Observe(type, whole[HeaderBytes..]);
        if (type == HandshakeType.certificate_request && !DerNesting.IsBounded(whole[HeaderBytes..], recorder.Protocol))
        {
            throw new TlsFatalAlert(AlertDescription.decode_error, "the names of client authorities are nested too deeply");
        }

        // A staple is only noted: CloudFront is not known to ask for one, so a broken one must not fail the handshake.
        if (type != HandshakeType.certificate_status)
        {
            base.HandleHandshakeMessage(type, buf);
        }
    }
}
