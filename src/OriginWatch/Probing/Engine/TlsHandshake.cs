using Org.BouncyCastle.Tls;
using OriginWatch.Text;
using OriginWatch.Tls;
using TlsProtocol = OriginWatch.Tls.TlsProtocol;

namespace OriginWatch.Probing.Engine;

/// <summary>How a handshake ended.</summary>
/// <param name="Reason">Null when it was completed.</param>
/// <param name="Detail">One clause of evidence.</param>
internal sealed record HandshakeEnd(FailureReason? Reason, string Detail)
{
    public static readonly HandshakeEnd Completed = new(null, "");
}

/// <summary>
/// One handshake as bytes in and bytes out. It holds no socket and no clock, answers every input without throwing, and keeps
/// no more than <see cref="ProbeLimits"/> allow.
/// </summary>
internal sealed class TlsHandshake
{
    private readonly FlightRecorder _recorder = new();
    private readonly ClientOffer _offer;
    private readonly ProbeClient _client;
    private readonly ProbeProtocol _protocol;
    private readonly RecordBoundaries _records = new();
    private readonly byte[] _first = new byte[ProbeLimits.ForeignBytes];
    private int _firstLength;
    private long _received;

    public TlsHandshake(ClientOffer offer, ProbeCrypto crypto)
    {
        _offer = offer;
        _client = new(offer, crypto, _recorder);
        _protocol = new(_recorder);
        _protocol.Connect(_client);
    }

    public ServerFlight Seen => _recorder.ToFlight();

    /// <summary>The bytes were not TLS; what more arrives is read only to name it.</summary>
    public bool IsForeign { get; private set; }

    public bool WantsMoreOfForeign =>
        IsForeign
        && ForeignProtocol.AlertOfNoVersion(_first.AsSpan(0, _firstLength)) is null
        && _firstLength < _first.Length
        && !_first.AsSpan(0, _firstLength).Contains((byte)'\n');

    /// <summary>The server may yet reject the empty client certificate: TLS 1.3 servers do so after our last message.</summary>
    public bool MayStillReject => _recorder is { ClientCertificateRequested: true, Protocol: TlsProtocol.Tls13 };

    /// <summary>Fills <paramref name="buffer"/> with what is to be sent; 0 when there is nothing.</summary>
    public int Read(byte[] buffer)
    {
        var waiting = _protocol.GetAvailableOutputBytes();
        return waiting == 0 ? 0 : _protocol.ReadOutput(buffer, 0, Math.Min(waiting, buffer.Length));
    }

    /// <summary>Takes what was received; null while the handshake goes on.</summary>
    public HandshakeEnd? Feed(byte[] buffer, int count)
    {
        KeepFirst(buffer.AsSpan(0, count));
        _received += count;
        if (IsForeign)
        {
            return null;
        }

        if (_received > ProbeLimits.ConnectionBytes)
        {
            return new(
                FailureReason.MessageTooLarge,
                $"more than {ProbeLimits.ConnectionBytes / 1024} KiB without completing the handshake"
            );
        }

        try
        {
            OfferRecords(buffer, count);
            return _client.IsComplete ? HandshakeDiagnosis.OfCompletion(_recorder)
                : _protocol.IsClosed ? Closed(wasReset: false)
                : null;
        }
        catch (TlsFatalAlertReceived e)
        {
            return AlertEnd(e.AlertDescription);
        }
        catch (TlsFatalAlert e)
        {
            return HandshakeDiagnosis.OfRefusal(e, _recorder, _offer);
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            return HandshakeDiagnosis.Malformed(_recorder, e.Message);
        }
    }

    public HandshakeEnd Closed(bool wasReset) => HandshakeDiagnosis.OfEnd(wasReset, _recorder, IsForeign ? Foreign() : null);

    public HandshakeEnd TimedOut(TimeSpan after) => IsForeign ? Foreign() : HandshakeDiagnosis.OfSilence(after, _received > 0, _recorder);

    /// <summary>What spoke instead of TLS.</summary>
    public HandshakeEnd Foreign()
    {
        if (ForeignProtocol.AlertOfNoVersion(_first.AsSpan(0, _firstLength)) is var (level, number))
        {
            _recorder.NoteAlert(received: true, level, number);
            _recorder.SpokeInstead = ForeignProtocol.AlertWithoutVersion;
            return new(
                FailureReason.AlertReceived,
                $"alert {number} ({TlsAlerts.Name(number)}) in a record without a version, before its ServerHello"
            );
        }

        _recorder.SpokeInstead = ForeignProtocol.Describe(_first.AsSpan(0, _firstLength));
        return new(FailureReason.NotTls, $"the port serves {_recorder.SpokeInstead}");
    }

    /// <summary>One record at a time, so that what is known before a record can be compared with its header.</summary>
    private void OfferRecords(byte[] buffer, int count)
    {
        for (var offset = 0; offset < count; )
        {
            var part = _records.Take(buffer.AsSpan(offset, count - offset));
            if (_records.Current is var (type, version))
            {
                _recorder.NoteRecord(type, version);
            }

            _protocol.OfferInput(buffer, offset, part);
            offset += part;
        }
    }

    private HandshakeEnd AlertEnd(int number) => HandshakeDiagnosis.OfAlert(number, _recorder);

    private void KeepFirst(ReadOnlySpan<byte> received)
    {
        if (_firstLength < 2 || IsForeign)
        {
            var kept = received[..Math.Min(received.Length, _first.Length - _firstLength)];
            kept.CopyTo(_first.AsSpan(_firstLength));
            _firstLength += kept.Length;
            IsForeign = !ForeignProtocol.MayBeTls(_first.AsSpan(0, _firstLength));
        }
    }
}
