using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;

namespace OriginWatch.Edge;

/// <summary>
/// Asks a distribution for one path over HTTP/1.1 and TLS: no proxy, no redirect, no cookie, no decompression, a connection of its own,
/// and bounds on headers, body and time.
/// </summary>
public sealed class EdgeClient(EdgeClientOptions options, TimeProvider time) : IEdgeClient
{
    /// <summary>Kept of an answer; nothing else is looked at.</summary>
    private static readonly string[] Interesting = ["Age", "Server", "Via", "X-Amz-Cf-Id", "X-Amz-Cf-Pop", "X-Cache"];

    private static readonly ProductInfoHeaderValue UserAgent = new(
        "OriginWatch",
        typeof(EdgeClient).Assembly.GetName().Version?.ToString(3) ?? "0.0.0"
    );

    private readonly EdgeConnection _connection = new(options, time);

    public async Task<EdgeReply> AskAsync(EdgeRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        if (
            !Uri.TryCreate($"https://{request.Host}{request.PathAndQuery}", UriKind.Absolute, out var address)
            || !address.Host.Equals(request.Host, StringComparison.OrdinalIgnoreCase)
            || !address.IsDefaultPort
            || address.PathAndQuery != request.PathAndQuery
        )
        {
            return new EdgeReply.Nothing("the Host or the path cannot be put into a URL");
        }

        using var bound = new CancellationTokenSource(request.TimeBudget, time);
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(bound.Token, cancellationToken);
        var certificate = new CertificateVerdict(options.CheckCertificate, request.Host);
        try
        {
            using var handler = Handler(request, certificate);
            using var invoker = new HttpMessageInvoker(handler, disposeHandler: false);
            using var message = Message(address);
            return await SendAsync(invoker, message, bound.Token, linked.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return new EdgeReply.Nothing(
                string.Create(CultureInfo.InvariantCulture, $"no answer within {request.TimeBudget.TotalSeconds:0} seconds")
            );
        }
        catch (HttpRequestException exception)
        {
            cancellationToken.ThrowIfCancellationRequested();
            return Nothing(exception, certificate);
        }
    }

    private SocketsHttpHandler Handler(EdgeRequest request, CertificateVerdict certificate) =>
        new()
        {
            ActivityHeadersPropagator = null,
            AllowAutoRedirect = false,
            AutomaticDecompression = DecompressionMethods.None,
            ConnectCallback = (_, token) => _connection.OpenAsync(request.ConnectTo, request.Port, token),
            MaxResponseDrainSize = 0,
            MaxResponseHeadersLength = EdgeLimits.HeaderKibibytes,
            PooledConnectionLifetime = TimeSpan.Zero,
            PreAuthenticate = false,
            SslOptions = new()
            {
                ApplicationProtocols = [SslApplicationProtocol.Http11],
                CertificateChainPolicy = Untouched(),
                RemoteCertificateValidationCallback = certificate.Check,
                TargetHost = request.Host,
            },
            UseCookies = false,
            UseProxy = false,
        };

    /// <summary>The platform's own verdict is not asked for, so it downloads nothing and consults no store.</summary>
    private static X509ChainPolicy Untouched() =>
        new()
        {
            DisableCertificateDownloads = true,
            RevocationMode = X509RevocationMode.NoCheck,
            TrustMode = X509ChainTrustMode.CustomRootTrust,
        };

    private static HttpRequestMessage Message(Uri address)
    {
        var message = new HttpRequestMessage(HttpMethod.Get, address)
        {
            Version = HttpVersion.Version11,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
        };
        message.Headers.UserAgent.Add(UserAgent);
        message.Headers.ConnectionClose = true;
        return message;
    }

    private async Task<EdgeReply> SendAsync(
        HttpMessageInvoker invoker,
        HttpRequestMessage message,
        CancellationToken bound,
        CancellationToken token
    )
    {
        var sent = time.GetTimestamp();
        using var response = await invoker.SendAsync(message, token).ConfigureAwait(false);
        var elapsed = time.GetElapsedTime(sent);
        var all = response.Headers.NonValidated.Concat(response.Content.Headers.NonValidated).ToList();
        if (all.Sum(header => header.Value.Count) > EdgeLimits.Headers)
        {
            return new EdgeReply.Nothing($"the answer has more than {EdgeLimits.Headers} headers");
        }

        var headers = all.Where(header => Interesting.Contains(header.Key, StringComparer.OrdinalIgnoreCase))
            .ToDictionary(header => header.Key, header => (IReadOnlyList<string>)[.. header.Value], StringComparer.OrdinalIgnoreCase);
        var reply = new EdgeReply.Http((int)response.StatusCode, headers, "", elapsed);
        return headers.GetValueOrDefault("X-Cache")?.Any(value => value.StartsWith("Error", StringComparison.OrdinalIgnoreCase)) is true
            ? await EdgeBody.ReadAsync(reply, response.Content, bound, token).ConfigureAwait(false)
            : reply;
    }

    private static EdgeReply.Nothing Nothing(HttpRequestException exception, CertificateVerdict certificate) =>
        exception switch
        {
            { InnerException: EdgeConnectionException connection } => new(connection.Message),
            _ when certificate.Problem is { } problem => new(
                $"the certificate at the distribution's address is not CloudFront's: {problem}"
            ),
            { HttpRequestError: HttpRequestError.SecureConnectionError } or { InnerException: AuthenticationException } => new(
                "the TLS handshake with the distribution's address failed",
                IsTlsFailure: true
            ),
            { HttpRequestError: HttpRequestError.InvalidResponse } => new("the answer is not HTTP"),
            { HttpRequestError: HttpRequestError.ConfigurationLimitExceeded } => new(
                $"the answer's headers are longer than {EdgeLimits.HeaderKibibytes} KiB"
            ),
            { HttpRequestError: HttpRequestError.ResponseEnded } => new("the connection ended before an answer"),
            _ => new("the connection failed before an answer"),
        };

    /// <summary>Hands the sent certificates on, and remembers what was wrong with them.</summary>
    private sealed class CertificateVerdict(EdgeCertificateCheck check, string host)
    {
        public string? Problem { get; private set; }

        public bool Check(object sender, X509Certificate? leaf, X509Chain? chain, SslPolicyErrors errors)
        {
            Problem = leaf is null ? "none was sent" : check(host, [.. Sent(leaf, chain)]);
            return Problem is null;
        }

        /// <summary>The platform keeps what was sent beside the leaf as extra certificates, in the order sent.</summary>
        private static IEnumerable<ReadOnlyMemory<byte>> Sent(X509Certificate leaf, X509Chain? chain)
        {
            var first = leaf.GetRawCertData();
            yield return first;
            foreach (var other in chain?.ChainPolicy.ExtraStore ?? [])
            {
                if (!other.RawDataMemory.Span.SequenceEqual(first))
                {
                    yield return other.RawDataMemory;
                }
            }
        }
    }
}
