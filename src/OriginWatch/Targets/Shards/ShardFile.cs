using System.Text.Json;
using System.Text.Json.Serialization;
using OriginWatch.Text;

namespace OriginWatch.Targets.Shards;

/// <summary>A shard as the probe step gets it: all that this step may read.</summary>
/// <param name="Targets">What to look at.</param>
public sealed record Shard(IReadOnlyList<ShardTarget> Targets)
{
    /// <summary>PEM of roots that the operator trusts in place of the shipped ones; null for the shipped ones.</summary>
    public string? Roots { get; init; }
}

/// <summary>A shard as a file, and back with suspicion.</summary>
public static class ShardFile
{
    public const string FormatName = "originwatch-shard";
    public const int CurrentSchema = 1;

    /// <summary>Four times what <see cref="Sharding.MostTargets"/> targets with the longest names come to.</summary>
    public const int MaxBytes = 64 * 1024 * 1024;

    private static readonly VersionedFile Kind = new("The shard", FormatName, CurrentSchema, MaxBytes);

    public static ReadOnlyMemory<byte> Write(Shard shard)
    {
        ArgumentNullException.ThrowIfNull(shard);
        var document = new ShardDocument
        {
            Format = FormatName,
            Schema = CurrentSchema,
            Roots = shard.Roots,
            Targets = [.. shard.Targets.Select(target => TargetDocument.Of(target.Target) with { AnsweredBefore = target.AnsweredBefore })],
        };
        return JsonSerializer.SerializeToUtf8Bytes(document, ShardContext.Default.ShardDocument);
    }

    /// <exception cref="OperatorException">It is none, of a newer version, or not understood; the message says what to do.</exception>
    public static Shard Read(ReadOnlyMemory<byte> content) => Kind.Read(content, Parse);

    private static Shard Parse(ReadOnlyMemory<byte> content)
    {
        var document = JsonSerializer.Deserialize(content.Span, ShardContext.Default.ShardDocument) ?? throw new JsonException();
        return new([.. document.Targets.Select(target => new ShardTarget(target.Read(), target.AnsweredBefore))])
        {
            Roots = document.Roots,
        };
    }
}

internal sealed record ShardDocument
{
    public required string Format { get; init; }
    public required int Schema { get; init; }
    public string? Roots { get; init; }
    public required IReadOnlyList<TargetDocument> Targets { get; init; }
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault,
    RespectNullableAnnotations = true,
    MaxDepth = 8
)]
[JsonSerializable(typeof(ShardDocument))]
internal sealed partial class ShardContext : JsonSerializerContext;
