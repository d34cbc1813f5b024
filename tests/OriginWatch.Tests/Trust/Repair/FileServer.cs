using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace OriginWatch.Tests.Trust.Repair;

/// <summary>Serves bytes over HTTP on loopback, one connection per request, and remembers what it was asked.</summary>
internal sealed class FileServer : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly ConcurrentDictionary<string, (string Head, byte[] Body)> _files = new(StringComparer.Ordinal);
    private readonly Task _running;

    public FileServer()
    {
        _listener.Start();
        _running = AcceptAsync();
    }

    public ConcurrentQueue<string> Asked { get; } = new();

    public string Url(string path)
        => string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}{path}");

    public void Serve(string path, byte[] body) => _files[path] = ("HTTP/1.1 200 OK", body);

    public void Redirect(string path, string location) => _files[path] = ($"HTTP/1.1 302 Found\r\nLocation: {location}", []);

    /// <summary>Accepts and never answers.</summary>
    public void Hang(string path) => _files[path] = ("", []);

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Dispose();
        await _running;
        _stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        var open = new List<Task>();
        try
        {
            while (true)
            {
                open.Add(ServeAsync(await _listener.AcceptTcpClientAsync(_stop.Token)));
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            await Task.WhenAll(open);
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        using (client)
        {
            try
            {
                var stream = client.GetStream();
                using var reader = new StreamReader(stream, Encoding.ASCII);
                var path = (await reader.ReadLineAsync(_stop.Token))?.Split(' ')[1] ?? "";
                while (await reader.ReadLineAsync(_stop.Token) is { Length: > 0 })
                {
                    // The headers say nothing that matters.
                }

                Asked.Enqueue(path);
                var (head, body) = _files.GetValueOrDefault(path, ("HTTP/1.1 404 Not Found", []));
                if (head.Length == 0)
                {
                    await Task.Delay(Timeout.Infinite, _stop.Token);
                }

                await stream.WriteAsync(Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{head}\r\nContent-Length: {body.Length}\r\nConnection: close\r\n\r\n")), _stop.Token);
                await stream.WriteAsync(body, _stop.Token);
            }
            catch (Exception exception) when (exception is IOException or OperationCanceledException)
            {
                // The client went away, or the test is over.
            }
        }
    }
}
