using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using OriginWatch.Audit;
using OriginWatch.Inventory;
using OriginWatch.Rules;
using OriginWatch.Targets;
using OriginWatch.Text;

namespace OriginWatch.Reporting;

/// <summary>One finding in the AWS Security Finding Format (https://docs.aws.amazon.com/securityhub/latest/userguide/securityhub-findings-format-syntax.html).</summary>
internal sealed class AsffFinding(AuditReport report, string account, ReportOptions options)
{
    /// <summary>Lengths that the API takes.</summary>
    private const int MaxId = 512;
    private const int MaxTitle = 256;
    private const int MaxDescription = 1024;
    private const int MaxRemediation = 512;
    private const int MaxProductField = 2048;

    private readonly Dictionary<string, Distribution> _distributions = report.Origins.Select(origin => origin.Planned.Distribution)
        .DistinctBy(distribution => distribution.Id, StringComparer.Ordinal).ToDictionary(distribution => distribution.Id, StringComparer.Ordinal);

    public byte[] Write(Finding finding)
    {
        var distribution = _distributions[finding.DistributionId];
        var failed = finding.Status == FindingStatus.Fail;
        return Write(new AsffFacts(finding.Key, finding.Rule, distribution, finding.OriginId)
        {
            Status = failed ? "FAILED" : "NOT_AVAILABLE",
            Severity = failed ? finding.Severity : Severity.Informational,
            Description = $"{finding.Target ?? finding.OriginId}: {finding.Detail}",
            Remediation = finding.Remediation.Split('\n')[0],
            Rejects = finding.Rejects,
            SuppressedBecause = options.SuppressedBecause(finding),
        });
    }

    /// <summary>A finding that is resolved.</summary>
    public byte[] WriteArchived(PlannedOrigin origin, RuleMetadata rule, string key) => Write(new AsffFacts(key, rule, origin.Distribution, origin.Origin.Id)
    {
        Status = "PASSED",
        Severity = Severity.Informational,
        Description = $"{origin.Origin.Id}: resolved",
        Remediation = rule.Remediation.Split('\n')[0],
        IsResolved = true,
    });

    private byte[] Write(AsffFacts facts)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteString("SchemaVersion", "2018-10-08");
            json.WriteString("Id", IdOf(facts.Key));
            json.WriteString("ProductArn", $"arn:{Partition(facts.Distribution)}:securityhub:{options.Region}:{account}:product/{account}/default");
            json.WriteString("CompanyName", "OriginWatch");
            json.WriteString("ProductName", "OriginWatch");
            json.WriteString("GeneratorId", facts.Rule.Id);
            json.WriteString("AwsAccountId", account);
            json.WriteString("CreatedAt", WireNames.Of(report.Run.StartedAt));
            json.WriteString("UpdatedAt", WireNames.Of(report.Run.FinishedAt));
            json.WriteString("Title", Escape.Text(facts.Rule.Title, MaxTitle - 20));
            json.WriteString("Description", Escape.Text(facts.Description, MaxDescription - 20));
            WriteJudgement(json, facts);
            WriteResource(json, facts);
            json.WriteEndObject();
        }

        return buffer.ToArray();
    }

    private static void WriteJudgement(Utf8JsonWriter json, AsffFacts facts)
    {
        json.WriteStartObject("FindingProviderFields");
        json.WriteStartObject("Severity");
        json.WriteString("Label", facts.Severity.ToString().ToUpperInvariant());
        json.WriteEndObject();
        json.WriteStartArray("Types");
        json.WriteStringValue(facts.Rejects ? "Effects/Denial of Service" : "Software and Configuration Checks/AWS Security Best Practices");
        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteStartObject("Remediation");
        json.WriteStartObject("Recommendation");
        json.WriteString("Text", Escape.Text(facts.Remediation, MaxRemediation - 20));
        json.WriteString("Url", facts.Rule.Reference.AbsoluteUri);
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteStartObject("Compliance");
        json.WriteString("Status", facts.Status);
        json.WriteEndObject();
        json.WriteString("RecordState", facts.IsResolved ? "ARCHIVED" : "ACTIVE");
        json.WriteStartObject("ProductFields");
        json.WriteString("originwatch/OriginId", Escape.Text(facts.OriginId, MaxProductField - 20));
        if (facts.SuppressedBecause is { } reason)
        {
            json.WriteString("originwatch/SuppressedBecause", Escape.Text(reason, MaxProductField - 20));
        }

        json.WriteEndObject();
    }

    private void WriteResource(Utf8JsonWriter json, AsffFacts facts)
    {
        json.WriteStartArray("Resources");
        json.WriteStartObject();
        json.WriteString("Type", "AwsCloudFrontDistribution");
        json.WriteString("Id", facts.Distribution.Arn ?? $"arn:aws:cloudfront::{account}:distribution/{facts.Distribution.Id}");
        json.WriteString("Partition", Partition(facts.Distribution));
        json.WriteString("Region", options.Region);
        json.WriteStartObject("Details");
        json.WriteStartObject("AwsCloudFrontDistribution");
        json.WriteString("DomainName", Escape.Text(facts.Distribution.DomainName));
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteEndArray();
    }

    /// <summary>The finding's own key, so that the next run updates it; a key that is too long by its hash.</summary>
    private static string IdOf(string key)
    {
        var id = $"originwatch/{Escape.Text(key, int.MaxValue)}";
        return id.Length <= MaxId ? id : $"originwatch/{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(key)))}";
    }

    private static string Partition(Distribution distribution) => distribution.Arn?.Split(':') is [_, { Length: > 0 } partition, ..] ? partition : "aws";
}

/// <summary>What is said of one finding.</summary>
internal sealed record AsffFacts(string Key, RuleMetadata Rule, Distribution Distribution, string OriginId)
{
    public required string Status { get; init; }
    public required Severity Severity { get; init; }
    public required string Description { get; init; }
    public required string Remediation { get; init; }
    public bool Rejects { get; init; }
    public bool IsResolved { get; init; }
    public string? SuppressedBecause { get; init; }
}
