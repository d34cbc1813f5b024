using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace OriginWatch.Tests.Aws;

internal sealed record HttpCall(string Method, string Target, string Body, IReadOnlyDictionary<string, string> Headers)
{
    public string Path => Target.Split('?')[0];
}

/// <param name="Status">E.g. 200.</param>
/// <param name="Body">As sent.</param>
/// <param name="ContentType">XML unless said otherwise.</param>
/// <param name="CutAfter">Closes the connection after so many bytes, although more were announced.</param>
/// <param name="ETag">Left out where null.</param>
/// <param name="Stalls">Announces the body and sends none of it, for as long as the test lasts.</param>
/// <param name="LastModified">As HTTP writes times; left out where null.</param>
internal sealed record HttpAnswer(int Status, string Body, string ContentType = "text/xml", int? CutAfter = null, string? ETag = null, bool Stalls = false, string? LastModified = null);

/// <summary>An HTTP endpoint on loopback that answers by a function and remembers what it was asked.</summary>
internal sealed class LoopbackHttp : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly Func<HttpCall, HttpAnswer> _answer;
    private readonly Task _running;

    public LoopbackHttp(Func<HttpCall, HttpAnswer> answer)
    {
        _answer = answer;
        _listener.Start();
        _running = AcceptAsync();
    }

    public string Url => $"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port.ToString(CultureInfo.InvariantCulture)}";

    public ConcurrentQueue<HttpCall> Calls { get; } = new();

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Dispose();
        await _running;
        _stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        var connections = new List<Task>();
        try
        {
            while (true)
            {
                connections.Add(ServeAsync(await _listener.AcceptTcpClientAsync(_stop.Token)));
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            await Task.WhenAll(connections);
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        using (client)
        {
            var stream = client.GetStream();
            try
            {
                while (await ReadAsync(stream) is { } call)
                {
                    Calls.Enqueue(call);
                    if (!await WriteAsync(stream, _answer(call)))
                    {
                        return;
                    }
                }
            }
            catch (Exception exception) when (exception is OperationCanceledException or IOException)
            {
                // the client went away, or the test is over
            }
        }
    }

    private async Task<HttpCall?> ReadAsync(NetworkStream stream)
    {
        var head = new StringBuilder();
        var one = new byte[1];
        while (!head.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal))
        {
            if (await stream.ReadAsync(one, _stop.Token) == 0)
            {
                return null;
            }

            head.Append((char)one[0]);
        }

        var lines = head.ToString().Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        var headers = lines.Skip(1).Select(line => line.Split(": ", 2)).ToDictionary(line => line[0], line => line[1], StringComparer.OrdinalIgnoreCase);
        if (headers.ContainsKey("Expect"))
        {
            await stream.WriteAsync("HTTP/1.1 100 Continue\r\n\r\n"u8.ToArray(), _stop.Token);
        }

        var body = new byte[int.Parse(headers.GetValueOrDefault("Content-Length", "0"), CultureInfo.InvariantCulture)];
        await stream.ReadExactlyAsync(body, _stop.Token);
        var request = lines[0].Split(' ');
        return new(request[0], request[1], Encoding.UTF8.GetString(body), headers);
    }

    private async Task<bool> WriteAsync(NetworkStream stream, HttpAnswer answer)
    {
        var body = Encoding.UTF8.GetBytes(answer.Body);
        var head = string.Create(CultureInfo.InvariantCulture, $"HTTP/1.1 {answer.Status} Answer\r\nContent-Type: {answer.ContentType}\r\nContent-Length: {body.Length}\r\n{(answer.ETag is null ? "" : $"ETag: {answer.ETag}\r\n")}{(answer.LastModified is null ? "" : $"Last-Modified: {answer.LastModified}\r\n")}x-amzn-RequestId: 1\r\n\r\n");
        await stream.WriteAsync(Encoding.ASCII.GetBytes(head), _stop.Token);
        if (answer.Stalls)
        {
            await Task.Delay(Timeout.Infinite, _stop.Token);
        }

        await stream.WriteAsync(body.AsMemory(0, answer.CutAfter ?? body.Length), _stop.Token);
        return answer.CutAfter is null;
    }
}
