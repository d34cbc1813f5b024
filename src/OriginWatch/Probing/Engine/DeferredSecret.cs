using Org.BouncyCastle.Tls.Crypto;
using Org.BouncyCastle.Tls.Crypto.Impl;
using Org.BouncyCastle.Tls.Crypto.Impl.BC;

namespace OriginWatch.Probing.Engine;

/// <summary>A secret of TLS 1.3 (RFC 8446, section 7.1) that is computed when it is first needed: a probe ends with the handshake, and a
/// third of the key schedule is for what would come after it.</summary>
internal sealed class DeferredSecret : BcTlsSecret
{
    private readonly BcTlsCrypto _crypto;
    private Func<TlsSecret>? _derive;

    /// <param name="crypto">Whose secret it is.</param>
    /// <param name="data">Known already; it is kept, not copied.</param>
    public DeferredSecret(BcTlsCrypto crypto, byte[] data)
        : base(crypto, data) => _crypto = crypto;

    private DeferredSecret(BcTlsCrypto crypto, Func<TlsSecret> derive)
        : base(crypto, null) => (_crypto, _derive) = (crypto, derive);

    public override TlsSecret HkdfExpand(int cryptoHashAlgorithm, byte[] info, int length) =>
        HkdfExpand(cryptoHashAlgorithm, info.AsSpan(), length);

    public override TlsSecret HkdfExpand(int cryptoHashAlgorithm, ReadOnlySpan<byte> info, int length)
    {
        CheckAlive();
        var (parent, label) = (m_data.ToArray(), info.ToArray()); // the engine may destroy this secret before the other is needed
        return new DeferredSecret(_crypto, () => new BcTlsSecret(_crypto, parent).HkdfExpand(cryptoHashAlgorithm, label, length));
    }

    /// <summary>This secret is the salt; it is spent when the other is needed, since the engine does not destroy salts.</summary>
    public override TlsSecret HkdfExtract(int cryptoHashAlgorithm, TlsSecret ikm)
    {
        (ikm as DeferredSecret)?.CheckAlive();
        var input = CopyData((AbstractTlsSecret)ikm);
        return new DeferredSecret(_crypto, () => base.HkdfExtract(cryptoHashAlgorithm, new BcTlsSecret(_crypto, input)));
    }

    public override bool IsAlive() => _derive is not null || base.IsAlive();

    public override void Destroy()
    {
        _derive = null;
        base.Destroy();
    }

    /// <summary>Every use asks this first.</summary>
    protected override void CheckAlive()
    {
        if (_derive is { } derive)
        {
            _derive = null;
            m_data = derive().Extract();
        }

        base.CheckAlive();
    }
}
