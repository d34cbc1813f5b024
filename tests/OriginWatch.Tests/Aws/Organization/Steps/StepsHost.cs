using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Reflection;
using System.Text;
using System.Text.Json;
using Amazon.Lambda.Core;
using OriginWatch.Aws;

namespace OriginWatch.Tests.Aws.Organization.Steps;

/// <summary>A step as Lambda runs it: bytes in, the assembly's serializer, the handler, the serializer, bytes out.</summary>
internal delegate Task<byte[]> InvokeStep(byte[] payload, CancellationToken cancellationToken);

/// <summary>Answers <c>POST /NAME</c> with what the function of that name answers; one that throws gets status 500 and the runtime's
/// words.</summary>
internal sealed class StepsHost : IAsyncDisposable
{
    private readonly HttpListener _listener = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _running;

    public StepsHost()
    {
        Url = $"http://127.0.0.1:{FreePort()}";
        _listener.Prefixes.Add($"{Url}/");
        _listener.Start();
        _running = AcceptAsync();
    }

    public string Url { get; }

    /// <summary>By function name.</summary>
    public ConcurrentDictionary<string, InvokeStep> Steps { get; } = new(StringComparer.Ordinal);

    /// <summary>Names of the functions in the order in which they were invoked.</summary>
    public ConcurrentQueue<string> Calls { get; } = new();

    /// <param name="handle">The handler's own method.</param>
    public static InvokeStep Of<TRequest, TAnswer>(Func<TRequest, CancellationToken, Task<TAnswer>> handle) =>
        async (payload, cancellationToken) =>
        {
            var serializer = (ILambdaSerializer)
                Activator.CreateInstance(typeof(LambdaHandler).Assembly.GetCustomAttribute<LambdaSerializerAttribute>()!.SerializerType)!;
            using var input = new MemoryStream(payload);
            var result = await handle(serializer.Deserialize<TRequest>(input), cancellationToken);
            using var answer = new MemoryStream();
            serializer.Serialize(result, answer);
            return answer.ToArray();
        };

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Stop();
        await _running;
        _listener.Close();
        _stop.Dispose();
    }

    private static int FreePort()
    {
        using var free = new TcpListener(IPAddress.Loopback, 0);
        free.Start();
        return ((IPEndPoint)free.LocalEndpoint).Port;
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                _ = AnswerAsync(await _listener.GetContextAsync());
            }
        }
        catch (Exception exception) when (exception is HttpListenerException or ObjectDisposedException)
        {
            // the test is over
        }
    }

    private async Task AnswerAsync(HttpListenerContext call)
    {
        var name = call.Request.Url!.AbsolutePath.TrimStart('/');
        Calls.Enqueue(name);
        using var payload = new MemoryStream();
        await call.Request.InputStream.CopyToAsync(payload, _stop.Token);
        var (status, body) = await InvokeAsync(name, payload.ToArray());
        try
        {
            call.Response.StatusCode = status;
            await call.Response.OutputStream.WriteAsync(body, _stop.Token);
            call.Response.Close();
        }
        catch (Exception exception)
            when (exception is HttpListenerException or OperationCanceledException or ObjectDisposedException or InvalidOperationException)
        {
            // the state machine was killed in the meantime
        }
    }

    private async Task<(int Status, byte[] Body)> InvokeAsync(string name, byte[] payload)
    {
        try
        {
            return (200, await Steps[name](payload, _stop.Token));
        }
#pragma warning disable CA1031 // Whatever a handler throws, the runtime answers with it.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            return (
                500,
                Encoding.UTF8.GetBytes(
                    JsonSerializer.Serialize(new { errorType = exception.GetType().Name, errorMessage = exception.Message })
                )
            );
        }
    }
}
