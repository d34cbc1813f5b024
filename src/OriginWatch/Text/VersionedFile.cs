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

    /// <summary>Why the file cannot be used, as one or two sentences without its name; null where it can.</summary>
    private string? Problem(ReadOnlySpan<byte> content)
    {
        if (content.Length > MaxBytes)
        {
            return $"it is longer than {MaxBytes / (1024 * 1024)} MiB, which no such file is";
        }

        try
        {
            var (name, schema) = Header(content);
            return name != Format ? $"it does not say that it is of the format {Format}"
                : schema is null or < 1 ? "it has no schema number"
                : schema > Newest
                    ? $"it has schema {schema}, and this version of OriginWatch knows schemas up to {Newest}: "
                        + "a newer version wrote it. Deploy the same version to all functions"
                : null;
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            return "it is not JSON, or was cut short";
        }
    }

    private static (string? Format, int? Schema) Header(ReadOnlySpan<byte> content)
    {
        var reader = new Utf8JsonReader(content);
        (string? Format, int? Schema) found = (null, null);
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
        {
            return found;
        }

        for (
            var members = 0;
            members < MostHeaderMembers
                && (found.Format is null || found.Schema is null)
                && reader.Read()
                && reader.TokenType == JsonTokenType.PropertyName;
            members++
        )
        {
            var (isFormat, isSchema) = (reader.ValueTextEquals("format"u8), reader.ValueTextEquals("schema"u8));
            reader.Read();
            if (isFormat && reader.TokenType == JsonTokenType.String)
            {
                found.Format = reader.GetString();
            }
            else if (isSchema && reader.TokenType == JsonTokenType.Number && reader.TryGetInt32(out var number))
            {
                found.Schema = number;
            }
            else
            {
                reader.Skip();
            }
        }

        return found;
    }
}
