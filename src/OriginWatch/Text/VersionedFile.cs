using System.Text.Json;

namespace OriginWatch.Text;

/// <summary>
/// The first two members of a file that one step leaves for another: <c>format</c> and <c>schema</c>. What a newer version wrote is
/// refused, not guessed at.
/// </summary>
public static class VersionedFile
{
    private const int MostHeaderMembers = 16;

    /// <summary>Why the file cannot be used, as one or two sentences without its name; null where it can.</summary>
    /// <param name="content">Hostile until shown otherwise.</param>
    /// <param name="format">The name that it must have.</param>
    /// <param name="newest">The newest schema that is known.</param>
    /// <param name="maxBytes">The longest that is read.</param>
    public static string? Problem(ReadOnlySpan<byte> content, string format, int newest, int maxBytes)
    {
        if (content.Length > maxBytes)
        {
            return $"it is longer than {maxBytes / (1024 * 1024)} MiB, which no such file is";
        }

        try
        {
            var (name, schema) = Header(content);
            return name != format ? $"it does not say that it is of the format {format}"
                : schema is null or < 1 ? "it has no schema number"
                : schema > newest
                    ? $"it has schema {schema}, and this version of OriginWatch knows schemas up to {newest}: "
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
