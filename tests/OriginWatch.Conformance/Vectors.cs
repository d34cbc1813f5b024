using System.Text.Json.Serialization;

namespace OriginWatch.Conformance;

/// <summary>A file of C2SP x509-limbo, as far as it is run.</summary>
public sealed record LimboFile
{
    [JsonPropertyName("testcases")]
    public required IReadOnlyList<LimboCase> Cases { get; init; }
}

/// <summary>One case of x509-limbo.</summary>
public sealed record LimboCase
{
    [JsonPropertyName("id")]
    public required string Id { get; init; }

    [JsonPropertyName("validation_kind")]
    public string ValidationKind { get; init; } = "SERVER";

    [JsonPropertyName("features")]
    public IReadOnlyList<string>? Features { get; init; }

    [JsonPropertyName("trusted_certs")]
    public IReadOnlyList<string> TrustedCertificates { get; init; } = [];

    [JsonPropertyName("untrusted_intermediates")]
    public IReadOnlyList<string> Intermediates { get; init; } = [];

    [JsonPropertyName("peer_certificate")]
    public required string PeerCertificate { get; init; }

    [JsonPropertyName("validation_time")]
    public DateTimeOffset? ValidationTime { get; init; }

    [JsonPropertyName("expected_peer_name")]
    public PeerName? ExpectedPeerName { get; init; }

    [JsonPropertyName("max_chain_depth")]
    public int? MaxChainDepth { get; init; }

    [JsonPropertyName("crls")]
    public IReadOnlyList<string>? Crls { get; init; }

    [JsonPropertyName("expected_result")]
    public required string ExpectedResult { get; init; }
}

/// <summary>The name asked for; kind is DNS or IP.</summary>
public sealed record PeerName
{
    [JsonPropertyName("kind")]
    public required string Kind { get; init; }

    [JsonPropertyName("value")]
    public required string Value { get; init; }
}

/// <summary>A host name and what a certificate names.</summary>
public sealed record NameVector
{
    [JsonPropertyName("suite")]
    public string Suite { get; init; } = "names";

    [JsonPropertyName("reference")]
    public required string Reference { get; init; }

    [JsonPropertyName("dns")]
    public IReadOnlyList<string> Dns { get; init; } = [];

    [JsonPropertyName("ips")]
    public IReadOnlyList<string> Ips { get; init; } = [];

    [JsonPropertyName("expected")]
    public bool Expected { get; init; }

    [JsonPropertyName("note")]
    public string Note { get; init; } = "";

    [JsonPropertyName("disputed")]
    public bool Disputed { get; init; }
}

/// <summary>A chain with what s2n-tls and OpenSSL say of it.</summary>
public sealed record S2nCase
{
    [JsonPropertyName("id")]
    public required string Id { get; init; }

    /// <summary>The name that is asked for.</summary>
    [JsonPropertyName("name")]
    public required string Name { get; init; }

    /// <summary>PEM, as sent.</summary>
    [JsonPropertyName("chain")]
    public required IReadOnlyList<string> Chain { get; init; }

    [JsonPropertyName("roots")]
    public required IReadOnlyList<string> Roots { get; init; }

    /// <summary>Null: now.</summary>
    [JsonPropertyName("validation_time")]
    public DateTimeOffset? ValidationTime { get; init; }

    /// <summary>must: both libraries agree; amazon: only s2n says so; documented: AWS's pages decide. Null where the file does not
    /// say.</summary>
    [JsonPropertyName("tier")]
    public string? Tier { get; init; }

    /// <summary>accept or reject; null where the file only asks.</summary>
    [JsonPropertyName("expected")]
    public string? Expected { get; init; }
}

[JsonSerializable(typeof(LimboFile))]
[JsonSerializable(typeof(List<S2nCase>))]
[JsonSerializable(typeof(List<NameVector>))]
[JsonSerializable(typeof(Dictionary<string, string>))]
[JsonSerializable(typeof(List<bool>))]
internal sealed partial class VectorJson : JsonSerializerContext;
