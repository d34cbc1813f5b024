using System.Text;
using Org.BouncyCastle.Tls;
using Org.BouncyCastle.Tls.Crypto;
using OriginWatch.Tls;
using TlsProtocol = OriginWatch.Tls.TlsProtocol;

namespace OriginWatch.Probing.Engine;

/// <summary>What one hello offers.</summary>
/// <param name="ServerName">In A-labels; null where none is sent (address literals).</param>
internal sealed record ClientOffer(ProtocolSet Protocols, ClientProfile Profile, string? ServerName)
{
    public bool IsSsl3 => Protocols is [TlsProtocol.Ssl3];
}

/// <summary>
/// Offers exactly what CloudFront offers and reports instead of judging: each override undoes a check of the base class that would
/// end the handshake before all was seen.
/// </summary>
internal sealed class ProbeClient(ClientOffer offer, TlsCrypto crypto, FlightRecorder recorder)
    : AbstractTlsClient(crypto),
        TlsAuthentication
{
    public bool IsComplete { get; private set; }

    public override int GetMaxCertificateChainLength() => ProbeLimits.CertificatesPerChain;

    public override int GetMaxHandshakeMessageSize() => ProbeLimits.HandshakeMessageBytes;

    public override bool ShouldCheckSigAlgOfPeerCerts() => false;

    public override bool ShouldUseExtendedMasterSecret() => !offer.IsSsl3;

    public override bool RequiresCloseNotify() => false;

    /// <summary>A server without RFC 5746 is only noted.</summary>
    public override void NotifySecureRenegotiation(bool secureRenegotiation) => recorder.NoteSecureRenegotiation(secureRenegotiation);

    public override void NotifyAlertReceived(short alertLevel, short alertDescription) =>
        recorder.NoteAlert(received: true, alertLevel, alertDescription);

    public override void NotifyAlertRaised(short alertLevel, short alertDescription, string message, Exception cause) =>
        recorder.NoteAlert(received: false, alertLevel, alertDescription);

    public override void NotifyHandshakeComplete() => IsComplete = true;

    public override TlsAuthentication GetAuthentication() => this;

    public void NotifyServerCertificate(TlsServerCertificate serverCertificate)
    {
        // Any certificate will do: the chain was recorded, and the trust rules judge it.
    }

    public TlsCredentials? GetClientCredentials(CertificateRequest certificateRequest)
    {
        recorder.NoteAuthorities(certificateRequest.CertificateAuthorities?.Select(name => name.ToString()) ?? []);
        return null;
    }

    /// <summary>One key share, for the first group: s2n-tls sends no more before it is asked.</summary>
    public override IList<int> GetEarlyKeyShareGroups() => [offer.Profile.NamedGroups[0]];

    public override IDictionary<int, byte[]> GetClientExtensions()
    {
        if (offer.IsSsl3)
        {
            return new Dictionary<int, byte[]>(); // RFC 6101 knows none
        }

        var extensions = base.GetClientExtensions();
        extensions.Remove(ExtensionType.encrypt_then_mac); // s2n-tls does not offer it
        return extensions;
    }

    protected override ProtocolVersion[] GetSupportedVersions() =>
        [.. offer.Protocols.Reverse().Select(protocol => ProtocolVersion.Get((int)protocol >> 8, (int)protocol & 0xff))];

    protected override int[] GetSupportedCipherSuites()
    {
        var versions = GetSupportedVersions();
        return
        [
            .. offer.Profile.CipherSuites.Where(suite =>
                !(offer.IsSsl3 && TlsEccUtilities.IsEccCipherSuite(suite)) // RFC 8422 begins with TLS 1.0
                && versions.Any(version => TlsUtilities.IsValidVersionForCipherSuite(suite, version))
            ),
        ];
    }

    protected override IList<ServerName>? GetSniServerNames() =>
        offer.ServerName is { } name ? [new ServerName(NameType.host_name, Encoding.ASCII.GetBytes(name))] : null;

    protected override IList<int> GetSupportedGroups(IList<int> namedGroupRoles) => [.. offer.Profile.NamedGroups];

    protected override IList<SignatureAndHashAlgorithm> GetSupportedSignatureAlgorithms() =>
        [.. offer.Profile.SignatureSchemes.Select(SignatureSchemeOf)];

    private static SignatureAndHashAlgorithm SignatureSchemeOf(int scheme) =>
        SignatureAndHashAlgorithm.GetInstance((short)(scheme >> 8), (short)(scheme & 0xff));
}
