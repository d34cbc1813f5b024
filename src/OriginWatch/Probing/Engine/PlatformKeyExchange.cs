using System.Security.Cryptography;
using Org.BouncyCastle.Tls;
using Org.BouncyCastle.Tls.Crypto;

namespace OriginWatch.Probing.Engine;

/// <summary>
/// A NIST curve of the platform's cryptography: the engine's own arithmetic allocates five times as much. All connections of a
/// prober show the same key: making one costs a tenth of a handshake, no server can tell, and nothing that is ever sent under it is secret.
/// </summary>
internal sealed class PlatformCurve : TlsECDomain
{
    private const byte Uncompressed = 4;
    private readonly TlsCrypto _crypto;
    private readonly ECCurve _curve;
    private readonly int _fieldBytes;
    private readonly Lazy<ECDiffieHellman> _own;
    private readonly Lazy<byte[]> _share;
    private readonly Lock _gate = new(); // the platform does not promise that a key may be used by several threads at once

    public PlatformCurve(TlsCrypto crypto, ECCurve curve, int fieldBytes)
    {
        (_crypto, _curve, _fieldBytes) = (crypto, curve, fieldBytes);
        _own = new(() => ECDiffieHellman.Create(curve));
        _share = new(Share);
    }

    public byte[] OwnShare => [.. _share.Value];

    public TlsAgreement CreateECDH() => new PlatformKeyExchange(this);

    public ECPoint ReadShare(byte[] share) =>
        share.Length == 1 + (2 * _fieldBytes) && share[0] == Uncompressed
            ? new() { X = share[1..(1 + _fieldBytes)], Y = share[(1 + _fieldBytes)..] }
            : throw new TlsFatalAlert(
                AlertDescription.illegal_parameter,
                "the server's key share is not an uncompressed point of the curve"
            );

    public TlsSecret AgreeWith(ECPoint peerPoint)
    {
        try
        {
            using var peer = ECDiffieHellman.Create(new ECParameters { Curve = _curve, Q = peerPoint });
            using var key = peer.PublicKey;
            return _crypto.CreateSecret(Derive(key));
        }
        catch (CryptographicException e)
        {
            throw new TlsFatalAlert(AlertDescription.illegal_parameter, "the server's key share is not a point of the curve", e);
        }
    }

    private byte[] Derive(ECDiffieHellmanPublicKey peer)
    {
        lock (_gate)
        {
            return _own.Value.DeriveRawSecretAgreement(peer);
        }
    }

    private byte[] Share()
    {
        var point = _own.Value.ExportParameters(includePrivateParameters: false).Q;
        return [Uncompressed, .. point.X!, .. point.Y!];
    }
}

/// <summary>One ECDHE exchange.</summary>
internal sealed class PlatformKeyExchange(PlatformCurve curve) : TlsAgreement
{
    private ECPoint _peer;

    public byte[] GenerateEphemeral() => curve.OwnShare;

    public void ReceivePeerValue(byte[] peerValue) => _peer = curve.ReadShare(peerValue);

    public TlsSecret CalculateSecret() => curve.AgreeWith(_peer);
}
