using System.Text.Json.Serialization;

namespace OriginWatch.Aws.Organization.Steps;

/// <summary>An account to read, as the map hands it over.</summary>
internal sealed record AccountItem
{
    [JsonPropertyName("id")]
    public required string Id { get; init; }

    [JsonPropertyName("name")]
    public string? Name { get; init; }

    /// <summary>True where routes may ask for tags of its distributions.</summary>
    [JsonPropertyName("tags")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool Tags { get; init; }
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
