using System.Text.Json;
using System.Text.Json.Serialization;

namespace OriginWatch.Aws;

/// <summary>What an invocation answers; the report itself is in the e-mail.</summary>
public sealed record RunSummary
{
    [JsonPropertyName("complete")]
    public required bool Complete { get; init; }

    [JsonPropertyName("incompleteBecause")]
    public string? IncompleteBecause { get; init; }

    [JsonPropertyName("distributions")]
    public required int Distributions { get; init; }

    [JsonPropertyName("origins")]
    public required int Origins { get; init; }

    [JsonPropertyName("rejected")]
    public required int Rejected { get; init; }

    [JsonPropertyName("undetermined")]
    public required int Undetermined { get; init; }

    [JsonPropertyName("critical")]
    public required int Critical { get; init; }

    [JsonPropertyName("high")]
    public required int High { get; init; }

    [JsonPropertyName("seconds")]
    public required double Seconds { get; init; }
}

/// <summary>Everything that crosses the Lambda's boundary as JSON. An event may be anything.</summary>
[JsonSerializable(typeof(JsonElement))]
[JsonSerializable(typeof(RunSummary))]
public sealed partial class LambdaJson : JsonSerializerContext;
