using OriginWatch.Trust.Paths;
using OriginWatch.Trust.X509;

namespace OriginWatch.Trust.Lifecycles;

/// <summary>
/// Whether the chain still leads to a root when the one that it is accepted by has left Mozilla's list: the search is made again among the roots that stay longer,
/// until it finds one that is not on its way out, or none.
/// </summary>
internal sealed class RootForecast(TrustStore store, LinkCache links, CrossSigns crossSigns)
{
    public RootRetirement? Of(ParsedCertificate leaf, TrustAnchor anchor, SentList sent, PathValidator judge, DateTimeOffset at)
    {
        var current = anchor;
        while (RootRetirement.IsForecast(current.Removal, at))
        {
            var search = new PathSearch(store.StayingAfter(current.Removal!.Value), links, judge, sent.Certificates, new());
            search.Run(leaf, walked: null);
            if (search.Best is not { Path.Anchor: { } next } best || best.Faults.Any(fault => fault.Kind.IsRejection()))
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
        return crossSigns.Find(root.Subject, keyId, store) is { } found && store.Find(found.IssuerSha256) is { } issuer && IsLater(issuer.Removal, root.Removal) ? found : null;
    }

    private static bool IsLater(DateOnly? one, DateOnly? other) => one is null || (other is { } day && one > day);
}
