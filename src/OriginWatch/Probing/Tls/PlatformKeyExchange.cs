using System.Security.Cryptography;
using Org.BouncyCastle.Tls;
using Org.BouncyCastle.Tls.Crypto;

namespace OriginWatch.Probing.Tls;

/// <summary>A NIST curve of the platform's cryptography: the engine's own arithmetic allocates five times as much.</summary>
internal sealed class PlatformCurve(TlsCrypto crypto, ECCurve curve, int fieldBytes) : TlsECDomain
{
    public TlsAgreement CreateECDH() => new PlatformKeyExchange(crypto, curve, fieldBytes);
}

/// <summary>One ECDHE exchange.</summary>
internal sealed class PlatformKeyExchange(TlsCrypto crypto, ECCurve curve, int fieldBytes) : TlsAgreement, IDisposable
{
    private const byte Uncompressed = 4;
    private readonly ECDiffieHellman _own = ECDiffieHellman.Create();
    private ECPoint _peer;

    public byte[] GenerateEphemeral()
    {
        _own.GenerateKey(curve);
        var point = _own.ExportParameters(includePrivateParameters: false).Q;
        return [Uncompressed, .. point.X!, .. point.Y!];
    }

    public void ReceivePeerValue(byte[] peerValue)
    {
        if (peerValue.Length != 1 + (2 * fieldBytes) || peerValue[0] != Uncompressed)
        {
            throw new TlsFatalAlert(AlertDescription.illegal_parameter, "the server's key share is not an uncompressed point of the curve");
        }

        _peer = new() { X = peerValue[1..(1 + fieldBytes)], Y = peerValue[(1 + fieldBytes)..] };
    }

    public TlsSecret CalculateSecret()
    {
        try
        {
            using var peer = ECDiffieHellman.Create(new ECParameters { Curve = curve, Q = _peer });
            using var key = peer.PublicKey;
            return crypto.CreateSecret(_own.DeriveRawSecretAgreement(key));
        }
        catch (CryptographicException e)
        {
            throw new TlsFatalAlert(AlertDescription.illegal_parameter, "the server's key share is not a point of the curve", e);
        }
        finally
        {
            Dispose();
        }
    }

    public void Dispose() => _own.Dispose();
}
