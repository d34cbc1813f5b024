using System.Net;
using System.Security.Cryptography.X509Certificates;
using OriginWatch.Loopback;

namespace OriginWatch.Tests.Aws.Month;

/// <summary>The server of one origin, which is stopped, started and given another certificate at the same endpoint.</summary>
internal sealed class MonthOrigin : IAsyncDisposable
{
    private TlsServerShape _shape;
    private TlsServer? _server;

    private MonthOrigin(string id, byte number, TlsServerShape shape)
    {
        _server = TlsServer.Start(shape with { Address = new IPAddress([127, 7, 1, number]) }); // nobody else binds there, so the port stays free
        EndPoint = _server.EndPoint;
        _shape = shape with { Address = EndPoint.Address, Port = EndPoint.Port };
        Id = id;
    }

    public string Id { get; }
    public string DomainName => $"{Id}.example.com";
    public IPEndPoint EndPoint { get; }

    /// <summary>Connections that are over.</summary>
    public int Ended => _server?.Ended ?? 0;

    public static MonthOrigin WithCertificate(string id, byte number, X509Certificate2 certificate)
    {
        using (certificate)
        {
            return new(id, number, TlsServerShape.For(certificate));
        }
    }

    /// <summary>Answers in plain HTTP whatever it is asked.</summary>
    public static MonthOrigin WithoutTls(string id, byte number) =>
        new(id, number, new() { Script = new(ReadsFirst: true, "HTTP/1.1 400 Bad Request\r\n\r\n"u8.ToArray(), ConnectionEnd.Hold) });

    /// <summary>As an allow-list that does not admit the caller: every connection is closed at once.</summary>
    public static MonthOrigin Closing(string id, byte number) => new(id, number, new() { Script = ServerScript.ClosesAtOnce });

    public async Task StopAsync()
    {
        await _server!.DisposeAsync();
        _server = null;
    }

    public Task StartAsync()
    {
        _server = TlsServer.Start(_shape);
        return Task.CompletedTask;
    }

    /// <summary>As an administrator does it: the new file, and a restart.</summary>
    public async Task InstallAsync(X509Certificate2 certificate)
    {
        using (certificate)
        {
            _shape = TlsServerShape.For(certificate) with { Address = _shape.Address, Port = _shape.Port };
        }

        await StopAsync();
        await StartAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (_server is not null)
        {
            await StopAsync();
        }
    }
}
