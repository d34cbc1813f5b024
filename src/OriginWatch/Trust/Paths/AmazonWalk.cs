using OriginWatch.Trust.X509;

namespace OriginWatch.Trust.Paths;

/// <summary>
/// The path that s2n-tls takes (X509_verify_cert in AWS-LC, with roots first and partial chains allowed). At each step it takes the first
/// issuer that fits and is in date,
/// of the roots before those sent, and never comes back to try another. Signatures are checked when the path stands.
/// </summary>
/// <param name="store">The roots.</param>
/// <param name="sent">As sent, repetitions included.</param>
/// <param name="isInTime">Whether a certificate is in date.</param>
internal sealed class AmazonWalk(TrustStore store, IReadOnlyList<ParsedCertificate> sent, Func<ParsedCertificate, bool> isInTime)
{
    /// <summary>Seven certificates by default, one more for each end.</summary>
    private const int MostCertificates = 9;
    private readonly List<ParsedCertificate> _path = [];

    /// <summary>The path; without an anchor where it reaches no root.</summary>
    public CandidatePath From(ParsedCertificate leaf)
    {
        _path.Add(leaf);
        ClimbSent();
        var anchor = Close();
        return new([.. _path], anchor);
    }

    private ParsedCertificate Top => _path[^1];

    private bool CanClimb => _path.Count < MostCertificates && !Top.Notes.IsInvalid && !IssuerMatch.IsSelfSigned(Top);

    private void ClimbSent()
    {
        var left = sent.ToList();
        while (CanClimb && Anchor(Top) is null && First(left, Top) is { } issuer)
        {
            left.RemoveAt(left.FindIndex(other => ReferenceEquals(other, issuer)));
            _path.Add(issuer);
        }
    }

    private TrustAnchor? Close()
    {
        if (Top.Notes.IsInvalid)
        {
            return null;
        }

        if (IssuerMatch.IsSelfSigned(Top))
        {
            if (_path.Count == 1)
            {
                return store.Find(Top);
            }

            _path.RemoveAt(_path.Count - 1);
        }

        if (CanClimb && Anchor(Top) is { } anchor)
        {
            _path.Add(anchor.Certificate);
            return anchor;
        }

        return store.Find(_path[0]); // a server's own certificate among the roots is trusted whatever stands over it
    }

    private TrustAnchor? Anchor(ParsedCertificate certificate)
    {
        var fitting = store
            .WithSubject(certificate.Issuer)
            .Where(anchor => IssuerMatch.MayHaveIssued(anchor.Certificate, certificate))
            .ToList();
        return fitting.Find(anchor => isInTime(anchor.Certificate)) ?? fitting.LastOrDefault();
    }

    private ParsedCertificate? First(List<ParsedCertificate> candidates, ParsedCertificate certificate)
    {
        var fitting = candidates.FindAll(candidate => IssuerMatch.MayHaveIssued(candidate, certificate));
        return fitting.Find(candidate => isInTime(candidate)) ?? fitting.LastOrDefault();
    }
}
