using System.Security.Cryptography;
using System.Text;
using OriginWatch.Audit;
using OriginWatch.Inventory;
using OriginWatch.Rules;
using OriginWatch.Targets;
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

    public AsffFinding Of(Finding finding)
    {
        var failed = finding.Status == FindingStatus.Fail;
        return Build(
            new(finding.Key, finding.Rule, finding.Planned, finding.Remediation),
            failed ? "FAILED" : "NOT_AVAILABLE",
            failed ? finding.Severity : Severity.Informational,
            $"{finding.Target ?? finding.OriginId}: {finding.Detail}") with
        {
            FindingProviderFields = Fields(failed ? finding.Severity : Severity.Informational, finding.Rejects),
            ProductFields = new(OriginIdOf(finding.Planned), options.SuppressedBecause(finding) is { } reason ? Escape.Text(reason, MaxProductField - 20) : null),
        };
    }

    /// <summary>A finding that is resolved.</summary>
    public AsffFinding Archived(PlannedOrigin origin, RuleMetadata rule, string key)
        => Build(new(key, rule, origin, rule.Remediation), "PASSED", Severity.Informational, $"{origin.Origin.Id}: resolved") with { RecordState = "ARCHIVED" };

    private AsffFinding Build(Subject subject, string status, Severity severity, string description) => new()
    {
        Id = IdOf(subject.Key),
        ProductArn = $"arn:{Partition(subject.Origin.Distribution)}:securityhub:{options.Region}:{account}:product/{account}/default",
        GeneratorId = subject.Rule.Id,
        AwsAccountId = account,
        CreatedAt = WireNames.Of(report.Run.StartedAt),
        UpdatedAt = WireNames.Of(report.Run.FinishedAt),
        Title = Escape.Text(subject.Rule.Title, MaxTitle - 20),
        Description = Escape.Text(description, MaxDescription - 20),
        FindingProviderFields = Fields(severity, rejects: false),
        Remediation = new(new(Escape.Text(subject.Remediation.Split('\n')[0], MaxRemediation - 20), subject.Rule.Reference.AbsoluteUri)),
        Compliance = new(status),
        RecordState = "ACTIVE",
        ProductFields = new(OriginIdOf(subject.Origin), null),
        Resources = [ResourceOf(subject.Origin.Distribution)],
    };

    private AsffResource ResourceOf(Distribution distribution) => new(
        "AwsCloudFrontDistribution",
        distribution.Arn ?? $"arn:aws:cloudfront::{account}:distribution/{distribution.Id}",
        Partition(distribution),
        options.Region,
        new(new(Escape.Text(distribution.DomainName))));

    private static AsffProviderFields Fields(Severity severity, bool rejects) => new(
        new(severity.ToString().ToUpperInvariant()),
        [rejects ? "Effects/Denial of Service" : "Software and Configuration Checks/AWS Security Best Practices"]);

    private static string OriginIdOf(PlannedOrigin origin) => Escape.Text(origin.Origin.Id, MaxProductField - 20);

    /// <summary>The finding's own key, so that the next run updates it; a key that is too long by its hash.</summary>
    private static string IdOf(string key)
    {
        var id = $"originwatch/{Escape.Text(key, int.MaxValue)}";
        return id.Length <= MaxId ? id : $"originwatch/{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(key)))}";
    }

    private static string Partition(Distribution distribution) => distribution.Arn?.Split(':') is [_, { Length: > 0 } partition, ..] ? partition : "aws";

    /// <summary>What a finding is about.</summary>
    private sealed record Subject(string Key, RuleMetadata Rule, PlannedOrigin Origin, string Remediation);
}
