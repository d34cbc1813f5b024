using Org.BouncyCastle.Crypto.Prng;
using Org.BouncyCastle.Security;
using Org.BouncyCastle.Tls;
using Org.BouncyCastle.Tls.Crypto;
using Org.BouncyCastle.Tls.Crypto.Impl;
using Org.BouncyCastle.Tls.Crypto.Impl.BC;
using OriginWatch.Tls;

namespace OriginWatch.Probing.Engine;

/// <summary>
/// BouncyCastle's cryptography with what CloudFront still offers and it no longer has: RC4, and SSLv3's padding. The platform checks
/// signatures where it can. Shared by all connections.
/// </summary>
internal sealed class ProbeCrypto : BcTlsCrypto
{
    // The operating system's generator: safe for several threads.
    private static readonly SecureRandom Random = new(new CryptoApiRandomGenerator());

    private readonly ProbeCurve _p256;
    private readonly ProbeCurve _p384;

    public ProbeCrypto()
        : base(Random)
    {
        BouncyCastleSettings.Apply();
        _p256 = new(this, NamedGroup.secp256r1);
        _p384 = new(this, NamedGroup.secp384r1);
    }

    public override TlsCertificate CreateCertificate(short type, byte[] encoding) => new CapturedCertificate(this, encoding);

    public override TlsECDomain CreateECDomain(TlsECConfig ecConfig) =>
        ecConfig.NamedGroup switch
        {
            NamedGroup.secp256r1 => _p256,
            NamedGroup.secp384r1 => _p384,
            _ => base.CreateECDomain(ecConfig),
        };

    public override bool HasEncryptionAlgorithm(int encryptionAlgorithm) =>
        encryptionAlgorithm == EncryptionAlgorithm.RC4_128 || base.HasEncryptionAlgorithm(encryptionAlgorithm);

    public override TlsCipher CreateCipher(TlsCryptoParameters cryptoParams, int encryptionAlgorithm, int macAlgorithm) =>
        encryptionAlgorithm == EncryptionAlgorithm.RC4_128
            ? new Rc4Cipher(cryptoParams, CreateMac(cryptoParams, macAlgorithm), CreateMac(cryptoParams, macAlgorithm))
        : TlsImplUtilities.IsTlsV13(cryptoParams)
            ? new DeferredCipher(() => base.CreateCipher(cryptoParams, encryptionAlgorithm, macAlgorithm))
        : base.CreateCipher(cryptoParams, encryptionAlgorithm, macAlgorithm);

    public override TlsSecret HkdfInit(int cryptoHashAlgorithm) =>
        new DeferredSecret(this, new byte[TlsCryptoUtilities.GetHashOutputSize(cryptoHashAlgorithm)]);

    protected override TlsCipher CreateCipher_Cbc(
        TlsCryptoParameters cryptoParams,
        int encryptionAlgorithm,
        int cipherKeySize,
        int macAlgorithm
    ) =>
        TlsImplUtilities.IsSsl(cryptoParams)
            ? new Ssl3BlockCipher(
                cryptoParams,
                new CbcEngine(CreateCbcBlockCipher(encryptionAlgorithm), encrypts: true),
                new CbcEngine(CreateCbcBlockCipher(encryptionAlgorithm), encrypts: false),
                CreateMac(cryptoParams, macAlgorithm),
                CreateMac(cryptoParams, macAlgorithm),
                cipherKeySize
            )
            : base.CreateCipher_Cbc(cryptoParams, encryptionAlgorithm, cipherKeySize, macAlgorithm);
}
