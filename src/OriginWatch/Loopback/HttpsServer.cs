using System.Collections.Concurrent;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace OriginWatch.Loopback;

/// <summary>The head of a request as it arrived.</summary>
/// <param name="ServerName">The SNI.</param>
/// <param name="Text">Request line and headers, without the blank line at the end.</param>
public sealed record HttpsHead(string ServerName, string Text)
{
    public string Path => Text.Split(' ', 3) is [_, var path, ..] ? path : "";

    public string? Header(string name) =>
        Text.Split("\r\n")
            .Skip(1)
            .Select(line => line.Split(':', 2))
            .FirstOrDefault(parts => parts.Length == 2 && parts[0].Equals(name, StringComparison.OrdinalIgnoreCase))
            ?[1].Trim();
}

/// <summary>What an HTTPS server does with a request: it writes its whole answer to the stream.</summary>
public delegate Task HttpsAnswer(HttpsHead head, Stream stream, CancellationToken cancellationToken);

/// <summary>A loopback HTTPS server on the platform's TLS: one request a connection, answered by a function, until it is
/// disposed.</summary>
public sealed class HttpsServer : LoopbackListener
{
    private const int MaxHeadBytes = 16 * 1024;
    private readonly ConcurrentQueue<HttpsHead> _heads = new();
    private readonly SslServerAuthenticationOptions _tls;
    private readonly HttpsAnswer _answer;

    private HttpsServer(X509Certificate2 certificate, IEnumerable<X509Certificate2> issuers, HttpsAnswer answer)
        : base(new(IPAddress.Loopback, 0))
    {
        _answer = answer;
        _tls = new()
        {
            ServerCertificateContext = SslStreamCertificateContext.Create(certificate, [.. issuers], offline: true),
            ApplicationProtocols = [SslApplicationProtocol.Http11],
        };
    }

    /// <summary>The heads of all requests, in order of arrival.</summary>
    public IReadOnlyList<HttpsHead> Heads => [.. _heads];

    /// <param name="certificate">With its private key.</param>
    /// <param name="issuers">Sent after it.</param>
    /// <param name="answer">Called for each request.</param>
    public static HttpsServer Start(X509Certificate2 certificate, IEnumerable<X509Certificate2> issuers, HttpsAnswer answer)
    {
        var server = new HttpsServer(certificate, issuers, answer);
        server.Accept();
        return server;
    }

    private protected override async Task ServeAsync(Socket socket, CancellationToken stop)
    {
        await using var tls = new SslStream(new NetworkStream(socket, ownsSocket: true));
        await tls.AuthenticateAsServerAsync(_tls, stop).ConfigureAwait(false);
        if (await HeadAsync(tls, stop).ConfigureAwait(false) is { } text)
        {
            var head = new HttpsHead(tls.TargetHostName, text);
            _heads.Enqueue(head);
            await _answer(head, tls, stop).ConfigureAwait(false);
            await tls.ShutdownAsync().ConfigureAwait(false);
        }
    }

    private static async Task<string?> HeadAsync(SslStream tls, CancellationToken stop)
    {
        var buffer = new byte[MaxHeadBytes];
        var length = 0;
        while (length < buffer.Length)
        {
            var read = await tls.ReadAsync(buffer.AsMemory(length), stop).ConfigureAwait(false);
            if (read == 0)
            {
                return null;
            }

            length += read;
            var end = buffer.AsSpan(0, length).IndexOf("\r\n\r\n"u8);
            if (end >= 0)
            {
                return Encoding.Latin1.GetString(buffer, 0, end);
            }
        }

        return null;
    }
}
