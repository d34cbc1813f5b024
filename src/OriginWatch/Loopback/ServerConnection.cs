using System.Buffers.Binary;
using System.Net.Sockets;
using Org.BouncyCastle.Tls;
using OriginWatch.Probing.Engine;

namespace OriginWatch.Loopback;

/// <summary>One connection of a <see cref="TlsServer"/>.</summary>
internal sealed class ServerConnection(Socket socket, TlsServerShape shape, ProbeCrypto crypto) : IDisposable
{
    private const int RecordHeader = 5;
    private readonly byte[] _buffer = new byte[16 * 1024];
    private int _sent;

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        if (shape.Script is { } script)
        {
            await PlayAsync(script, cancellationToken).ConfigureAwait(false);
        }
        else
        {
            await ShakeHandsAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    public void Dispose() => socket.Dispose();

    private async Task PlayAsync(ServerScript script, CancellationToken cancellationToken)
    {
        if (script.ReadsFirst)
        {
            await socket.ReceiveAsync(_buffer, cancellationToken).ConfigureAwait(false);
        }

        for (var i = 0; i < script.Times && !script.Says.IsEmpty; i++)
        {
            await socket.SendAsync(script.Says, cancellationToken).ConfigureAwait(false);
        }

        await EndAsync(script.Then, cancellationToken).ConfigureAwait(false);
    }

    private async Task ShakeHandsAsync(CancellationToken cancellationToken)
    {
        var protocol = new TlsServerProtocol();
        protocol.Accept(new ShapedTlsServer(shape, crypto));
        while (true)
        {
            var count = await socket.ReceiveAsync(_buffer, cancellationToken).ConfigureAwait(false);
            if (count == 0)
            {
                return;
            }

            var failed = !TryOffer(protocol, count);
            if (!await SendOutputAsync(protocol, cancellationToken).ConfigureAwait(false))
            {
                await EndAsync(shape.AfterCut, cancellationToken).ConfigureAwait(false);
                return;
            }

            if (failed || protocol.IsClosed)
            {
                await EndAsync(ConnectionEnd.Close, cancellationToken).ConfigureAwait(false);
                return;
            }
        }
    }

    private bool TryOffer(TlsServerProtocol protocol, int count)
    {
        try
        {
            protocol.OfferInput(_buffer, 0, count);
            return true;
        }
        catch (IOException)
        {
            return false; // what the client did wrong is in the alert that is now waiting to be sent
        }
    }

    /// <summary>False when the output was cut.</summary>
    private async Task<bool> SendOutputAsync(TlsServerProtocol protocol, CancellationToken cancellationToken)
    {
        var output = new byte[protocol.GetAvailableOutputBytes()];
        protocol.ReadOutput(output, 0, output.Length);
        if (_sent == 0 && output.Length > 0)
        {
            output = FirstFlight(output);
        }

        var allowed = Math.Min(output.Length, (shape.CutAfterBytes ?? int.MaxValue) - _sent);
        if (shape.Trickle is { } pause)
        {
            await TrickleAsync(output.AsMemory(0, allowed), pause, cancellationToken).ConfigureAwait(false);
        }
        else if (allowed > 0)
        {
            await socket.SendAsync(output.AsMemory(0, allowed), cancellationToken).ConfigureAwait(false);
        }

        _sent += allowed;
        return _sent < (shape.CutAfterBytes ?? int.MaxValue);
    }

    private byte[] FirstFlight(byte[] output)
    {
        if (shape.LaterRecordVersion is { } minor)
        {
            for (var at = RecordBytes(output, 0); at < output.Length; at += RecordBytes(output, at))
            {
                output[at + 2] = minor;
            }
        }

        return shape.Prelude.IsEmpty ? output : [.. shape.Prelude.Span, .. output];
    }

    private static int RecordBytes(byte[] output, int at) => RecordHeader + BinaryPrimitives.ReadUInt16BigEndian(output.AsSpan(at + 3));

    private async Task TrickleAsync(ReadOnlyMemory<byte> output, TimeSpan pause, CancellationToken cancellationToken)
    {
        for (var i = 0; i < output.Length; i++)
        {
            await socket.SendAsync(output.Slice(i, 1), cancellationToken).ConfigureAwait(false);
            await Task.Delay(pause, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task EndAsync(ConnectionEnd end, CancellationToken cancellationToken)
    {
        if (end == ConnectionEnd.Reset)
        {
            socket.LingerState = new(enable: true, seconds: 0);
            return;
        }

        if (end == ConnectionEnd.Close)
        {
            socket.Shutdown(SocketShutdown.Send);
        }

        // Closing with unread bytes would reset: read until the client goes.
        while (await socket.ReceiveAsync(_buffer, cancellationToken).ConfigureAwait(false) > 0) { }
    }
}
