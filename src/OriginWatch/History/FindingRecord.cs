using OriginWatch.Audit;
using OriginWatch.Rules;
using OriginWatch.Targets;

namespace OriginWatch.History;

/// <summary>Makes the record of a finding that the next run will read: bounded, and without anything that varies from run to run.</summary>
internal static class FindingRecord
{
    private const int MaxDetailLength = 500;
    private const int HashPrefix = 16;

    public static OpenFinding Of(Finding finding, OriginReport origin, DateTimeOffset now, OpenFinding? before) => new()
    {
        Key = finding.Key,
        RuleId = finding.Rule.Id,
        Title = finding.Rule.Title,
        Severity = finding.Severity,
        DistributionId = finding.DistributionId,
        OriginId = finding.OriginId,
        Target = finding.Target,
        DomainName = origin.Planned.Origin.DomainName,
        Detail = finding.Detail.Length <= MaxDetailLength ? finding.Detail : finding.Detail[..MaxDetailLength],
        Certificates = finding.Rule.IsAboutCertificates ? Leaves(origin, finding.Target) : [],
        Cause = finding.Cause,
        Rejects = finding.Rejects,
        Due = finding.Rule.Topic == RuleTopic.Expiry && !finding.Rejects ? finding.DueAt ?? Due(origin, finding.Target) : null,
        Suppressed = finding.SuppressedBy is not null,
        FirstSeen = before?.FirstSeen ?? now,
        LastJudged = now,
        LastMailed = before?.LastMailed,
    };

    /// <summary>As <see cref="Finding.Target"/> has it.</summary>
    public static string NameOf(ProbeTarget target) => $"{target.ServerName}:{target.Port}";

    public static string? NameOf(Judgement judgement) => judgement.Target is { } target ? NameOf(target.Name.Target) : null;

    private static DateTimeOffset? Due(OriginReport origin, string? target)
        => origin.Observation.Targets.Where(seen => NameOf(seen.Name.Target) == target).Select(OriginStory.Chain).Select(OriginStory.ExpiresAt).Min();

    /// <summary>Of all addresses, sorted, so that their order in the answer of a name server does not matter.</summary>
    private static IReadOnlyList<string> Leaves(OriginReport origin, string? target)
        => [.. origin.Observation.Targets.Where(seen => NameOf(seen.Name.Target) == target)
            .SelectMany(seen => seen.Addresses)
            .Select(address => address.Decisive.Last.Chain?.Served.Leaf?.Sha256)
            .OfType<string>()
            .Select(hash => hash.Length <= HashPrefix ? hash : hash[..HashPrefix])
            .Distinct(StringComparer.Ordinal)
            .Order(StringComparer.Ordinal)];
}
