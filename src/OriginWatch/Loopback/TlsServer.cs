using System.Net;
using System.Net.Sockets;
using OriginWatch.Probing.Engine;

namespace OriginWatch.Loopback;

/// <summary>A small loopback server that behaves as its shape says, well or badly, until it is disposed.</summary>
public sealed class TlsServer : LoopbackListener
{
    private readonly ProbeCrypto _crypto = new();
    private readonly TlsServerShape _shape;

    private TlsServer(TlsServerShape shape)
        : base(new(shape.Address, shape.Port)) => _shape = shape;

    public static TlsServer Start(TlsServerShape shape)
    {
        ArgumentNullException.ThrowIfNull(shape);
        var server = new TlsServer(shape);
        server.Accept();
        return server;
    }

    private protected override async Task ServeAsync(Socket socket, CancellationToken stop)
    {
        using var connection = new ServerConnection(socket, _shape, _crypto);
        await connection.RunAsync(stop).ConfigureAwait(false);
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
