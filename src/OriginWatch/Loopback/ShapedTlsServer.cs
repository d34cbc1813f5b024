using Org.BouncyCastle.Asn1.Ocsp;
using Org.BouncyCastle.Asn1.X509;
using Org.BouncyCastle.Crypto;
using Org.BouncyCastle.Crypto.Parameters;
using Org.BouncyCastle.Security;
using Org.BouncyCastle.Tls;
using Org.BouncyCastle.Tls.Crypto;
using Org.BouncyCastle.Tls.Crypto.Impl.BC;
using OriginWatch.Probing;
using OriginWatch.Probing.Engine;
using OriginWatch.Tls;

namespace OriginWatch.Loopback;

/// <summary>BouncyCastle's TLS server with the versions, suites, groups and schemes of a shape.</summary>
internal sealed class ShapedTlsServer(TlsServerShape shape, ProbeCrypto crypto) : DefaultTlsServer(crypto)
{
    private static readonly int[] AllSuites =
    [
        0x1301,
        0x1302,
        0x1303,
        0xc02b,
        0xc02c,
        0xc02f,
        0xc030,
        0xc023,
        0xc024,
        0xc027,
        0xc028,
        0xc009,
        0xc00a,
        0xc013,
        0xc014,
        0x009c,
        0x009d,
        0x003c,
        0x002f,
        0x0035,
        0x000a,
        0x0004,
    ];

    private readonly AsymmetricKeyParameter _key = PrivateKeyFactory.CreateKey(shape.PrivateKey.ToArray());

    public override int[] GetSupportedGroups() => [.. shape.NamedGroups ?? [NamedGroup.secp256r1, NamedGroup.x25519, NamedGroup.secp384r1]];

    public override TlsCredentials GetCredentials() => TlsUtilities.IsTlsV13(m_context) ? Signer() : base.GetCredentials();

    public override CertificateStatus? GetCertificateStatus() =>
        shape.StaplesOcsp && !TlsUtilities.IsTlsV13(m_context)
            ? new(CertificateStatusType.ocsp, new OcspResponse(new OcspResponseStatus(OcspResponseStatus.TryLater), null))
            : null;

    public override CertificateRequest? GetCertificateRequest()
    {
        if (shape.ClientCertificate == ClientCertificateDemand.NotRequested)
        {
            return null;
        }

        var schemes = TlsUtilities.GetDefaultSupportedSignatureAlgorithms(m_context);
        var authorities = shape.ClientAuthorities.Select(name => new X509Name(name)).ToList();
        return TlsUtilities.IsTlsV13(m_context)
            ? new CertificateRequest([], schemes, null, authorities.Count > 0 ? authorities : null)
            : new CertificateRequest(
                [ClientCertificateType.rsa_sign, ClientCertificateType.ecdsa_sign],
                TlsUtilities.IsTlsV12(m_context) ? schemes : null,
                authorities
            );
    }

    public override void NotifyClientCertificate(Certificate clientCertificate)
    {
        if (shape.ClientCertificate == ClientCertificateDemand.Required && (clientCertificate is null || clientCertificate.IsEmpty))
        {
            throw new TlsFatalAlert(
                TlsUtilities.IsTlsV13(m_context) ? AlertDescription.certificate_required : AlertDescription.handshake_failure
            );
        }
    }

    protected override bool PreferLocalCipherSuites() => true;

    protected override ProtocolVersion[] GetSupportedVersions() =>
        [.. shape.Protocols.Reverse().Select(protocol => ProtocolVersion.Get((int)protocol >> 8, (int)protocol & 0xff))];

    protected override int[] GetSupportedCipherSuites() =>
        [
            .. (shape.CipherSuites ?? AllSuites).Where(suite =>
                suite >> 8 == 0x13 || IsEcdsaSuite(suite) == _key is ECPrivateKeyParameters or Ed25519PrivateKeyParameters
            ),
        ];

    protected override int SelectECDH(int minimumCurveBits)
    {
        var offered = m_context.SecurityParameters.ClientSupportedGroups ?? [NamedGroup.secp256r1];
        return GetSupportedGroups().FirstOrDefault(offered.Contains, -1);
    }

    protected override bool IsSelectableCipherSuite(int cipherSuite, int availCurveBits, int availFiniteFieldBits, IList<short> sigAlgs) =>
        base.IsSelectableCipherSuite(cipherSuite, availCurveBits, availFiniteFieldBits, sigAlgs)
        && (!TlsEccUtilities.IsEccCipherSuite(cipherSuite) || SelectECDH(0) >= 0);

    protected override TlsCredentialedSigner GetECDsaSignerCredentials() => Signer();

    protected override TlsCredentialedSigner GetRsaSignerCredentials() => Signer();

    protected override TlsCredentialedDecryptor GetRsaEncryptionCredentials() =>
        new BcDefaultTlsCredentialedDecryptor(crypto, Chain(), _key);

    private static bool IsEcdsaSuite(int suite) => TlsNames.CipherSuite(suite).Contains("ECDSA", StringComparison.Ordinal);

    private BcDefaultTlsCredentialedSigner Signer() =>
        new(
            new TlsCryptoParameters(m_context),
            crypto,
            _key,
            Chain(),
            TlsUtilities.IsSignatureAlgorithmsExtensionAllowed(m_context.ServerVersion) ? Scheme() : null
        );

    private Certificate Chain()
    {
        var staple =
            shape.StaplesOcsp && TlsUtilities.IsTlsV13(m_context) && m_certificateStatusRequest is not null
                ? new Dictionary<int, byte[]> { [ExtensionType.status_request] = [1, 0, 0, 1, 0] }
                : null;
        var certificates = shape.Chain.Select(raw => (TlsCertificate)new CapturedCertificate(crypto, raw.ToArray()));
        return TlsUtilities.IsTlsV13(m_context)
            ? new([], [.. certificates.Select((certificate, i) => new CertificateEntry(certificate, i == 0 ? staple : null))])
            : new([.. certificates]);
    }

    /// <summary>The first scheme of the client's that the key can sign with, or the shape's only one.</summary>
    private SignatureAndHashAlgorithm Scheme() =>
        m_context.SecurityParameters.ClientSigAlgs.FirstOrDefault(offered => Fits(SignatureScheme.From(offered)))
        ?? throw new TlsFatalAlert(AlertDescription.handshake_failure);

    private bool Fits(int scheme)
    {
        if (shape.SignatureScheme is { } only)
        {
            return scheme == only;
        }

        return _key switch
        {
            RsaKeyParameters => SignatureScheme.IsRsaPss(scheme)
                ? scheme >> 8 == 8 && (scheme & 0xff) is >= 4 and <= 6
                : (scheme & 0xff) == 1 && !TlsUtilities.IsTlsV13(m_context),
            ECPrivateKeyParameters ec => (scheme & 0xff) == 3 && (!TlsUtilities.IsTlsV13(m_context) || HashOfCurve(ec) == scheme >> 8),
            _ => scheme == SignatureScheme.ed25519,
        };
    }

    // RFC 8446, section 4.2.3: TLS 1.3 ties the hash to the curve.
    private static int HashOfCurve(ECPrivateKeyParameters key) =>
        key.Parameters.N.BitLength switch
        {
            256 => 4,
            384 => 5,
            _ => 6,
        };
}
