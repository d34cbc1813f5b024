using System.Text.Json.Serialization;

namespace OriginWatch.Aws.Organization.Steps;

public sealed record ConcludeRequest
{
    [JsonPropertyName("run")]
    public string? Run { get; init; }

    /// <summary>Those that were planned; null where no step planned any.</summary>
    [JsonPropertyName("shards")]
    public IReadOnlyList<int>? Shards { get; init; }

    /// <summary>Of a step before it; null where they all ended.</summary>
    [JsonPropertyName("failure")]
    public ConcludeFailure? Failure { get; init; }
}

/// <summary>As Step Functions hands it to a state that catches it.</summary>
public sealed record ConcludeFailure
{
    [JsonPropertyName("Error")]
    public string? Error { get; init; }

    [JsonPropertyName("Cause")]
    public string? Cause { get; init; }
}

/// <summary>What the execution ends with.</summary>
public sealed record ConcludeAnswer
{
    [JsonPropertyName("complete")]
    public required bool Complete { get; init; }

    /// <summary>Empty for a complete run, so that the state machine can always name it.</summary>
    [JsonPropertyName("incompleteBecause")]
    public required string IncompleteBecause { get; init; }

    [JsonPropertyName("accounts")]
    public required int Accounts { get; init; }

    /// <summary>Accounts that could not be read.</summary>
    [JsonPropertyName("gaps")]
    public required int Gaps { get; init; }

    [JsonPropertyName("shardsLost")]
    public required int ShardsLost { get; init; }

    [JsonPropertyName("summary")]
    public required RunSummary Summary { get; init; }
}
