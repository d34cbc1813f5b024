using System.Text.Json;
using System.Text.Json.Serialization;
using OriginWatch.Text;

namespace OriginWatch.History;

/// <summary>What a stored object turned out to be.</summary>
public abstract record StateReading
{
    private StateReading() { }

    public sealed record Usable(RunState State) : StateReading;

    /// <summary>Corrupt, or somebody else's.</summary>
    /// <param name="Reason">One clause.</param>
    public sealed record Unusable(string Reason) : StateReading;

    /// <summary>A newer version wrote it: it is refused, not guessed at.</summary>
    /// <param name="Schema">The number it has.</param>
    public sealed record NewerSchema(int Schema) : StateReading;
}

/// <summary>The state as readable JSON, and back with suspicion.</summary>
public static class RunStateJson
{
    /// <summary>Room for 200,000 origins with an open finding each, at 1,280 bytes (240 where nothing is open).</summary>
    public const int MaxBytes = 256 * 1024 * 1024;

    /// <summary>Never throws for what the object holds.</summary>
    public static StateReading Read(ReadOnlyMemory<byte> content) => Read(content, MaxBytes);

    /// <summary>With another bound only in tests.</summary>
    internal static StateReading Read(ReadOnlyMemory<byte> content, int most)
    {
        if (content.Length > most)
        {
            return new StateReading.Unusable($"it is longer than {most} bytes");
        }

        try
        {
            return ReadHeader(content) ?? Parse(content);
        }
        catch (JsonException exception)
        {
            return new StateReading.Unusable(
                $"it is not the JSON of a state (line {exception.LineNumber + 1}, byte {exception.BytePositionInLine})"
            );
        }
    }

    /// <summary>Never more than the next run reads.</summary>
    /// <exception cref="RunStoreException">It would be more.</exception>
    public static ReadOnlyMemory<byte> Write(RunState state) => Write(state, MaxBytes);

    /// <summary>With another bound only in tests.</summary>
    internal static ReadOnlyMemory<byte> Write(RunState state, int most)
    {
        var content = JsonSerializer.SerializeToUtf8Bytes(state, RunStateContext.Default.RunState);
        return content.Length <= most
            ? content
            : throw new RunStoreException(
                $"It takes {content.Length} bytes, and the next run reads at most {most}. "
                    + "Fix the findings that most origins share, or exclude accounts and scan them with a bucket "
                    + "of their own."
            );
    }

    /// <summary>Null where the object says that it is a state that this version can read.</summary>
    private static StateReading? ReadHeader(ReadOnlyMemory<byte> content) =>
        VersionedFile.Header(content.Span, RunState.FormatName) switch
        {
            (false, _) => new StateReading.Unusable("it does not say that it is a state of OriginWatch"),
            (_, null or < 1) => new StateReading.Unusable("it has no schema number"),
            (_, int schema and > RunState.CurrentSchema) => new StateReading.NewerSchema(schema),
            _ => null,
        };

    private static StateReading Parse(ReadOnlyMemory<byte> content) =>
        JsonSerializer.Deserialize(content.Span, RunStateContext.Default.RunState) is { } state && !HasHoles(state)
            ? new StateReading.Usable(state)
            : new StateReading.Unusable("parts of it are null");

    /// <summary>The serializer checks members for null, but not the elements of collections.</summary>
    private static bool HasHoles(RunState state) =>
        state.Findings.Any(finding => finding is null || finding.Certificates.Any(certificate => certificate is null))
        || state.Pending.Any(pending => pending is null)
        || state.Origins.Values.Any(origin => origin is null)
        || state.Answering.Any(target => target is null)
        || state.Undetermined.Any(origin => origin is null)
        || state.AccountsRead.Any(account => account is null);
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UseStringEnumConverter = true,
    RespectNullableAnnotations = true,
    WriteIndented = true,
    IndentSize = 1,
    NewLine = "\n",
    MaxDepth = 16
)]
[JsonSerializable(typeof(RunState))]
internal sealed partial class RunStateContext : JsonSerializerContext;
