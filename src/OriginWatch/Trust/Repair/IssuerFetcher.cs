using System.Net;
using System.Net.Sockets;
using OriginWatch.Names;

namespace OriginWatch.Trust.Repair;

/// <summary>What came from one address: certificates, or why there are none.</summary>
public sealed record IssuerFetch(string Address, IReadOnlyList<ReadOnlyMemory<byte>> Certificates, string? Problem);

/// <summary>
/// Fetches the certificate of an issuer from where a certificate says that it is (AIA caIssuers, RFC 5280, section 4.2.2.1). Only ever on
/// request:
/// the address is the peer's word. Plain HTTP, three redirects, public addresses, 64 KiB, five seconds.
/// </summary>
public sealed class IssuerFetcher : IDisposable
{
    private const int MaxRedirects = 3;
    private const int MaxBytes = 64 * 1024;
    private const int MaxHeaderKilobytes = 16;
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(5);
    private readonly bool _allowPrivateAddresses;
    private readonly TimeProvider _clock;
    private readonly SocketsHttpHandler _handler;
    private readonly HttpClient _client;

    /// <param name="allowPrivateAddresses">For a CA within one's own network; otherwise only public addresses are connected to.</param>
    /// <param name="clock">Measures the five seconds.</param>
    public IssuerFetcher(bool allowPrivateAddresses, TimeProvider clock)
    {
        _allowPrivateAddresses = allowPrivateAddresses;
        _clock = clock;
        _handler = new()
        {
            AllowAutoRedirect = false,
            UseProxy = false,
            UseCookies = false,
            AutomaticDecompression = DecompressionMethods.None,
            MaxResponseHeadersLength = MaxHeaderKilobytes,
            ConnectCallback = ConnectAsync,
        };
        _client = new(_handler, disposeHandler: false) { Timeout = System.Threading.Timeout.InfiniteTimeSpan };
    }

    /// <summary>Faults of the other side are in the answer; throws only when <paramref name="cancellationToken"/> is cancelled.</summary>
    public Task<IssuerFetch> FetchAsync(string address, CancellationToken cancellationToken) =>
        TryFetchAsync(address, allowHttps: false, cancellationToken);

    /// <summary>From an address that is shipped with the program: HTTPS too, because no peer chose it.</summary>
    public Task<IssuerFetch> FetchPublishedAsync(string address, CancellationToken cancellationToken) =>
        TryFetchAsync(address, allowHttps: true, cancellationToken);

    private async Task<IssuerFetch> TryFetchAsync(string address, bool allowHttps, CancellationToken cancellationToken)
    {
        using var deadline = new CancellationTokenSource(Timeout, _clock);
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
        try
        {
            var body = await DownloadAsync(address, allowHttps, linked.Token);
            var certificates = CertificateFile.Read(body);
            return new(address, certificates, certificates.Count > 0 ? null : "what it offers is no certificate (DER, PEM or PKCS#7)");
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return new(address, [], "no answer within 5 seconds");
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException or SocketException)
        {
            return new(address, [], (exception.InnerException as HttpRequestException ?? exception).Message);
        }
    }

    public void Dispose()
    {
        _client.Dispose();
        _handler.Dispose();
    }

    private async Task<byte[]> DownloadAsync(string address, bool allowHttps, CancellationToken cancellationToken)
    {
        var uri = Parse(address, null, allowHttps);
        for (var redirects = 0; ; redirects++)
        {
            using var response = await _client.GetAsync(uri, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
            if ((int)response.StatusCode is < 300 or >= 400)
            {
                return response.IsSuccessStatusCode
                    ? await ReadAsync(response, cancellationToken)
                    : throw new HttpRequestException($"HTTP status {(int)response.StatusCode}");
            }

            if (redirects == MaxRedirects)
            {
                throw new HttpRequestException($"more than {MaxRedirects} redirects");
            }

            uri = Parse(response.Headers.Location?.OriginalString ?? "", uri, allowHttps);
        }
    }

    private static Uri Parse(string address, Uri? basis, bool allowHttps)
    {
        var isAddress = basis is null ? Uri.TryCreate(address, UriKind.Absolute, out var uri) : Uri.TryCreate(basis, address, out uri);
        return isAddress && (uri!.Scheme == Uri.UriSchemeHttp || (allowHttps && uri.Scheme == Uri.UriSchemeHttps)) && uri.Host.Length > 0
            ? uri
            : throw new HttpRequestException("only http addresses are fetched");
    }

    private static async Task<byte[]> ReadAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        await using var stream = await response.Content.ReadAsStreamAsync(cancellationToken);
        var buffer = new byte[MaxBytes + 1];
        var length = await stream.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancellationToken);
        return length <= MaxBytes ? buffer[..length] : throw new HttpRequestException($"more than {MaxBytes / 1024} KiB");
    }

    /// <summary>The address that is connected to is the one that was checked: the name is looked up once.</summary>
    private async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellationToken)
    {
        var addresses = await Dns.GetHostAddressesAsync(context.DnsEndPoint.Host, cancellationToken);
        var allowed =
            Array.Find(addresses, address => _allowPrivateAddresses || PublicAddresses.IsPublic(address))
            ?? throw new HttpRequestException(
                addresses.Length == 0
                    ? "its name has no address"
                    : $"{context.DnsEndPoint.Host} is {PublicAddresses.Kind(addresses[0])}, and only public ones are fetched from"
            );
        Socket? socket = null;
        try
        {
            socket = new(allowed.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            await socket.ConnectAsync(allowed, context.DnsEndPoint.Port, cancellationToken);
            var stream = new NetworkStream(socket, ownsSocket: true);
            socket = null;
            return stream;
        }
        finally
        {
            socket?.Dispose();
        }
    }
}
