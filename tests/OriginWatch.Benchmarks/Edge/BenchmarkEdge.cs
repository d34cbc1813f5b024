using System.Net;
using System.Security.Cryptography.X509Certificates;
using OriginWatch.Edge;
using OriginWatch.Loopback;

namespace OriginWatch.Benchmarks.Edge;

/// <summary>A server that answers as CloudFront does when it reached the origin, after a while. Every distribution leads to it.</summary>
internal sealed class BenchmarkEdge : IAsyncDisposable
{
    private readonly CertificateAuthority _root = CertificateAuthority.CreateRoot(
        "CN=Benchmark Edge Root",
        TimeProvider.System.GetUtcNow()
    );
    private readonly X509Certificate2 _certificate;
    private readonly HttpsServer _server;

    private BenchmarkEdge(TimeSpan delay)
    {
        _certificate = _root.IssueLeaf("edge.bench.test");
        _server = HttpsServer.Start(
            _certificate,
            [],
            async (_, stream, stop) =>
            {
                await Task.Delay(delay, stop);
                await stream.WriteAsync(
                    "HTTP/1.1 404 Not Found\r\nServer: nginx\r\nX-Cache: Miss from cloudfront\r\nVia: 1.1 0123456789abcdef.cloudfront.net (CloudFront)\r\nX-Amz-Cf-Pop: LOC50-C1\r\nX-Amz-Cf-Id: 0123456789abcdef==\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"u8.ToArray(),
                    stop
                );
            }
        );
    }

    public static BenchmarkEdge Start(TimeSpan delay) => new(delay);

    public IEdgeClient Client(EdgeCertificateCheck check) =>
        new EdgeClient(
            new()
            {
                Resolve = (_, _, _) => Task.FromResult(new EdgeEndpoints([_server.EndPoint])),
                CheckCertificate = (_, _) => null, // its certificate has one name, and stands for every distribution's
                AllowedEndpoints = new HashSet<IPEndPoint> { _server.EndPoint },
            },
            TimeProvider.System
        );

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        _certificate.Dispose();
        _root.Dispose();
    }
}
