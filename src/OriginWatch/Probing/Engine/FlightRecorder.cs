using Org.BouncyCastle.Tls;
using OriginWatch.Tls;
using TlsProtocol = OriginWatch.Tls.TlsProtocol;

namespace OriginWatch.Probing.Engine;

/// <summary>Notes what a server showed on one connection, from its raw messages, also those that the handshake then fails on.</summary>
internal sealed class FlightRecorder
{
    private readonly List<ReadOnlyMemory<byte>> _chain = [];
    private readonly List<TlsAlert> _alerts = [];
    private List<string> _authorities = [];
    private bool _ocspStapled;
    private bool? _secureRenegotiation;
    private int _longest;
    private ServerHelloFacts? _hello;

    public TlsProtocol? Protocol { get; private set; }

    public int? CipherSuite { get; private set; }

    public int? NamedGroup { get; private set; }

    public int? SignatureScheme { get; private set; }

    /// <summary>More than the chain holds where the bound cut it.</summary>
    public int CertificatesSent { get; private set; }

    /// <summary>False when the lengths inside the certificate message contradict its own.</summary>
    public bool CertificatesAddUp { get; private set; }

    public bool ClientCertificateRequested { get; private set; }

    public bool RetriesForCookieAlone => _hello is { RetriesForCookieAlone: true };

    public bool TellsOfDowngrade => _hello is { TellsOfDowngrade: true };

    /// <summary>The version in the header of a record after the ServerHello, where it is not the negotiated one.</summary>
    public int? OddRecordVersion { get; private set; }

    /// <summary>What records of the negotiated version carry; TLS 1.3 writes that of TLS 1.2 (RFC 8446, section 5.1). Null before the
    /// ServerHello.</summary>
    public int? RecordVersion =>
        _hello is { IsRetry: false, Protocol: var protocol } ? Math.Min((int)protocol, (int)TlsProtocol.Tls12) : null;

    public string? SpokeInstead { get; set; }

    /// <summary>The type of the last whole message; null before the first.</summary>
    public int? LastMessage { get; private set; }

    public TlsAlert? LastReceived => _alerts.FindLast(alert => alert.Received);

    public ServerFlight ToFlight() =>
        new()
        {
            Protocol = Protocol,
            CipherSuite = CipherSuite,
            NamedGroup = NamedGroup,
            SignatureScheme = SignatureScheme,
            Chain = _chain,
            OcspStapled = _ocspStapled,
            SecureRenegotiation = Protocol == TlsProtocol.Tls13 ? null : _secureRenegotiation,
            ClientCertificateRequested = ClientCertificateRequested,
            AcceptableClientAuthorities = _authorities,
            Alerts = _alerts,
            LongestHandshakeMessage = _longest,
            SpokeInstead = SpokeInstead,
        };

    public void Observe(int type, ReadOnlySpan<byte> body)
    {
        LastMessage = type;
        NoteLength(body.Length);
        var reader = new MessageReader(body);
        switch (type)
        {
            case HandshakeType.server_hello:
                ReadServerHello(ref reader);
                break;
            case HandshakeType.certificate:
                ReadCertificates(ref reader);
                break;
            case HandshakeType.server_key_exchange:
                ReadServerKeyExchange(ref reader);
                break;
            case HandshakeType.certificate_verify:
                SignatureScheme = reader.TryUInt16(out var scheme) ? scheme : null;
                break;
            case HandshakeType.certificate_request:
                ClientCertificateRequested = true;
                break;
            case HandshakeType.certificate_status:
                _ocspStapled = true;
                break;
            default:
                break;
        }
    }

    /// <summary>An alert ends the handshake whatever its record says.</summary>
    public void NoteRecord(int type, int version)
    {
        if (RecordVersion is { } expected && version != expected && type != ContentType.alert)
        {
            OddRecordVersion ??= version;
        }
    }

    public void NoteLength(int bytes) => _longest = Math.Max(_longest, bytes);

    public void NoteAlert(bool received, int level, int number)
    {
        if (_alerts.Count < ProbeLimits.AlertsKept)
        {
            _alerts.Add(new(received, level == AlertLevel.fatal, number, TlsAlerts.Name(number)));
        }
    }

    public void NoteSecureRenegotiation(bool offered) => _secureRenegotiation = offered;

    public void NoteAuthorities(IEnumerable<string> names) => _authorities = [.. names.Take(ProbeLimits.AuthoritiesKept)];

    private void ReadServerHello(ref MessageReader reader)
    {
        if (ServerHelloFacts.Read(ref reader) is { } hello)
        {
            (Protocol, CipherSuite, NamedGroup) = (hello.Protocol, hello.CipherSuite, hello.NamedGroup ?? NamedGroup);
            _hello = hello;
        }
    }

    private void ReadCertificates(ref MessageReader reader)
    {
        var is13 = Protocol == TlsProtocol.Tls13;
        if ((is13 && !reader.TryOpaque(1, out _)) || !reader.TryOpaque(3, out var list))
        {
            return;
        }

        var entries = new MessageReader(list);
        CertificatesAddUp = reader.IsEmpty;
        while (CertificatesAddUp && !entries.IsEmpty)
        {
            CertificatesAddUp = entries.TryOpaque(3, out var certificate);
            if (!CertificatesAddUp)
            {
                return;
            }

            CertificatesSent++;
            if (_chain.Count < ProbeLimits.CertificatesPerChain)
            {
                _chain.Add(certificate.ToArray());
            }

            if (is13)
            {
                CertificatesAddUp = entries.TryOpaque(2, out var extensions);
                NoteStaple(new(extensions));
            }
        }
    }

    private void NoteStaple(MessageReader extensions)
    {
        while (extensions.TryUInt16(out var type) && extensions.TryOpaque(2, out _))
        {
            _ocspStapled |= type == ExtensionType.status_request;
        }
    }

    /// <summary>RFC 8422, section 5.4: ECDHE is the only key exchange offered that sends this message.</summary>
    private void ReadServerKeyExchange(ref MessageReader reader)
    {
        if (reader.TryByte(out var curveType) && curveType == ECCurveType.named_curve && reader.TryUInt16(out var group))
        {
            NamedGroup = group;
            if (Protocol == TlsProtocol.Tls12 && reader.TryOpaque(1, out _) && reader.TryUInt16(out var scheme))
            {
                SignatureScheme = scheme;
            }
        }
    }
}
