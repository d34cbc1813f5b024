using System.Collections.Concurrent;
using OriginWatch.Trust.X509;

namespace OriginWatch.Trust.Paths;

/// <summary>Remembers within a run which certificate was signed by which key. Bounded: when it is full, answers are worked out anew.</summary>
internal sealed class LinkCache
{
    private const int Capacity = 16_384;
    private readonly IssuerKeys _keys = new();
    private readonly ConcurrentDictionary<(string Certificate, string Issuer), bool> _links = new();

    public bool TryGet(ParsedCertificate certificate, ParsedCertificate issuer, out bool isSigned)
        => _links.TryGetValue((certificate.Sha256, issuer.Sha256), out isSigned);

    public bool Verify(ParsedCertificate certificate, ParsedCertificate issuer)
    {
        var isSigned = SignatureVerifier.Verify(certificate, issuer.PublicKey, _keys);
        if (_links.Count < Capacity)
        {
            _links[(certificate.Sha256, issuer.Sha256)] = isSigned;
        }

        return isSigned;
    }
}
