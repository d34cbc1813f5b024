using System.Security.Cryptography;
using System.Text;
using OriginWatch.Audit;
using OriginWatch.Inventory;
using OriginWatch.Rules;
using OriginWatch.Text;

namespace OriginWatch.Reporting.SecurityHub;

/// <summary>Findings, and those that are resolved, as Security Hub takes them.</summary>
internal sealed class AsffBuilder(AuditReport report, string account, ReportOptions options)
{
    /// <summary>Lengths that the API takes.</summary>
    private const int MaxId = 512;
    private const int MaxTitle = 256;
    private const int MaxDescription = 1024;
    private const int MaxRemediation = 512;
    private const int MaxProductField = 2048;

    private readonly Dictionary<string, Distribution> _distributions = report
        .Origins.Select(origin => origin.Planned.Distribution)
        .DistinctBy(distribution => distribution.Id, StringComparer.Ordinal)
        .ToDictionary(distribution => distribution.Id, StringComparer.Ordinal);

    private readonly Dictionary<string, RuleMetadata> _rules = new RuleCatalog(new())
        .Rules.Select(rule => rule.Metadata)
        .Concat(report.Origins.SelectMany(origin => origin.Judgements).Select(judgement => judgement.Rule))
        .DistinctBy(rule => rule.Id, StringComparer.Ordinal)
        .ToDictionary(rule => rule.Id, StringComparer.Ordinal);

    public AsffFinding Of(Finding finding)
    {
        var failed = finding.Status == FindingStatus.Fail;
        return Build(
            new(
                finding.Key,
                finding.Rule.Id,
                finding.Rule,
                finding.OriginId,
                finding.DistributionId,
                finding.Planned.Distribution,
                finding.Remediation
            ),
            failed ? "FAILED" : "NOT_AVAILABLE",
            failed ? finding.Severity : Severity.Informational,
            $"{finding.Target ?? finding.OriginId}: {finding.Detail}"
        ) with
        {
            FindingProviderFields = Fields(failed ? finding.Severity : Severity.Informational, finding.Rejects),
            ProductFields = new(
                OriginIdOf(finding.OriginId),
                options.SuppressedBecause(finding) is { } reason ? Escape.Text(reason, MaxProductField - 20) : null
            ),
        };
    }

    /// <summary>A finding that is over: fixed, or what it was about is gone. An import replaces the whole finding, so the whole is
    /// written.</summary>
    public AsffFinding Of(AsffResolved resolved)
    {
        var rule = _rules.GetValueOrDefault(resolved.RuleId);
        var subject = new Subject(
            resolved.Key,
            resolved.RuleId,
            rule,
            resolved.OriginId,
            resolved.DistributionId,
            _distributions.GetValueOrDefault(resolved.DistributionId),
            rule?.Remediation ?? "Nothing is left to do."
        );
        return Build(
            subject,
            resolved.IsGone ? "NOT_AVAILABLE" : "PASSED",
            Severity.Informational,
            $"{resolved.OriginId}: {resolved.Because}"
        ) with
        {
            RecordState = "ARCHIVED",
        };
    }

    private AsffFinding Build(Subject subject, string status, Severity severity, string description) =>
        new()
        {
            Id = IdOf(subject.Key),
            ProductArn = $"arn:{Partition(subject.Distribution)}:securityhub:{options.Region}:{account}:product/{account}/default",
            GeneratorId = subject.RuleId,
            AwsAccountId = account,
            CreatedAt = WireNames.Of(options.FirstSeen.GetValueOrDefault(subject.Key, report.Run.StartedAt)),
            UpdatedAt = WireNames.Of(report.Run.FinishedAt),
            Title = Escape.Text(subject.Rule?.Title ?? subject.RuleId, MaxTitle - 20),
            Description = Escape.Text(description, MaxDescription - 20),
            FindingProviderFields = Fields(severity, rejects: false),
            Remediation = new(
                new(Escape.Text(subject.Remediation.Split('\n')[0], MaxRemediation - 20), subject.Rule?.Reference.AbsoluteUri)
            ),
            Compliance = new(status),
            RecordState = "ACTIVE",
            ProductFields = new(OriginIdOf(subject.OriginId), null),
            Resources = [ResourceOf(subject)],
        };

    private AsffResource ResourceOf(Subject subject) =>
        new(
            "AwsCloudFrontDistribution",
            subject.Distribution?.Arn
                ?? $"arn:{Partition(subject.Distribution)}:cloudfront::{account}:distribution/{Escape.Text(subject.DistributionId)}",
            Partition(subject.Distribution),
            options.Region,
            subject.Distribution is { } distribution ? new(new(Escape.Text(distribution.DomainName))) : null
        );

    private static AsffProviderFields Fields(Severity severity, bool rejects) =>
        new(
            new(severity.ToString().ToUpperInvariant()),
            [rejects ? "Effects/Denial of Service" : "Software and Configuration Checks/AWS Security Best Practices"]
        );

    private static string OriginIdOf(string originId) => Escape.Text(originId, MaxProductField - 20);

    /// <summary>The finding's own key, so that the next run updates it; a key that is too long by its hash.</summary>
    private static string IdOf(string key)
    {
        var id = $"originwatch/{Escape.Text(key, int.MaxValue)}";
        return id.Length <= MaxId ? id : $"originwatch/{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(key)))}";
    }

    /// <summary>Of the distribution; of one that is gone, that of any other.</summary>
    private string Partition(Distribution? distribution) =>
        (distribution ?? _distributions.Values.FirstOrDefault())?.Arn?.Split(':') is [_, { Length: > 0 } partition, ..] ? partition : "aws";

    /// <summary>What a finding is about; the rule is null where it was retired, the distribution where it is gone.</summary>
    private sealed record Subject(
        string Key,
        string RuleId,
        RuleMetadata? Rule,
        string OriginId,
        string DistributionId,
        Distribution? Distribution,
        string Remediation
    );
}
