using System.Text.Json.Serialization;

namespace OriginWatch.Reporting.Sarif;

/// <summary>The part of SARIF 2.1.0 that is written (https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html), members in its
/// words.</summary>
internal sealed record SarifLog
{
    [JsonPropertyName("$schema")]
    public string Schema { get; init; } = "https://json.schemastore.org/sarif-2.1.0.json";

    public string Version { get; init; } = "2.1.0";
    public required IReadOnlyList<SarifRun> Runs { get; init; }
}

internal sealed record SarifRun(
    SarifTool Tool,
    IReadOnlyList<SarifInvocation> Invocations,
    SarifAutomation AutomationDetails,
    string ColumnKind,
    IEnumerable<SarifResult> Results
);

internal sealed record SarifAutomation(string Id);

internal sealed record SarifMessage(string Text);

internal sealed record SarifTool(SarifDriver Driver);

internal sealed record SarifDriver(string Name, string SemanticVersion, IReadOnlyList<SarifRule> Rules);

internal sealed record SarifRule
{
    public required string Id { get; init; }
    public required SarifMessage ShortDescription { get; init; }
    public required SarifMessage FullDescription { get; init; }
    public required SarifMessage Help { get; init; }
    public required string HelpUri { get; init; }
    public required SarifConfiguration DefaultConfiguration { get; init; }
    public required SarifRuleProperties Properties { get; init; }
}

internal sealed record SarifConfiguration(string Level);

internal sealed record SarifRuleProperties
{
    /// <summary>GitHub's scale.</summary>
    [JsonPropertyName("security-severity")]
    public string? SecuritySeverity { get; init; }

    public required IReadOnlyList<string> Tags { get; init; }
}

internal sealed record SarifInvocation(
    bool ExecutionSuccessful,
    string StartTimeUtc,
    string EndTimeUtc,
    IReadOnlyList<SarifNotification> ToolExecutionNotifications
);

internal sealed record SarifNotification(string Level, SarifMessage Message);

internal sealed record SarifResult
{
    public required string RuleId { get; init; }
    public required int RuleIndex { get; init; }
    public required string Kind { get; init; }
    public required string Level { get; init; }
    public required SarifMessage Message { get; init; }
    public required IReadOnlyList<SarifLocation> Locations { get; init; }
    public required SarifFingerprints PartialFingerprints { get; init; }
    public string? BaselineState { get; init; }
    public IReadOnlyList<SarifSuppression>? Suppressions { get; init; }
    public required SarifResultProperties Properties { get; init; }
}

internal sealed record SarifLocation(SarifPhysicalLocation PhysicalLocation, IReadOnlyList<SarifLogicalLocation> LogicalLocations);

internal sealed record SarifPhysicalLocation(SarifArtifactLocation ArtifactLocation, SarifRegion Region);

internal sealed record SarifArtifactLocation(string Uri);

internal sealed record SarifRegion(int StartLine);

internal sealed record SarifLogicalLocation(string Name, string FullyQualifiedName, string Kind);

internal sealed record SarifFingerprints([property: JsonPropertyName("originWatchKey/v1")] string Key);

internal sealed record SarifSuppression(string Kind, string Justification);

internal sealed record SarifResultProperties(string Severity, string Cause);

/// <summary>Without handlers of its own, so that a long report is written in pieces.</summary>
[JsonSourceGenerationOptions(
    GenerationMode = JsonSourceGenerationMode.Metadata,
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    WriteIndented = true,
    NewLine = "\n"
)]
[JsonSerializable(typeof(SarifLog))]
internal sealed partial class SarifContext : JsonSerializerContext;
