using System.Text.Json;
using Amazon.Runtime;

namespace AwsStandIns.Runtime;

/// <summary>Members of an awsJson shape. What is absent is null, lists without elements too, as in version 4 of the SDK.</summary>
internal static class JsonShapes
{
    public static string? Text(this JsonElement shape, string name) => shape.Find(name)?.GetString();

    public static bool? Flag(this JsonElement shape, string name) => shape.Find(name)?.GetBoolean();

    public static int? Number(this JsonElement shape, string name) => shape.Find(name)?.GetInt32();

    public static double? Real(this JsonElement shape, string name) => shape.Find(name)?.GetDouble();

    /// <summary>Seconds since 1970, with a fraction.</summary>
    public static DateTime? Time(this JsonElement shape, string name) => shape.Find(name)?.AsTime();

    public static DateTime AsTime(this JsonElement value) => DateTime.UnixEpoch.AddSeconds(value.GetDouble());

    public static T? Shape<T>(this JsonElement shape, string name, Func<JsonElement, T> read)
        where T : class => shape.Find(name) is { } member ? read(member) : null;

    public static List<T>? List<T>(this JsonElement shape, string name, Func<JsonElement, T> read) =>
        shape.Find(name) is { } member && member.GetArrayLength() > 0 ? [.. member.EnumerateArray().Select(read)] : null;

    public static void Member(this Utf8JsonWriter json, string name, string? value)
    {
        if (value is not null)
        {
            json.WriteString(name, value);
        }
    }

    public static void Member(this Utf8JsonWriter json, string name, ConstantClass? value) => json.Member(name, value?.Value);

    public static void Member(this Utf8JsonWriter json, string name, bool? value)
    {
        if (value is { } flag)
        {
            json.WriteBoolean(name, flag);
        }
    }

    public static void Member(this Utf8JsonWriter json, string name, int? value)
    {
        if (value is { } number)
        {
            json.WriteNumber(name, number);
        }
    }

    public static void Member(this Utf8JsonWriter json, string name, DateTime? value)
    {
        if (value is { } time)
        {
            json.WriteNumber(name, (time.ToUniversalTime() - DateTime.UnixEpoch).TotalSeconds);
        }
    }

    public static void Member<T>(this Utf8JsonWriter json, string name, T? value, Action<Utf8JsonWriter, T> write)
        where T : class
    {
        if (value is not null)
        {
            json.WritePropertyName(name);
            write(json, value);
        }
    }

    public static void Member<T>(this Utf8JsonWriter json, string name, List<T>? values, Action<Utf8JsonWriter, T> write)
    {
        if (values is null)
        {
            return;
        }

        json.WriteStartArray(name);
        values.ForEach(value => write(json, value));
        json.WriteEndArray();
    }

    private static JsonElement? Find(this JsonElement shape, string name) =>
        shape.ValueKind == JsonValueKind.Object && shape.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null
            ? value
            : null;
}
