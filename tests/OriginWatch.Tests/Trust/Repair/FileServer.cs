using System.Collections.Concurrent;
using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace OriginWatch.Tests.Trust.Repair;

/// <summary>Serves bytes over HTTP on loopback, one connection per request, and remembers what it was asked.</summary>
internal sealed class FileServer : IAsyncDisposable
{
    private readonly ConcurrentDictionary<string, (string Head, byte[] Body)> _files = new(StringComparer.Ordinal);
    private readonly LoopbackServer _server;

    public FileServer() => _server = new(ServeAsync);

    public ConcurrentQueue<string> Asked { get; } = new();

    public string Url(string path) => _server.Url + path;

    public void Serve(string path, byte[] body) => _files[path] = ("HTTP/1.1 200 OK", body);

    public void Redirect(string path, string location) => _files[path] = ($"HTTP/1.1 302 Found\r\nLocation: {location}", []);

    /// <summary>Accepts and never answers.</summary>
    public void Hang(string path) => _files[path] = ("", []);

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    private async Task ServeAsync(NetworkStream stream, CancellationToken stop)
    {
        using var reader = new StreamReader(stream, Encoding.ASCII);
        var path = (await reader.ReadLineAsync(stop))?.Split(' ')[1] ?? "";
        while (await reader.ReadLineAsync(stop) is { Length: > 0 })
        {
            // The headers say nothing that matters.
        }

        Asked.Enqueue(path);
        var (head, body) = _files.GetValueOrDefault(path, ("HTTP/1.1 404 Not Found", []));
        if (head.Length == 0)
        {
            await Task.Delay(Timeout.Infinite, stop);
        }

        await stream.WriteAsync(
            Encoding.ASCII.GetBytes(
                string.Create(CultureInfo.InvariantCulture, $"{head}\r\nContent-Length: {body.Length}\r\nConnection: close\r\n\r\n")
            ),
            stop
        );
        await stream.WriteAsync(body, stop);
    }
}
