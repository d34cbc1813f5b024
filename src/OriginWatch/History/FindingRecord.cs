using OriginWatch.Audit;
using OriginWatch.Rules;

namespace OriginWatch.History;

/// <summary>Makes the record of a finding that the next run will read: bounded, and without anything that varies from run to run.</summary>
internal static class FindingRecord
{
    private const int MaxDetailLength = 500;
    private const int HashPrefix = 16;

    public static OpenFinding Of(Finding finding, DateTimeOffset now, OpenFinding? before) =>
        new()
        {
            Key = finding.Key,
            RuleId = finding.Rule.Id,
            Title = finding.Rule.Title,
            Severity = finding.Severity,
            AccountId = finding.AccountId,
            DistributionId = finding.DistributionId,
            OriginId = finding.OriginId,
            Target = finding.Target,
            DomainName = finding.Planned.Origin.DomainName,
            Detail = finding.Detail.Length <= MaxDetailLength ? finding.Detail : finding.Detail[..MaxDetailLength],
            Certificates = finding.Rule.IsAboutCertificates ? ServerCertificates(finding.Seen) : [],
            Cause = finding.Cause,
            Rejects = finding.Rejects,
            Due = finding.Rule.Topic == RuleTopic.Expiry && !finding.Rejects ? finding.DueAt ?? OriginStory.ExpiresAt(finding.Chain) : null,
            Suppressed = finding.SuppressedBy is not null,
            FirstSeen = before?.FirstSeen ?? now,
            LastJudged = now,
            LastMailed = before?.LastMailed,
            RoutedTo = before?.RoutedTo,
        };

    /// <summary>Of all addresses, sorted, so that their order in the answer of a name server does not matter.</summary>
    private static IReadOnlyList<string> ServerCertificates(TargetObservation? seen) =>
        [
            .. (seen?.Addresses ?? [])
                .Select(address => address.Decisive.Last.Chain?.ServerCertificate?.Sha256)
                .OfType<string>()
                .Select(hash => hash.Length <= HashPrefix ? hash : hash[..HashPrefix])
                .Distinct(StringComparer.Ordinal)
                .Order(StringComparer.Ordinal),
        ];
}
