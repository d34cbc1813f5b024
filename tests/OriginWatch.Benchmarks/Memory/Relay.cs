using System.Net;
using System.Net.Sockets;

namespace OriginWatch.Benchmarks.Memory;

/// <summary>
/// Stands before a server and holds the last bytes of its first flight back, so that clients wait with everything in hand but the end.
/// Runs in a process of its own, so that its memory is not counted as the client's.
/// </summary>
internal static class Relay
{
    private const int HeldBack = 16;
    private static readonly TimeSpan Quiet = TimeSpan.FromMilliseconds(100);

    /// <summary>Listens on a port that it writes to <paramref name="output"/>, until the process is ended.</summary>
    public static async Task RunAsync(int serverPort, TextWriter output)
    {
        using var listener = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        listener.Bind(new IPEndPoint(IPAddress.Any, 0));
        listener.Listen(4096);
        await output.WriteLineAsync($"{((IPEndPoint)listener.LocalEndPoint!).Port}");
        while (true)
        {
            _ = HoldAsync(await listener.AcceptAsync(), serverPort);
        }
    }

    private static async Task HoldAsync(Socket client, int serverPort)
    {
        using var inner = client;
        using var server = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            await server.ConnectAsync(IPAddress.Loopback, serverPort);
            var hello = new byte[4096];
            await server.SendAsync(hello.AsMemory(0, await client.ReceiveAsync(hello)));
            var flight = await FlightAsync(server);
            await client.SendAsync(flight.AsMemory(0, flight.Length - HeldBack));
            while (await client.ReceiveAsync(hello) > 0)
            {
                // More of its messages; nobody answers them.
            }
        }
        catch (SocketException)
        {
            // One of the two has gone.
        }
    }

    /// <summary>All that the server sends until it waits for an answer.</summary>
    private static async Task<byte[]> FlightAsync(Socket server)
    {
        using var flight = new MemoryStream();
        var buffer = new byte[16 * 1024];
        while (true)
        {
            using var pause = new CancellationTokenSource(flight.Length == 0 ? Timeout.InfiniteTimeSpan : Quiet);
            try
            {
                var count = await server.ReceiveAsync(buffer, pause.Token);
                await flight.WriteAsync(buffer.AsMemory(0, count), CancellationToken.None);
            }
            catch (OperationCanceledException)
            {
                return flight.ToArray();
            }
        }
    }
}
