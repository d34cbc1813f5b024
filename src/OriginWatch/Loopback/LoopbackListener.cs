using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Security.Authentication;

namespace OriginWatch.Loopback;

/// <summary>Listens on loopback and serves each connection on its own, until it is disposed.</summary>
public abstract class LoopbackListener : IAsyncDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly ConcurrentDictionary<int, Task> _open = new();
    private readonly Socket _listener;
    private Task _accepting = Task.CompletedTask;
    private int _connections;
    private int _ended;

    private protected LoopbackListener(IPEndPoint at)
    {
        _listener = new(at.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        _listener.Bind(at);
        _listener.Listen();
        EndPoint = (IPEndPoint)_listener.LocalEndPoint!;
    }

    public IPEndPoint EndPoint { get; }

    /// <summary>How many connections were accepted.</summary>
    public int Connections => Volatile.Read(ref _connections);

    /// <summary>How many connections are over.</summary>
    public int Ended => Volatile.Read(ref _ended);

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync().ConfigureAwait(false);
        _listener.Dispose();
        await _accepting.ConfigureAwait(false);
        await Task.WhenAll(_open.Values).ConfigureAwait(false);
        _stop.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>To be called when the server is put together.</summary>
    private protected void Accept() => _accepting = AcceptAsync();

    /// <summary>Owns the socket. It may throw what sockets and handshakes throw: the client went away, or it failed as it was to.</summary>
    private protected abstract Task ServeAsync(Socket socket, CancellationToken stop);

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                var socket = await _listener.AcceptAsync(_stop.Token).ConfigureAwait(false);
                var number = Interlocked.Increment(ref _connections);
                _open[number] = RunAsync(socket, number);
            }
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // Stopped.
        }
    }

    private async Task RunAsync(Socket socket, int number)
    {
        await Task.Yield();
        try
        {
            await ServeAsync(socket, _stop.Token).ConfigureAwait(false);
        }
        catch (Exception e)
            when (e is OperationCanceledException or SocketException or IOException or ObjectDisposedException or AuthenticationException)
        {
            // As ServeAsync says.
        }
        finally
        {
            _open.TryRemove(number, out _);
            Interlocked.Increment(ref _ended);
        }
    }
}
