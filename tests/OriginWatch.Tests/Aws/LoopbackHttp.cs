using System.Collections.Concurrent;
using System.Globalization;
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
internal sealed record HttpAnswer(
    int Status,
    string Body,
    string ContentType = "text/xml",
    int? CutAfter = null,
    string? ETag = null,
    bool Stalls = false,
    string? LastModified = null
);

/// <summary>An HTTP endpoint on loopback that answers by a function and remembers what it was asked.</summary>
internal sealed class LoopbackHttp : IAsyncDisposable
{
    private readonly Func<HttpCall, HttpAnswer> _answer;
    private readonly LoopbackServer _server;

    public LoopbackHttp(Func<HttpCall, HttpAnswer> answer)
    {
        _answer = answer;
        _server = new(ServeAsync);
    }

    public string Url => _server.Url;

    public ConcurrentQueue<HttpCall> Calls { get; } = new();

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    private async Task ServeAsync(NetworkStream stream, CancellationToken stop)
    {
        while (await ReadAsync(stream, stop) is { } call)
        {
            Calls.Enqueue(call);
            if (!await WriteAsync(stream, _answer(call), stop))
            {
                return;
            }
        }
    }

    private static async Task<HttpCall?> ReadAsync(NetworkStream stream, CancellationToken stop)
    {
        var head = new StringBuilder();
        var one = new byte[1];
        while (!head.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal))
        {
            if (await stream.ReadAsync(one, stop) == 0)
            {
                return null;
            }

            head.Append((char)one[0]);
        }

        var lines = head.ToString().Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        var headers = lines
            .Skip(1)
            .Select(line => line.Split(": ", 2))
            .ToDictionary(line => line[0], line => line[1], StringComparer.OrdinalIgnoreCase);
        if (headers.ContainsKey("Expect"))
        {
            await stream.WriteAsync("HTTP/1.1 100 Continue\r\n\r\n"u8.ToArray(), stop);
        }

        var body = new byte[int.Parse(headers.GetValueOrDefault("Content-Length", "0"), CultureInfo.InvariantCulture)];
        await stream.ReadExactlyAsync(body, stop);
        var request = lines[0].Split(' ');
        return new(request[0], request[1], Encoding.UTF8.GetString(body), headers);
    }

    private static async Task<bool> WriteAsync(NetworkStream stream, HttpAnswer answer, CancellationToken stop)
    {
        var body = Encoding.UTF8.GetBytes(answer.Body);
        var head = string.Create(
            CultureInfo.InvariantCulture,
            $"HTTP/1.1 {answer.Status} Answer\r\nContent-Type: {answer.ContentType}\r\nContent-Length: {body.Length}\r\n{(answer.ETag is null ? "" : $"ETag: {answer.ETag}\r\n")}{(answer.LastModified is null ? "" : $"Last-Modified: {answer.LastModified}\r\n")}x-amzn-RequestId: 1\r\n\r\n"
        );
        await stream.WriteAsync(Encoding.ASCII.GetBytes(head), stop);
        if (answer.Stalls)
        {
            await Task.Delay(Timeout.Infinite, stop);
        }

        await stream.WriteAsync(body.AsMemory(0, answer.CutAfter ?? body.Length), stop);
        return answer.CutAfter is null;
    }
}
