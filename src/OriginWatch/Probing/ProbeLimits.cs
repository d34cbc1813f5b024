namespace OriginWatch.Probing;

/// <summary>What a peer may cost, each bound with its reason.</summary>
public static class ProbeLimits
{
    /// <summary>Connections to one address at a time: a small origin must not feel an audit.</summary>
    public const int ConnectionsPerAddress = 4;

    /// <summary>Connections at a time in all unless asked otherwise: an audit of 2,000 origins ends within a Lambda's time.</summary>
    public const int DefaultConnections = 64;

    /// <summary>Half of the 1,024 file descriptors that a Lambda or a shell usually grants.</summary>
    public const int MaxConnections = 512;

    /// <summary>Lookups at a time for each connection at a time, so that no connection waits for a name.</summary>
    public const int LookupsPerConnection = 2;

    /// <summary>Addresses probed per name; names with more are spread over many nodes that behave alike.</summary>
    public const int MaxAddressesPerName = 8;

    /// <summary>One handshake message; ten times what honest chains need, and enough to see how far a bad one exceeds
    /// <see cref="S2nHandshakeMessage"/>.</summary>
    public const int HandshakeMessageBytes = 512 * 1024;

    /// <summary>s2n-tls, CloudFront's library, reads no handshake message longer than this
    /// (<c>S2N_MAXIMUM_HANDSHAKE_MESSAGE_LENGTH</c>).</summary>
    public const int S2nHandshakeMessage = 64 * 1024;

    /// <summary>All bytes of one connection: two messages of the largest size and their framing.</summary>
    public const int ConnectionBytes = 1024 * 1024;

    /// <summary>Certificates kept of one chain; s2n-tls stops at seven, the rest is for the report.</summary>
    public const int CertificatesPerChain = 64;

    /// <summary>Alerts kept of one connection.</summary>
    public const int AlertsKept = 16;

    /// <summary>Names of acceptable client authorities kept of one connection; servers with a system-wide trust store send
    /// hundreds.</summary>
    public const int AuthoritiesKept = 16;

    /// <summary>Bytes read of a peer that does not speak TLS: a status line and its first headers.</summary>
    public const int ForeignBytes = 512;

    /// <summary>A public exponent longer than this makes one signature check cost seconds; OpenSSL draws the same line.</summary>
    public const int RsaExponentBits = 64;

    /// <summary>A modulus longer than this is four times what CloudFront accepts.</summary>
    public const int RsaModulusBits = 16 * 1024;

    /// <summary>One lookup, all servers and repetitions included.</summary>
    public static readonly TimeSpan Resolution = TimeSpan.FromSeconds(5);

    /// <summary>No answer to the first packet and none to its repetition, which comes after a second (RFC 6298, section 2.1): the
    /// connection gives its place to another and waits on.</summary>
    public static readonly TimeSpan Silence = TimeSpan.FromSeconds(1.5);

    /// <summary>From the open connection to the end of the handshake.</summary>
    public static readonly TimeSpan Handshake = TimeSpan.FromSeconds(10);

    /// <summary>A TLS 1.3 server says only after our last message that it wanted a client certificate.</summary>
    public static readonly TimeSpan LateAlert = TimeSpan.FromMilliseconds(300);

    /// <summary>How long to wait for the rest of a greeting that is not TLS.</summary>
    public static readonly TimeSpan ForeignGreeting = TimeSpan.FromMilliseconds(300);

    /// <summary>Connections that wait in silence beside <paramref name="concurrency"/> others: together as many as there may be.</summary>
    public static int InSilence(int concurrency) => Math.Max(0, MaxConnections - concurrency);
}
