using OriginWatch.Audit;
using OriginWatch.Trust;

namespace OriginWatch.Reporting.Html;

/// <summary>A certificate with what depends on it.</summary>
internal sealed record ExpiringCertificate(string Name, int MoreNames, ServedCertificate Leaf, DateTimeOffset ExpiresAt, int Origins);

/// <summary>Every distinct certificate that was seen, the first to expire first.</summary>
internal static class ExpiryCalendar
{
    public static IReadOnlyList<ExpiringCertificate> Of(AuditReport report) =>
        [
            .. report
                .Origins.SelectMany(origin =>
                    origin.Observation.Targets.Select(target =>
                        (Origin: origin, target.Name.Target.ServerName, Chain: OriginStory.Chain(target))
                    )
                )
                .Where(seen => seen.Chain?.ServerCertificate is { ParseError: null })
                .GroupBy(seen => seen.Chain!.ServerCertificate!.Sha256, StringComparer.Ordinal)
                .Select(group => new ExpiringCertificate(
                    group.First().ServerName,
                    group.DistinctBy(seen => seen.ServerName, StringComparer.Ordinal).Count() - 1,
                    group.First().Chain!.ServerCertificate!,
                    OriginStory.ExpiresAt(group.First().Chain)!.Value,
                    group.DistinctBy(seen => OriginKey.Of(seen.Origin.Planned), StringComparer.Ordinal).Count()
                ))
                .OrderBy(certificate => certificate.ExpiresAt)
                .ThenBy(certificate => certificate.Name, StringComparer.Ordinal),
        ];
}
