using OriginWatch.Trust.Paths;
using OriginWatch.Trust.X509;

namespace OriginWatch.Trust.Lifecycles;

/// <summary>
/// Whether the chain still leads to a root when the one that it is accepted by has left Mozilla's list: the path that s2n takes is walked
/// again among the roots that stay longer,
/// until it ends at one that is not on its way out, or is refused. A path that only a search would find is none.
/// </summary>
internal sealed class RootForecast(TrustStore store, CrossSigns crossSigns)
{
    public RootRetirement? Of(
        ParsedCertificate leaf,
        TrustAnchor anchor,
        IReadOnlyList<ParsedCertificate> sent,
        PathValidator judge,
        DateTimeOffset at
    )
    {
        var current = anchor;
        while (RootRetirement.IsForecast(current.Removal, at))
        {
            var walked = judge.Judge(new AmazonWalk(store.StayingAfter(current.Removal!.Value), sent, judge.IsInTime).From(leaf));
            if (walked.IsRefused || walked.Path.Anchor is not { } next)
            {
                return new(current.Label, current.Sha256, current.Removal.Value, CrossSignOf(current));
            }

            current = next;
        }

        return null;
    }

    private CrossSign? CrossSignOf(TrustAnchor root)
    {
        var keyId = root.Certificate.Extensions.SubjectKeyId is { } id ? Convert.ToHexStringLower(id.Span) : null;
        return
            crossSigns.Find(root.Subject, keyId, store) is { } found
            && store.Find(found.IssuerSha256) is { } issuer
            && IsLater(issuer.Removal, root.Removal)
            ? found
            : null;
    }

    private static bool IsLater(DateOnly? one, DateOnly? other) => one is null || (other is { } day && one > day);
}
