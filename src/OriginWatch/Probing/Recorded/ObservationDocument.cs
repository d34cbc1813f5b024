using System.Text.Json.Serialization;
using OriginWatch.Targets.Shards;

namespace OriginWatch.Probing.Recorded;

/// <summary>The file of a shard's observations.</summary>
internal sealed record ObservationDocument
{
    public required string Format { get; init; }
    public required int Schema { get; init; }
    public required IReadOnlyList<RecordDocument> Targets { get; init; }

    /// <summary>DER or not, exactly as sent, by SHA-256 in hexadecimal digits: what many servers send is here once.</summary>
    public required IReadOnlyDictionary<string, byte[]> Certificates { get; init; }
}

internal sealed record RecordDocument
{
    public required TargetDocument Target { get; init; }
    public required IReadOnlyList<LookDocument> Looks { get; init; }
    public IReadOnlyList<string>? VersionsAccepted { get; init; }
    public IReadOnlyList<string>? VersionsRefused { get; init; }
}

internal sealed record LookDocument
{
    public int AddressesFound { get; init; }
    public required IReadOnlyList<AttemptDocument> Attempts { get; init; }
}

/// <summary>One connection. Without a reason it was a handshake, or over HTTP a connection.</summary>
internal sealed record AttemptDocument
{
    public string? Address { get; init; }
    public required IReadOnlyList<string> Offered { get; init; }
    public TimeSpan? ConnectTime { get; init; }
    public TimeSpan? HandshakeTime { get; init; }
    public ProbeStage? Stage { get; init; }
    public FailureReason? Reason { get; init; }
    public string? Detail { get; init; }

    /// <summary>True for a connection that was opened and closed.</summary>
    public bool Connected { get; init; }

    public string? Protocol { get; init; }
    public int? CipherSuite { get; init; }
    public int? NamedGroup { get; init; }
    public int? SignatureScheme { get; init; }

    /// <summary>Keys of <see cref="ObservationDocument.Certificates"/>, in the order sent.</summary>
    public IReadOnlyList<string>? Chain { get; init; }

    public bool OcspStapled { get; init; }
    public bool? SecureRenegotiation { get; init; }
    public bool ClientCertificateRequested { get; init; }
    public IReadOnlyList<string>? AcceptableClientAuthorities { get; init; }
    public IReadOnlyList<TlsAlert>? Alerts { get; init; }
    public int LongestHandshakeMessage { get; init; }
    public string? SpokeInstead { get; init; }
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault,
    UseStringEnumConverter = true,
    RespectNullableAnnotations = true,
    MaxDepth = 12
)]
[JsonSerializable(typeof(ObservationDocument))]
internal sealed partial class ObservationContext : JsonSerializerContext;
