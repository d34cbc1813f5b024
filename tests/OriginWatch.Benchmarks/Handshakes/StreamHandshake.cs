using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;

namespace OriginWatch.Benchmarks.Handshakes;

/// <summary>The same with .NET's SslStream and the leanest chain policy it allows: one root, no download, no revocation.</summary>
internal static class StreamHandshake
{
    public static async Task RunAsync(IPEndPoint endpoint, string serverName, X509Certificate2 root, CancellationToken cancellationToken)
    {
        using var socket = new Socket(endpoint.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync(endpoint, cancellationToken);
        using var network = new NetworkStream(socket);
        using var stream = new SslStream(network);
        await stream.AuthenticateAsClientAsync(Options(serverName, root), cancellationToken);
    }

    private static SslClientAuthenticationOptions Options(string serverName, X509Certificate2 root) =>
        new()
        {
            TargetHost = serverName,
            AllowTlsResume = false,
            CertificateChainPolicy = new()
            {
                TrustMode = X509ChainTrustMode.CustomRootTrust,
                CustomTrustStore = { root },
                DisableCertificateDownloads = true,
                RevocationMode = X509RevocationMode.NoCheck,
            },
        };
}
