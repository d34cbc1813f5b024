using System.Collections.Concurrent;
using OriginWatch.Trust.X509;

namespace OriginWatch.Trust.Paths;

/// <summary>Remembers within a run which certificate was signed by which key. Bounded: when it is full, answers are worked out
/// anew.</summary>
internal sealed class LinkCache
{
    private const int Capacity = 16_384;
    private readonly IssuerKeys _keys = new();
    private readonly ConcurrentDictionary<(string Certificate, string Issuer), SignatureCheck> _links = new();

    /// <summary>Cannot tell where the budget does not suffice.</summary>
    public SignatureCheck Check(ParsedCertificate certificate, ParsedCertificate issuer, WorkBudget budget)
    {
        if (_links.TryGetValue((certificate.Sha256, issuer.Sha256), out var known))
        {
            return known;
        }

        if (!budget.TakeSignature(SignatureCost.Of(certificate.SignatureAlgorithm, issuer.PublicKey)))
        {
            return SignatureCheck.CannotCheck;
        }

        var check = SignatureVerifier.Verify(certificate, issuer.PublicKey, _keys);
        if (_links.Count < Capacity)
        {
            _links[(certificate.Sha256, issuer.Sha256)] = check;
        }

        return check;
    }
}
