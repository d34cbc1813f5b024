using Org.BouncyCastle.Crypto;
using Org.BouncyCastle.Crypto.Parameters;
using Org.BouncyCastle.Math;
using Org.BouncyCastle.Tls;
using Org.BouncyCastle.Tls.Crypto;
using Org.BouncyCastle.Tls.Crypto.Impl.BC;

namespace OriginWatch.Probing.Engine;

/// <summary>
/// A NIST curve for connections under which nothing secret is ever sent: they end with the handshake, and what the server shows there is
/// public. So the private key is short, which takes a sixth of the time that a long one does, and all connections of a prober show the same
/// share, which to a server is a point like any other. Somebody on the path could work the key out, and then change what TLS 1.2 and
/// older versions do not sign (version and cipher suite), but cannot present a certificate without its private key.
/// </summary>
internal sealed class ProbeCurve : BcTlsECDomain
{
    /// <summary>Time and garbage grow with it: with 64 a handshake allocates 27 KB more.</summary>
    private const int PrivateKeyBits = 32;

    private const byte Uncompressed = 4;
    private readonly int _encodedBytes;
    private readonly Lazy<AsymmetricCipherKeyPair> _own;

    public ProbeCurve(BcTlsCrypto crypto, int namedGroup)
        : base(crypto, new TlsECConfig(namedGroup))
    {
        _encodedBytes = 1 + (2 * m_domainParameters.Curve.FieldElementEncodingLength);
        _own = new(Generate);
    }

    public override AsymmetricCipherKeyPair GenerateKeyPair() => _own.Value;

    /// <summary>Only the uncompressed form is allowed, in TLS 1.2 as in 1.3 (RFC 8422, section 5.4.1; RFC 8446, section 4.2.8.2).</summary>
    /// <exception cref="TlsFatalAlert">It is no point of the curve in this form.</exception>
    public override ECPublicKeyParameters DecodePublicKey(byte[] encoding)
    {
        if (encoding.Length != _encodedBytes || encoding[0] != Uncompressed)
        {
            throw new TlsFatalAlert(AlertDescription.illegal_parameter, "the server's key share is not an uncompressed point of the curve");
        }

        try
        {
            return new ECPublicKeyParameters(DecodePoint(encoding), m_domainParameters);
        }
        catch (Exception exception) when (exception is ArgumentException or IOException)
        {
            throw new TlsFatalAlert(AlertDescription.illegal_parameter, "the server's key share is not a point of the curve", exception);
        }
    }

    private AsymmetricCipherKeyPair Generate()
    {
        var key = new BigInteger(PrivateKeyBits, m_crypto.SecureRandom).SetBit(PrivateKeyBits - 1);
        return new(
            new ECPublicKeyParameters(m_domainParameters.G.Multiply(key).Normalize(), m_domainParameters),
            new ECPrivateKeyParameters(key, m_domainParameters)
        );
    }
}
