using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace OriginWatch.Tests.Aws;

[CollectionDefinition(nameof(SharedPlainMoto))]
public sealed class OnePlainMoto : ICollectionFixture<SharedPlainMoto>;

/// <summary>One moto for the few tests that need one, started when the first of them asks.</summary>
public sealed class SharedPlainMoto : IAsyncDisposable
{
    private PlainMoto? _moto;

    internal async Task<PlainMoto> StartedAsync(CancellationToken cancellationToken)
    {
        Tools.SkipOrFail(await PlainMoto.MissingAsync());
        return _moto ??= await PlainMoto.StartAsync(cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        if (_moto is not null)
        {
            await _moto.DisposeAsync();
        }
    }
}

/// <summary>moto as it is, without a deployment: for the services that only one test asks.</summary>
internal sealed class PlainMoto : IAsyncDisposable
{
    private static readonly TimeSpan StartUp = TimeSpan.FromSeconds(90);
    private readonly Process _process;

    private PlainMoto(string port)
    {
        Url = $"http://127.0.0.1:{port}";
        _process = Tools.Start("python3", "-m", "moto.server", "-H", "127.0.0.1", "-p", port);
        _ = _process.StandardOutput.ReadToEndAsync();
        _ = _process.StandardError.ReadToEndAsync();
    }

    public string Url { get; }

    public static Task<string?> MissingAsync() => Tools.MissingPythonAsync("moto.server, boto3, flask");

    public static async Task<PlainMoto> StartAsync(CancellationToken cancellationToken)
    {
        var moto = new PlainMoto(FreePort());
        using var http = new HttpClient();
        for (var waited = Stopwatch.StartNew(); !await AnswersAsync(http, moto.Url, cancellationToken);)
        {
            if (waited.Elapsed > StartUp || moto._process.HasExited)
            {
                throw new TimeoutException("moto did not start");
            }

            await Task.Delay(TimeSpan.FromMilliseconds(100), cancellationToken);
        }

        return moto;
    }

    /// <summary>What the script prints for one of its commands.</summary>
    public async Task<string> RunAsync(string command, params IEnumerable<string> arguments)
        => (await Tools.RunAsync("python3", [Tools.InTests("Aws", "plain_moto.py"), Url, command, .. arguments])).Trim();

    public async ValueTask DisposeAsync()
    {
        _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    private static string FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port.ToString(CultureInfo.InvariantCulture);
    }

    private static async Task<bool> AnswersAsync(HttpClient http, string url, CancellationToken cancellationToken)
    {
        try
        {
            return (await http.GetAsync(new Uri($"{url}/moto-api/data.json"), cancellationToken)).IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }
}
