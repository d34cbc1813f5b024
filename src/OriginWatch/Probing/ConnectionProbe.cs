using System.Buffers;
using System.Net;
using System.Net.Sockets;
using OriginWatch.Probing.Engine;
using OriginWatch.Targets;

namespace OriginWatch.Probing;

/// <summary>One connection to one address: connects, lets the handshake run where there is a hello, and closes.</summary>
internal sealed class ConnectionProbe(ProberOptions options, ProbeCrypto crypto, TimeProvider time)
{
    private const int BufferBytes = 8 * 1024;
    private readonly Connector _connector = new(time);

    public Task<ProbeResult> ProbeAsync(
        IPEndPoint endpoint,
        ClientOffer offer,
        ProbeTarget target,
        ConnectionTurn turn,
        CancellationToken cancellationToken
    ) =>
        _connector.OpenAsync(
            endpoint,
            target,
            turn,
            (socket, connectTime) => HandshakeAsync(socket, offer, connectTime, cancellationToken),
            cancellationToken
        );

    public Task<ProbeResult> ConnectAsync(
        IPEndPoint endpoint,
        HttpTarget target,
        ConnectionTurn turn,
        CancellationToken cancellationToken
    ) =>
        _connector.OpenAsync(
            endpoint,
            target,
            turn,
            (_, connectTime) => Task.FromResult<ProbeResult>(new Connected { ConnectTime = connectTime }),
            cancellationToken
        );

    private async Task<ProbeResult> HandshakeAsync(
        Socket socket,
        ClientOffer offer,
        TimeSpan connectTime,
        CancellationToken cancellationToken
    )
    {
        var start = time.GetTimestamp();
        using var deadline = new Deadline(options.HandshakeTimeout, time, cancellationToken);
        var buffer = ArrayPool<byte>.Shared.Rent(BufferBytes);
        try
        {
            var handshake = new TlsHandshake(offer, crypto);
            var end = await ExchangeAsync(socket, handshake, buffer, deadline).ConfigureAwait(false);
            var elapsed = time.GetElapsedTime(start);
            return end.Reason is { } reason
                ? new ProbeFailure
                {
                    Stage = ProbeStage.Handshake,
                    Reason = reason,
                    Detail = end.Detail,
                    ConnectTime = connectTime,
                    HandshakeTime = elapsed,
                    Seen = handshake.Seen,
                }
                : new Handshake
                {
                    ConnectTime = connectTime,
                    HandshakeTime = elapsed,
                    Seen = handshake.Seen,
                };
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private async Task<HandshakeEnd> ExchangeAsync(Socket socket, TlsHandshake handshake, byte[] buffer, Deadline deadline)
    {
        try
        {
            while (true)
            {
                var isGone = !await TrySendAsync(socket, handshake, buffer, deadline.Token).ConfigureAwait(false);
                var count = await socket.ReceiveAsync(buffer, deadline.Token).ConfigureAwait(false);
                if (count == 0)
                {
                    return handshake.Closed(wasReset: isGone);
                }

                if (handshake.Feed(buffer, count) is { } end)
                {
                    await TrySendAsync(socket, handshake, buffer, deadline.Token).ConfigureAwait(false);
                    return end.Reason is null ? await AwaitLateAlertAsync(socket, handshake, buffer, deadline).ConfigureAwait(false) : end;
                }

                if (handshake.IsForeign)
                {
                    return await NameForeignAsync(socket, handshake, buffer, deadline).ConfigureAwait(false);
                }
            }
        }
        catch (SocketException)
        {
            return handshake.Closed(wasReset: true);
        }
        catch (OperationCanceledException) when (deadline.HasPassed)
        {
            return handshake.TimedOut(options.HandshakeTimeout);
        }
    }

    /// <summary>False when the peer has gone; it may have left its reason behind, so the next receive is the end, not this.</summary>
    private static async Task<bool> TrySendAsync(Socket socket, TlsHandshake handshake, byte[] buffer, CancellationToken cancellationToken)
    {
        try
        {
            for (var count = handshake.Read(buffer); count > 0; count = handshake.Read(buffer))
            {
                await socket.SendAsync(buffer.AsMemory(0, count), cancellationToken).ConfigureAwait(false);
            }

            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    private async Task<HandshakeEnd> AwaitLateAlertAsync(Socket socket, TlsHandshake handshake, byte[] buffer, Deadline deadline)
    {
        if (!handshake.MayStillReject)
        {
            return HandshakeEnd.Completed;
        }

        using var pause = new Deadline(ProbeLimits.LateAlert, time, deadline.Token);
        try
        {
            while (true)
            {
                var count = await socket.ReceiveAsync(buffer, pause.Token).ConfigureAwait(false);
                if (count == 0)
                {
                    return handshake.Closed(wasReset: false);
                }

                if (handshake.Feed(buffer, count) is { Reason: not null } end)
                {
                    return end;
                }
            }
        }
        catch (OperationCanceledException) when (pause.HasPassed || deadline.HasPassed)
        {
            return HandshakeEnd.Completed;
        }
    }

    private async Task<HandshakeEnd> NameForeignAsync(Socket socket, TlsHandshake handshake, byte[] buffer, Deadline deadline)
    {
        using var pause = new Deadline(ProbeLimits.ForeignGreeting, time, deadline.Token);
        try
        {
            while (handshake.WantsMoreOfForeign)
            {
                var count = await socket.ReceiveAsync(buffer, pause.Token).ConfigureAwait(false);
                if (count == 0)
                {
                    break;
                }

                handshake.Feed(buffer, count);
            }
        }
        catch (OperationCanceledException) when (pause.HasPassed || deadline.HasPassed)
        {
            // What has come so far must do.
        }

        return handshake.Foreign();
    }
}
