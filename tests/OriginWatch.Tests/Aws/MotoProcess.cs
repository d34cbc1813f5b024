using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace OriginWatch.Tests.Aws;

/// <summary>moto in a process of its own, on a free port of loopback.</summary>
internal sealed class MotoProcess : IAsyncDisposable
{
    private static readonly TimeSpan StartUp = TimeSpan.FromSeconds(90);
    private readonly Process _process;

    private MotoProcess(string url, Process process)
    {
        Url = url;
        _process = process;
        _ = _process.StandardOutput.ReadToEndAsync();
        _ = _process.StandardError.ReadToEndAsync();
    }

    public string Url { get; }

    /// <summary>Returns once it answers.</summary>
    /// <param name="arguments">Of python3, for a port.</param>
    /// <param name="cancellationToken">Of the test.</param>
    public static async Task<MotoProcess> StartAsync(
        Func<string, IEnumerable<string>> arguments,
        CancellationToken cancellationToken = default
    )
    {
        var port = FreePort();
        var moto = new MotoProcess($"http://127.0.0.1:{port}", Tools.Start("python3", arguments(port)));
        using var http = new HttpClient();
        for (var waited = Stopwatch.StartNew(); !await moto.AnswersAsync(http, cancellationToken); )
        {
            if (waited.Elapsed > StartUp || moto._process.HasExited)
            {
                throw new TimeoutException("moto did not start");
            }

            await Task.Delay(TimeSpan.FromMilliseconds(100), cancellationToken);
        }

        return moto;
    }

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

    private async Task<bool> AnswersAsync(HttpClient http, CancellationToken cancellationToken)
    {
        try
        {
            return (await http.GetAsync(new Uri($"{Url}/moto-api/data.json"), cancellationToken)).IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }
}
