using System.Net;
using System.Net.Sockets;
using System.Text;

namespace OriginWatch.Tests.Aws.Organization.Steps;

/// <summary>
/// Stands between a step and AWS, counts the calls, and kills the step at one of them: from then on nothing gets through until the step is
/// over. The call itself is lost
/// on its way there or on its way back.
/// </summary>
internal sealed class KillingProxy : IAsyncDisposable
{
    private const int LongestText = 1000;
    private readonly HttpListener _listener = new();
    private readonly HttpClient _client = new();
    private readonly string _target;
    private readonly Task _running;
    private int _calls;
    private volatile bool _dead;

    public KillingProxy(string target)
    {
        _target = target;
        using var free = new TcpListener(IPAddress.Loopback, 0);
        free.Start();
        Url = $"http://127.0.0.1:{((IPEndPoint)free.LocalEndpoint).Port}";
        free.Stop();
        _listener.Prefixes.Add($"{Url}/");
        _listener.Start();
        _running = AcceptAsync();
    }

    public string Url { get; }

    /// <summary>Since the last night began.</summary>
    public int Calls => _calls;

    /// <summary>The number of the call at which the step is killed, from 1; 0 for none.</summary>
    public int KillAt { get; private set; }

    /// <summary>True where the call takes effect and its answer is lost.</summary>
    public bool AfterEffect { get; private set; }

    /// <summary>The call at which the step is killed, by "METHOD /path" and body; null for none.</summary>
    private Func<string, string, bool>? _victim;

    public void BeginNight(int killAt, bool afterEffect) =>
        (_calls, KillAt, AfterEffect, _victim, _dead) = (0, killAt, afterEffect, null, false);

    public void BeginNight(Func<string, string, bool> victim, bool afterEffect)
    {
        BeginNight(0, afterEffect);
        _victim = victim;
    }

    /// <summary>The next step is another invocation.</summary>
    public void EndStep() => _dead = false;

    public async ValueTask DisposeAsync()
    {
        _listener.Stop();
        await _running;
        _listener.Close();
        _client.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                _ = PassAsync(await _listener.GetContextAsync());
            }
        }
        catch (Exception exception) when (exception is HttpListenerException or ObjectDisposedException)
        {
            // the test is over
        }
    }

    private async Task PassAsync(HttpListenerContext call)
    {
        using var body = new MemoryStream();
        await call.Request.InputStream.CopyToAsync(body);
        var isFatal =
            !_dead && (Interlocked.Increment(ref _calls) == KillAt || _victim?.Invoke(NameOf(call.Request), TextOf(body)) == true);
        var isDead = _dead;
        _dead |= isFatal;
        if (isDead || (isFatal && !AfterEffect))
        {
            call.Response.Abort();
            return;
        }

        using var answer = await _client.SendAsync(Copy(call.Request, body.ToArray()));
        if (isFatal)
        {
            call.Response.Abort();
            return;
        }

        await ReturnAsync(call.Response, answer);
    }

    private static string NameOf(HttpListenerRequest request) => $"{request.HttpMethod} {request.Url!.AbsolutePath}";

    private static string TextOf(MemoryStream body) =>
        Encoding.UTF8.GetString(body.GetBuffer(), 0, (int)Math.Min(body.Length, LongestText));

    private HttpRequestMessage Copy(HttpListenerRequest request, byte[] body)
    {
        var copy = new HttpRequestMessage(new(request.HttpMethod), _target + request.RawUrl) { Content = new ByteArrayContent(body) };
        foreach (
            var name in request
                .Headers.AllKeys.OfType<string>()
                .Where(name => name is not ("Host" or "Content-Length" or "Expect" or "Connection"))
        )
        {
            if (!copy.Headers.TryAddWithoutValidation(name, request.Headers[name]))
            {
                copy.Content.Headers.TryAddWithoutValidation(name, request.Headers[name]);
            }
        }

        return copy;
    }

    private static async Task ReturnAsync(HttpListenerResponse response, HttpResponseMessage answer)
    {
        response.StatusCode = (int)answer.StatusCode;
        foreach (
            var header in answer
                .Headers.Concat(answer.Content.Headers)
                .Where(header => header.Key is not ("Content-Length" or "Connection" or "Date" or "Server" or "Transfer-Encoding"))
        )
        {
            response.Headers[header.Key] = string.Join(',', header.Value);
        }

        var body = await answer.Content.ReadAsByteArrayAsync();
        response.ContentLength64 = body.Length;
        await response.OutputStream.WriteAsync(body);
        response.Close();
    }
}
