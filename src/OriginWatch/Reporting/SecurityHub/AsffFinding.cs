using System.Text.Json.Serialization;

namespace OriginWatch.Reporting.SecurityHub;

/// <summary>One finding in the AWS Security Finding Format
/// (https://docs.aws.amazon.com/securityhub/latest/userguide/securityhub-findings-format-syntax.html).</summary>
internal sealed record AsffFinding
{
    public string SchemaVersion { get; init; } = "2018-10-08";
    public required string Id { get; init; }
    public required string ProductArn { get; init; }
    public string CompanyName { get; init; } = "OriginWatch";
    public string ProductName { get; init; } = "OriginWatch";
    public required string GeneratorId { get; init; }
    public required string AwsAccountId { get; init; }
    public required string CreatedAt { get; init; }
    public required string UpdatedAt { get; init; }
    public required string Title { get; init; }
    public required string Description { get; init; }
    public required AsffProviderFields FindingProviderFields { get; init; }
    public required AsffRemediation Remediation { get; init; }
    public required AsffCompliance Compliance { get; init; }
    public required string RecordState { get; init; }
    public required AsffProductFields ProductFields { get; init; }
    public required IReadOnlyList<AsffResource> Resources { get; init; }
}

internal sealed record AsffProviderFields(AsffSeverity Severity, IReadOnlyList<string> Types);

internal sealed record AsffSeverity(string Label);

internal sealed record AsffRemediation(AsffRecommendation Recommendation);

internal sealed record AsffRecommendation(string Text, string? Url);

internal sealed record AsffCompliance(string Status);

internal sealed record AsffProductFields(
    [property: JsonPropertyName("originwatch/OriginId")] string OriginId,
    [property: JsonPropertyName("originwatch/SuppressedBecause")] string? SuppressedBecause
);

internal sealed record AsffResource(string Type, string Id, string Partition, string Region, AsffDetails? Details);

internal sealed record AsffDetails(AsffDistribution AwsCloudFrontDistribution);

internal sealed record AsffDistribution(string DomainName);

[JsonSourceGenerationOptions(
    GenerationMode = JsonSourceGenerationMode.Metadata,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    WriteIndented = true,
    NewLine = "\n"
)]
[JsonSerializable(typeof(AsffFinding[]))]
internal sealed partial class AsffContext : JsonSerializerContext;
