using System.Net;
using System.Security.Cryptography.X509Certificates;
using OriginWatch.Probing;
using OriginWatch.Tls;

namespace OriginWatch.Loopback;

/// <summary>Whether a server asks for a client certificate.</summary>
public enum ClientCertificateDemand
{
    NotRequested,

    /// <summary>Asks, and goes on without one.</summary>
    Optional,

    /// <summary>Asks, and refuses to go on without one.</summary>
    Required,
}

/// <summary>How a connection ends that the server ends on purpose.</summary>
public enum ConnectionEnd
{
    /// <summary>Stays open and silent until the client goes.</summary>
    Hold,
    Close,
    Reset,
}

/// <summary>What a loopback server is to do. Without a script it is a TLS server, healthy unless a property says otherwise.</summary>
public sealed record TlsServerShape
{
    /// <summary>The certificates sent, exactly as given.</summary>
    public IReadOnlyList<ReadOnlyMemory<byte>> Chain { get; init; } = [];

    /// <summary>The key of the first certificate as PKCS#8.</summary>
    public ReadOnlyMemory<byte> PrivateKey { get; init; }

    public ProtocolSet Protocols { get; init; } = new(TlsProtocol.Tls12, TlsProtocol.Tls13);

    /// <summary>IANA numbers; null for all that fit the key.</summary>
    public IReadOnlyList<int>? CipherSuites { get; init; }

    public IReadOnlyList<int>? NamedGroups { get; init; }

    /// <summary>The only scheme that the server signs with; null for the first of the client's that fits the key.</summary>
    public int? SignatureScheme { get; init; }

    public ClientCertificateDemand ClientCertificate { get; init; }

    /// <summary>Subjects of authorities named when a client certificate is asked for.</summary>
    public IReadOnlyList<string> ClientAuthorities { get; init; } = [];

    public bool StaplesOcsp { get; init; }

    /// <summary>Cuts the server's output after that many bytes and then does <see cref="AfterCut"/>.</summary>
    public int? CutAfterBytes { get; init; }

    public ConnectionEnd AfterCut { get; init; }

    /// <summary>Sent as it is before the server's own first bytes.</summary>
    public ReadOnlyMemory<byte> Prelude { get; init; }

    /// <summary>The minor version that the records after the first of the server's first flight carry, instead of the negotiated
    /// one.</summary>
    public byte? LaterRecordVersion { get; init; }

    /// <summary>Sends one byte, then pauses, and so on.</summary>
    public TimeSpan? Trickle { get; init; }

    /// <summary>What to do instead of TLS.</summary>
    public ServerScript? Script { get; init; }

    public IPAddress Address { get; init; } = IPAddress.Loopback;

    /// <summary>Zero for any that is free.</summary>
    public int Port { get; init; }

    /// <summary>A server with that certificate, which brings its private key, and the given issuers behind it.</summary>
    public static TlsServerShape For(X509Certificate2 certificate, params IEnumerable<X509Certificate2> issuers)
    {
        ArgumentNullException.ThrowIfNull(certificate);
        using var rsa = certificate.GetRSAPrivateKey();
        using var ecdsa = certificate.GetECDsaPrivateKey();
        return new()
        {
            Chain = [certificate.RawDataMemory, .. issuers.Select(issuer => issuer.RawDataMemory)],
            PrivateKey = rsa?.ExportPkcs8PrivateKey() ?? ecdsa!.ExportPkcs8PrivateKey(),
        };
    }
}
