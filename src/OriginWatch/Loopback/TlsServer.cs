using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using OriginWatch.Probing.Engine;

namespace OriginWatch.Loopback;

/// <summary>A small loopback server that behaves as its shape says, well or badly, until it is disposed.</summary>
public sealed class TlsServer : IAsyncDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly ConcurrentDictionary<int, Task> _open = new();
    private readonly ProbeCrypto _crypto = new();
    private readonly TlsServerShape _shape;
    private readonly Socket _listener;
    private readonly Task _accepting;
    private int _connections;
    private int _ended;

    private TlsServer(TlsServerShape shape)
    {
        _shape = shape;
        _listener = new(shape.Address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        _listener.Bind(new IPEndPoint(shape.Address, shape.Port));
        _listener.Listen();
        EndPoint = (IPEndPoint)_listener.LocalEndPoint!;
        _accepting = AcceptAsync();
    }

    public IPEndPoint EndPoint { get; }

    /// <summary>How many connections were accepted.</summary>
    public int Connections => Volatile.Read(ref _connections);

    /// <summary>How many connections are over.</summary>
    public int Ended => Volatile.Read(ref _ended);

    public static TlsServer Start(TlsServerShape shape)
    {
        ArgumentNullException.ThrowIfNull(shape);
        return new(shape);
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync().ConfigureAwait(false);
        _listener.Dispose();
        await _accepting.ConfigureAwait(false);
        await Task.WhenAll(_open.Values).ConfigureAwait(false);
        _stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                var socket = await _listener.AcceptAsync(_stop.Token).ConfigureAwait(false);
                var number = Interlocked.Increment(ref _connections);
                _open[number] = ServeAsync(socket, number);
            }
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // Stopped.
        }
    }

    private async Task ServeAsync(Socket socket, int number)
    {
        await Task.Yield();
        using var connection = new ServerConnection(socket, _shape, _crypto);
        try
        {
            await connection.RunAsync(_stop.Token).ConfigureAwait(false);
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException or IOException or ObjectDisposedException)
        {
            // The client went away, or the handshake failed as the shape wanted.
        }
        finally
        {
            _open.TryRemove(number, out _);
            Interlocked.Increment(ref _ended);
        }
    }
}

/// <summary>A loopback port that refuses connections for as long as it is held.</summary>
public sealed class ClosedPort : IDisposable
{
    private readonly Socket _socket;

    public ClosedPort()
    {
        _socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        _socket.Bind(new IPEndPoint(IPAddress.Loopback, 0)); // bound, never listening
        EndPoint = (IPEndPoint)_socket.LocalEndPoint!;
    }

    public IPEndPoint EndPoint { get; }

    public void Dispose() => _socket.Dispose();
}
