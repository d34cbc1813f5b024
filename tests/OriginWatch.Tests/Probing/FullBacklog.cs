using System.Net;
using System.Net.Sockets;

namespace OriginWatch.Tests.Probing;

/// <summary>A port that leaves whoever comes without an answer: it listens, its queue is full, and nobody is ever accepted.</summary>
internal sealed class FullBacklog : IDisposable
{
    private readonly Socket _listener = NewSocket();
    private readonly List<Socket> _fillers = [];

    public FullBacklog()
    {
        _listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        _listener.Listen(0);
        EndPoint = (IPEndPoint)_listener.LocalEndPoint!;
        for (var filler = 0; filler < 3; filler++)
        {
            _fillers.Add(NewSocket());
            _fillers[^1].Blocking = false;
            Should.Throw<SocketException>(() => _fillers[^1].Connect(EndPoint)); // in progress
        }
    }

    public IPEndPoint EndPoint { get; }

    public void Dispose()
    {
        _fillers.ForEach(filler => filler.Dispose());
        _listener.Dispose();
    }

    private static Socket NewSocket() => new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
}
