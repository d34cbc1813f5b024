using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using OriginWatch.Inventory;
using OriginWatch.Targets;

namespace OriginWatch.Loopback;

/// <summary>The way of an edge on loopback to an origin: the platform's TLS client, the given roots, and certificates in order.</summary>
internal static class LoopbackOriginConnection
{
    public static async Task<LoopbackAnswer> TryAsync(
        Origin origin,
        string serverName,
        LoopbackEdgeShape shape,
        CancellationToken cancellationToken
    )
    {
        if (!shape.Origins.TryGetValue(ServerNames.Normalize(origin.DomainName), out var endpoint))
        {
            return LoopbackAnswer.NotResolved;
        }

        using var time = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        time.CancelAfter(origin.ConnectionTimeout);
        try
        {
            using var socket = new Socket(endpoint.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
            await socket.ConnectAsync(endpoint, time.Token).ConfigureAwait(false);
            if (origin.CustomOriginConfig?.OriginProtocolPolicy != OriginProtocolPolicy.HttpOnly)
            {
                await HandshakeAsync(socket, ServerNames.Normalize(serverName), shape, time.Token).ConfigureAwait(false);
            }

            return LoopbackAnswer.Reached;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return LoopbackAnswer.NoAnswer;
        }
        catch (Exception exception) when (exception is SocketException or IOException or AuthenticationException)
        {
            return LoopbackAnswer.NotConnected;
        }
    }

    private static async Task HandshakeAsync(Socket socket, string serverName, LoopbackEdgeShape shape, CancellationToken cancellationToken)
    {
        var policy = new X509ChainPolicy
        {
            DisableCertificateDownloads = true,
            RevocationMode = X509RevocationMode.NoCheck,
            TrustMode = X509ChainTrustMode.CustomRootTrust,
            VerificationTime = shape.Time.GetUtcNow().UtcDateTime,
        };
        policy.CustomTrustStore.AddRange(shape.Trusted.ToArray());
        await using var tls = new SslStream(new NetworkStream(socket, ownsSocket: false));
        await tls.AuthenticateAsClientAsync(
                new()
                {
                    TargetHost = serverName,
                    CertificateChainPolicy = policy,
                    RemoteCertificateValidationCallback = (_, _, chain, errors) => errors == SslPolicyErrors.None && IsInOrder(chain!),
                },
                cancellationToken
            )
            .ConfigureAwait(false);
    }

    /// <summary>The platform sorts what it is sent; CloudFront does not.</summary>
    private static bool IsInOrder(X509Chain chain)
    {
        var path = chain.ChainElements.Select(element => element.Certificate.Thumbprint).ToList();
        var sent = chain.ChainPolicy.ExtraStore.Select(certificate => certificate.Thumbprint).Where(path.Contains).ToList();
        return sent.SequenceEqual(path.Where(sent.Contains), StringComparer.Ordinal);
    }
}
