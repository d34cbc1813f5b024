using OriginWatch.Tls;

namespace OriginWatch.Probing;

/// <summary>How far a connection came before it failed.</summary>
public enum ProbeStage
{
    Resolve,
    Connect,
    Handshake,
}

/// <summary>What one connection met. A fault of the origin is data, never an exception.</summary>
public abstract record ProbeResult
{
    /// <summary>From the first SYN to the open connection, attempts included; null when it never opened.</summary>
    public TimeSpan? ConnectTime { get; init; }

    /// <summary>From the open connection to the last byte of the handshake, or to its failure.</summary>
    public TimeSpan? HandshakeTime { get; init; }

    /// <summary>Everything that was seen until the end, also when the handshake failed later.</summary>
    public ServerFlight Seen { get; init; } = ServerFlight.Nothing;
}

/// <summary>The handshake was completed with what CloudFront offers. It says nothing of the certificate's worth.</summary>
public sealed record Handshake : ProbeResult;

/// <summary>The connection was opened and closed, and nothing was sent: all that is asked of an HTTP port.</summary>
public sealed record Connected : ProbeResult;

/// <summary>No handshake or no connection, and why.</summary>
public sealed record ProbeFailure : ProbeResult
{
    public required ProbeStage Stage { get; init; }
    public required FailureReason Reason { get; init; }

    /// <summary>One clause of evidence: the alert's number and name, the first bytes in words, the message at which it stopped.</summary>
    public required string Detail { get; init; }
}

/// <summary>What the server showed on one connection.</summary>
public sealed record ServerFlight
{
    public static readonly ServerFlight Nothing = new();

    public TlsProtocol? Protocol { get; init; }

    /// <summary>IANA number of the negotiated cipher suite.</summary>
    public int? CipherSuite { get; init; }

    /// <summary>IANA number of the named group of the key exchange; null where there is none (static RSA).</summary>
    public int? NamedGroup { get; init; }

    /// <summary>IANA number of the signature scheme that the server signed with; null before TLS 1.2 and for static RSA.</summary>
    public int? SignatureScheme { get; init; }

    /// <summary>The certificates exactly as sent, DER or not, in the order sent.</summary>
    public IReadOnlyList<ReadOnlyMemory<byte>> Chain { get; init; } = [];

    public bool OcspStapled { get; init; }

    /// <summary>RFC 5746; null where no ServerHello came or TLS 1.3 makes it moot.</summary>
    public bool? SecureRenegotiation { get; init; }

    public bool ClientCertificateRequested { get; init; }

    /// <summary>Distinguished names of the CAs named in the CertificateRequest, bounded.</summary>
    public IReadOnlyList<string> AcceptableClientAuthorities { get; init; } = [];

    public IReadOnlyList<TlsAlert> Alerts { get; init; } = [];

    /// <summary>Length of the longest handshake message of the server, in bytes; over 64 KiB CloudFront's library would not have read
    /// it.</summary>
    public int LongestHandshakeMessage { get; init; }

    /// <summary>What spoke instead of TLS (HTTP, SSH, SMTP, …) in words; null when it was TLS or silence.</summary>
    public string? SpokeInstead { get; init; }
}

/// <summary>An alert, sent or received, by the number of the TLS registry.</summary>
public sealed record TlsAlert(bool Received, bool Fatal, int Number, string Name);
