using System.Text.Json;

namespace OriginWatch.Text;

/// <summary>
/// A file that one step leaves for another. It opens with <c>format</c> and <c>schema</c>; what a newer version wrote is refused, not
/// guessed at.
/// </summary>
/// <param name="Name">As a sentence begins with it.</param>
/// <param name="Format">What it must say that it is.</param>
/// <param name="Newest">The newest schema that is known.</param>
/// <param name="MaxBytes">The longest that is read.</param>
public sealed record VersionedFile(string Name, string Format, int Newest, int MaxBytes)
{
    private const int MostHeaderMembers = 16;

    /// <param name="content">Hostile until shown otherwise.</param>
    /// <param name="parse">Whatever it throws over what stands in the file means that somebody changed it.</param>
    /// <exception cref="OperatorException">The file cannot be used; the message says what to do.</exception>
    public T Read<T>(ReadOnlyMemory<byte> content, Func<ReadOnlyMemory<byte>, T> parse)
    {
        ArgumentNullException.ThrowIfNull(parse);
        if (Problem(content.Span) is { } problem)
        {
            throw new OperatorException($"{Name} cannot be used: {problem}.");
        }

        try
        {
            return parse(content);
        }
        catch (Exception exception)
            when (exception is JsonException or FormatException or KeyNotFoundException or NullReferenceException or ArgumentNullException)
        {
            throw new OperatorException($"{Name} cannot be used: it was cut short or edited. Start the run again.", exception);
        }
    }

    /// <summary>What opens a file, out of its first members alone: the rest may be of any length.</summary>
    /// <returns>Whether it says that it is of <paramref name="format"/>, and its schema number.</returns>
    /// <exception cref="JsonException">It is not JSON as far as it was read.</exception>
    public static (bool IsFormat, int? Schema) Header(ReadOnlySpan<byte> content, string format)
    {
        var reader = new Utf8JsonReader(content);
        (bool? IsFormat, int? Schema) found = (null, null);
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
        {
            return (false, null);
        }

        for (
            var members = 0;
            members < MostHeaderMembers
                && (found.IsFormat is null || found.Schema is null)
                && reader.Read()
                && reader.TokenType == JsonTokenType.PropertyName;
            members++
        )
        {
            var (isFormat, isSchema) = (reader.ValueTextEquals("format"u8), reader.ValueTextEquals("schema"u8));
            reader.Read();
            if (isFormat)
            {
                found.IsFormat = reader.TokenType == JsonTokenType.String && reader.ValueTextEquals(format);
            }
            else if (isSchema)
            {
                found.Schema = reader.TokenType == JsonTokenType.Number && reader.TryGetInt32(out var number) ? number : null;
            }

            reader.Skip();
        }

        return (found.IsFormat == true, found.Schema);
    }

    /// <summary>Why the file cannot be used, as one or two sentences without its name; null where it can.</summary>
    private string? Problem(ReadOnlySpan<byte> content)
    {
        if (content.Length > MaxBytes)
        {
            return $"it is longer than {MaxBytes / (1024 * 1024)} MiB, which no such file is";
        }

        try
        {
            var (isFormat, schema) = Header(content, Format);
            return !isFormat ? $"it does not say that it is of the format {Format}"
                : schema is null or < 1 ? "it has no schema number"
                : schema > Newest
                    ? $"it has schema {schema}, and this version of OriginWatch knows schemas up to {Newest}: "
                        + "a newer version wrote it. Deploy the same version to all functions"
                : null;
        }
        catch (JsonException)
        {
            return "it is not JSON, or was cut short";
        }
    }
}
