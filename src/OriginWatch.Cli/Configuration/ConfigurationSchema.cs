using System.CommandLine;
using System.CommandLine.Completions;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace OriginWatch.Cli.Configuration;

/// <summary>A JSON Schema of the configuration file for editors, made of the command's own options.</summary>
internal static class ConfigurationSchema
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, NewLine = "\n" };

    public static string Of(Command command)
    {
        var schema = new JsonObject
        {
            ["$schema"] = "https://json-schema.org/draft/2020-12/schema",
            ["title"] = "originwatch.yaml",
            ["type"] = "object",
            ["additionalProperties"] = false,
            ["properties"] = new JsonObject(
                ConfiguredCommand
                    .Configurable(command)
                    .OrderBy(option => option.Name, StringComparer.Ordinal)
                    .Select(option => KeyValuePair.Create(option.Name[2..], (JsonNode?)Property(option)))
            ),
        };
        return $"{schema.ToJsonString(Indented)}\n";
    }

    private static JsonObject Property(Option option)
    {
        var type = Nullable.GetUnderlyingType(option.ValueType) ?? option.ValueType;
        var property =
            option.Name == $"--{ConfigurationFile.Suppressions}" ? Suppressions()
            : type == typeof(bool) ? new() { ["type"] = "boolean" }
            : type == typeof(int) ? new() { ["type"] = "integer" }
            : type.IsArray ? OneOrMany(option)
            : Scalar(option);
        property.Insert(0, "description", option.Description);
        return property;
    }

    private static JsonObject OneOrMany(Option option)
    {
        var shapes = new JsonArray(Scalar(option), new JsonObject { ["type"] = "array", ["items"] = Scalar(option) });
        if (option.HelpName == "KEY=VALUE")
        {
            shapes.Add((JsonNode)new JsonObject { ["type"] = "object", ["additionalProperties"] = Scalar(option) });
        }

        return new() { ["anyOf"] = shapes };
    }

    /// <summary>One of the values that the option takes, where it takes no others.</summary>
    private static JsonObject Scalar(Option option)
    {
        JsonNode?[] values = [.. option.GetCompletions(CompletionContext.Empty).Select(completion => (JsonNode)completion.Label)];
        return values is [] ? new() { ["type"] = new JsonArray("string", "number") } : new() { ["enum"] = new JsonArray(values) };
    }

    /// <summary>A file of its own, or the entries themselves.</summary>
    private static JsonObject Suppressions() =>
        JsonNode
            .Parse(
                """
                {
                  "anyOf": [
                    { "type": "string" },
                    {
                      "type": "array",
                      "items": {
                        "type": "object",
                        "additionalProperties": false,
                        "properties": {
                          "distribution": { "type": "string" },
                          "origin": { "type": "string" },
                          "rule": { "type": "string" },
                          "reason": { "type": "string" },
                          "owner": { "type": "string" },
                          "expires": { "type": "string" }
                        },
                        "required": ["reason", "owner", "expires"]
                      }
                    }
                  ]
                }
                """
            )!
            .AsObject();
}
