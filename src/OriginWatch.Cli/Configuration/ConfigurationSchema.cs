using System.CommandLine;
using System.CommandLine.Completions;
using System.Text;
using System.Text.Json;

namespace OriginWatch.Cli.Configuration;

/// <summary>A JSON Schema of the configuration file for editors, made of the command's own options.</summary>
internal static class ConfigurationSchema
{
    public static string Of(Command command)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { Indented = true, NewLine = "\n" }))
        {
            json.WriteStartObject();
            json.WriteString("$schema", "https://json-schema.org/draft/2020-12/schema");
            json.WriteString("title", "originwatch.yaml");
            json.WriteString("type", "object");
            json.WriteBoolean("additionalProperties", false);
            json.WriteStartObject("properties");
            foreach (var option in ConfiguredCommand.Configurable(command).OrderBy(option => option.Name, StringComparer.Ordinal))
            {
                json.WriteStartObject(option.Name[2..]);
                json.WriteString("description", option.Description);
                WriteType(json, option);
                json.WriteEndObject();
            }

            json.WriteEndObject();
            json.WriteEndObject();
        }

        return $"{Encoding.UTF8.GetString(buffer.GetBuffer(), 0, (int)buffer.Length)}\n";
    }

    private static void WriteType(Utf8JsonWriter json, Option option)
    {
        if (option.Name == $"--{ConfigurationFile.Suppressions}")
        {
            WriteSuppressions(json);
        }
        else if (
            Nullable.GetUnderlyingType(option.ValueType) is var inner
            && (inner ?? option.ValueType) is var type
            && (type == typeof(bool) || type == typeof(int))
        )
        {
            json.WriteString("type", type == typeof(bool) ? "boolean" : "integer");
        }
        else if (!option.ValueType.IsArray)
        {
            WriteScalar(json, option);
        }
        else
        {
            json.WriteStartArray("anyOf");
            json.WriteStartObject();
            WriteScalar(json, option);
            json.WriteEndObject();
            json.WriteStartObject();
            json.WriteString("type", "array");
            json.WriteStartObject("items");
            WriteScalar(json, option);
            json.WriteEndObject();
            json.WriteEndObject();
            if (option.HelpName == "KEY=VALUE")
            {
                json.WriteStartObject();
                json.WriteString("type", "object");
                json.WriteStartObject("additionalProperties");
                WriteScalar(json, option);
                json.WriteEndObject();
                json.WriteEndObject();
            }

            json.WriteEndArray();
        }
    }

    /// <summary>One of the values that the option takes, where it takes no others.</summary>
    private static void WriteScalar(Utf8JsonWriter json, Option option)
    {
        var values = option.GetCompletions(CompletionContext.Empty).Select(completion => completion.Label).ToList();
        if (values.Count > 0)
        {
            json.WriteStartArray("enum");
            values.ForEach(json.WriteStringValue);
            json.WriteEndArray();
            return;
        }

        json.WriteStartArray("type");
        json.WriteStringValue("string");
        json.WriteStringValue("number");
        json.WriteEndArray();
    }

    /// <summary>A file of its own, or the entries themselves.</summary>
    private static void WriteSuppressions(Utf8JsonWriter json)
    {
        json.WriteStartArray("anyOf");
        json.WriteStartObject();
        json.WriteString("type", "string");
        json.WriteEndObject();
        json.WriteStartObject();
        json.WriteString("type", "array");
        json.WriteStartObject("items");
        json.WriteString("type", "object");
        json.WriteBoolean("additionalProperties", false);
        json.WriteStartObject("properties");
        foreach (var key in new[] { "distribution", "origin", "rule", "reason", "owner", "expires" })
        {
            json.WriteStartObject(key);
            json.WriteString("type", "string");
            json.WriteEndObject();
        }

        json.WriteEndObject();
        json.WriteStartArray("required");
        json.WriteStringValue("reason");
        json.WriteStringValue("owner");
        json.WriteStringValue("expires");
        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteEndArray();
    }
}
