using System.Text.Json.Serialization;

namespace OriginWatch.Aws.Organization.Steps;

/// <summary>What the state machine tells every step.</summary>
public sealed record ListRequest
{
    /// <summary>The execution's name: everything that the run leaves is under it.</summary>
    [JsonPropertyName("run")]
    public string? Run { get; init; }

    /// <summary>When the execution started: everything is judged as of then.</summary>
    [JsonPropertyName("startedAt")]
    public DateTimeOffset? StartedAt { get; init; }
}

public sealed record ListAnswer
{
    [JsonPropertyName("run")]
    public required string Run { get; init; }

    /// <summary>Of the file with one item an account to be read.</summary>
    [JsonPropertyName("accountsKey")]
    public required string AccountsKey { get; init; }

    [JsonPropertyName("accounts")]
    public required int Accounts { get; init; }
}

public sealed record GatherRequest
{
    [JsonPropertyName("run")]
    public string? Run { get; init; }

    [JsonPropertyName("account")]
    public GatherAccount? Account { get; init; }
}

public sealed record GatherAccount
{
    [JsonPropertyName("id")]
    public string? Id { get; init; }

    [JsonPropertyName("name")]
    public string? Name { get; init; }

    /// <summary>True where routes may ask for tags of its distributions.</summary>
    [JsonPropertyName("tags")]
    public bool Tags { get; init; }
}

public sealed record GatherAnswer
{
    /// <summary>read, denied or failed.</summary>
    [JsonPropertyName("outcome")]
    public required string Outcome { get; init; }
}

public sealed record PlanRequest
{
    [JsonPropertyName("run")]
    public string? Run { get; init; }
}

public sealed record PlanAnswer
{
    [JsonPropertyName("run")]
    public required string Run { get; init; }

    [JsonPropertyName("shards")]
    public required IReadOnlyList<int> Shards { get; init; }

    [JsonPropertyName("targets")]
    public required int Targets { get; init; }
}

public sealed record ProbeRequest
{
    [JsonPropertyName("run")]
    public string? Run { get; init; }

    [JsonPropertyName("shard")]
    public int? Shard { get; init; }
}

public sealed record ProbeAnswer
{
    /// <summary>Looked at.</summary>
    [JsonPropertyName("targets")]
    public required int Targets { get; init; }
}
