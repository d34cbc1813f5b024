using System.Text.Json.Serialization;

namespace OriginWatch.Aws.Organization.Steps;

/// <summary>An account to read, as the map hands it over.</summary>
internal sealed record AccountItem
{
    [JsonPropertyName("id")]
    public required string Id { get; init; }

    [JsonPropertyName("name")]
    public string? Name { get; init; }
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    RespectNullableAnnotations = true,
    MaxDepth = 8
)]
[JsonSerializable(typeof(OrganizationDocument))]
[JsonSerializable(typeof(StepFailure))]
[JsonSerializable(typeof(IReadOnlyList<AccountItem>))]
internal sealed partial class StepJson : JsonSerializerContext;
