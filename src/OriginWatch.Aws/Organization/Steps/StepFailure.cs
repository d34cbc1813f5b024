using System.Text.Json;
using System.Text.Json.Serialization;
using OriginWatch.Text;

namespace OriginWatch.Aws.Organization.Steps;

/// <summary>What a step that failed left, as Step Functions has it.</summary>
internal sealed record StepFailure
{
    private const int LongestReason = 300;
    public const int MaxBytes = 256 * 1024;

    [JsonPropertyName("Error")]
    public string? Error { get; init; }

    [JsonPropertyName("Cause")]
    public string? Cause { get; init; }

    /// <summary>What it was, as one clause.</summary>
    [JsonIgnore]
    public string Reason =>
        Escape
            .Text($"{Error ?? "an unknown error"}{(Message is { Length: > 0 } message ? $": {message}" : "")}", LongestReason)
            .TrimEnd('.');

    /// <summary>A function's cause is its answer, whose message says more than its stack.</summary>
    private string? Message
    {
        get
        {
            try
            {
                using var document = JsonDocument.Parse(Cause ?? "");
                return
                    document.RootElement is { ValueKind: JsonValueKind.Object } root && root.TryGetProperty("errorMessage", out var message)
                    ? message.GetString()
                    : Cause;
            }
            catch (Exception exception) when (exception is JsonException or InvalidOperationException)
            {
                return Cause;
            }
        }
    }

    /// <summary>The state machine writes a text, which becomes JSON once more on its way into the bucket.</summary>
    private static StepFailure? Parse(ReadOnlyMemory<byte> content)
    {
        using var document = JsonDocument.Parse(content);
        return document.RootElement is { ValueKind: JsonValueKind.String } text
            ? JsonSerializer.Deserialize(text.GetString() ?? "", StepJson.Default.StepFailure)
            : document.RootElement.Deserialize(StepJson.Default.StepFailure);
    }

    /// <summary>Never throws for what it holds.</summary>
    public static StepFailure? Read(ReadOnlyMemory<byte>? content)
    {
        try
        {
            return content is { Length: <= MaxBytes } bytes ? Parse(bytes) : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
