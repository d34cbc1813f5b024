using Org.BouncyCastle.Asn1;
using Org.BouncyCastle.Math;
using Org.BouncyCastle.Tls.Crypto;
using Org.BouncyCastle.Tls.Crypto.Impl.BC;

namespace OriginWatch.Probing.Engine;

/// <summary>
/// A certificate as the bytes that were sent. Nothing of it is read but the public key, and that only when a signature has to be
/// checked or a secret encrypted: what else is wrong with it is for the trust rules to say.
/// </summary>
internal sealed class CapturedCertificate(BcTlsCrypto crypto, byte[] raw) : TlsCertificate
{
    private BcTlsRawKeyCertificate? _key;

    public BigInteger SerialNumber => BigInteger.Zero;

    public string? SigAlgOid => null;

    private BcTlsRawKeyCertificate Key => _key ??= new(crypto, SubjectPublicKey.Read(raw));

    public byte[] GetEncoded() => raw;

    /// <summary>None: BouncyCastle would act on "must staple".</summary>
    public byte[]? GetExtension(DerObjectIdentifier extensionOid) => null;

    public Asn1Encodable? GetSigAlgParams() => null;

    public TlsEncryptor CreateEncryptor(int tlsCertificateRole) => Key.CreateEncryptor(tlsCertificateRole);

    public TlsVerifier CreateVerifier(short signatureAlgorithm) =>
        new PlatformVerifier(Key.SubjectPublicKeyInfo, () => Key.CreateVerifier(signatureAlgorithm));

    public Tls13Verifier CreateVerifier(int signatureScheme) =>
        new Platform13Verifier(Key.SubjectPublicKeyInfo, signatureScheme, () => Key.CreateVerifier(signatureScheme));

    public short GetLegacySignatureAlgorithm() => Key.GetLegacySignatureAlgorithm();

    public bool SupportsSignatureAlgorithm(short signatureAlgorithm) => Key.SupportsSignatureAlgorithm(signatureAlgorithm);

    public bool SupportsSignatureAlgorithmCA(short signatureAlgorithm) => Key.SupportsSignatureAlgorithmCA(signatureAlgorithm);

    public TlsCertificate CheckUsageInRole(int tlsCertificateRole)
    {
        Key.CheckUsageInRole(tlsCertificateRole);
        return this;
    }
}
