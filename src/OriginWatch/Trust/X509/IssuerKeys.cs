using System.Collections.Concurrent;
using System.Security.Cryptography;

namespace OriginWatch.Trust.X509;

/// <summary>
/// Public keys as the runtime's cryptography holds them. Importing one costs more than a verification with it, and most chains of
/// a run share their issuers. Bounded: when it is full, keys are imported anew.
/// </summary>
internal sealed class IssuerKeys
{
    private const int Capacity = 512;
    private readonly ConcurrentDictionary<ReadOnlyMemory<byte>, HeldKey> _keys = new(BytesComparer.Instance);

    public bool VerifyRsa(PublicKeyFacts issuerKey, ParsedCertificate certificate, HashAlgorithmName hash)
    {
        var held = Hold(
            issuerKey,
            static key =>
            {
                var rsa = RSA.Create();
                rsa.ImportRSAPublicKey(key.Key.Span, out _);
                return rsa;
            }
        );
        lock (held.Gate)
        {
            return ((RSA)held.Key).VerifyData(certificate.Tbs.Span, certificate.Signature.Span, hash, RSASignaturePadding.Pkcs1);
        }
    }

    public bool VerifyEcdsa(PublicKeyFacts issuerKey, ParsedCertificate certificate, HashAlgorithmName hash)
    {
        var held = Hold(
            issuerKey,
            static key =>
            {
                var ecdsa = ECDsa.Create();
                ecdsa.ImportSubjectPublicKeyInfo(key.Encoded.Span, out _);
                return ecdsa;
            }
        );
        lock (held.Gate)
        {
            return ((ECDsa)held.Key).VerifyData(
                certificate.Tbs.Span,
                certificate.Signature.Span,
                hash,
                DSASignatureFormat.Rfc3279DerSequence
            );
        }
    }

    private HeldKey Hold(PublicKeyFacts issuerKey, Func<PublicKeyFacts, AsymmetricAlgorithm> import)
    {
        if (_keys.TryGetValue(issuerKey.Encoded, out var known))
        {
            return known;
        }

        var imported = new HeldKey(import(issuerKey));
        return _keys.Count < Capacity ? _keys.GetOrAdd(issuerKey.Encoded, imported) : imported;
    }

    /// <summary>The runtime does not promise that a key may be used by several threads at once.</summary>
    private sealed record HeldKey(AsymmetricAlgorithm Key)
    {
        public Lock Gate { get; } = new();
    }
}
