using System.Text.Json;
using OriginWatch.Text;

namespace OriginWatch.Reporting;

/// <summary>Foreign text in JSON: bounded, and null where there is none.</summary>
internal static class JsonWriting
{
    public static void WriteText(this Utf8JsonWriter json, string name, string? value, int maxLength = Escape.MaxLength)
    {
        if (value is null)
        {
            json.WriteNull(name);
        }
        else
        {
            json.WriteString(name, Escape.Json(value, maxLength));
        }
    }

    public static void WriteTexts(this Utf8JsonWriter json, string name, IEnumerable<string> values)
    {
        json.WriteStartArray(name);
        foreach (var value in values)
        {
            json.WriteStringValue(Escape.Json(value));
        }

        json.WriteEndArray();
    }

    public static void WriteCount(this Utf8JsonWriter json, string name, int? value)
    {
        if (value is { } number)
        {
            json.WriteNumber(name, number);
        }
        else
        {
            json.WriteNull(name);
        }
    }
}
