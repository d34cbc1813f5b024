using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Reflection;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Schema;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using OriginWatch.Reporting.Contract;

namespace OriginWatch.Tests.Reporting;

/// <summary>The JSON Schema of the report, exported from the records that are written; each record is a definition of its own.</summary>
internal sealed class ExportedSchema
{
    private const string Instant = @"^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z$";

    private readonly SortedDictionary<string, JsonNode> _definitions = new(StringComparer.Ordinal);

    public static string Text()
    {
        var export = new ExportedSchema();
        var root = ContractContext
            .Default.ReportJson.GetJsonSchemaAsNode(
                new() { TreatNullObliviousAsNonNullable = true, TransformSchemaNode = export.Transform }
            )
            .AsObject();
        root.Insert(0, "$schema", "https://json-schema.org/draft/2020-12/schema");
        root.Insert(1, "title", "OriginWatch report");
        root["$defs"] = new JsonObject([
            .. export._definitions.Select(definition => KeyValuePair.Create(definition.Key, (JsonNode?)definition.Value)),
        ]);
        return root.ToJsonString(
                new()
                {
                    WriteIndented = true,
                    NewLine = "\n",
                    Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
                }
            ) + "\n";
    }

    private JsonNode Transform(JsonSchemaExporterContext context, JsonNode node)
    {
        if (context.TypeInfo is { Kind: JsonTypeInfoKind.Enumerable, ElementType: { } element } && element == typeof(string))
        {
            node = new JsonObject
            {
                ["type"] = "array",
                ["items"] = new JsonObject { ["type"] = "string" },
            };
        }
        else if (context.TypeInfo.Kind == JsonTypeInfoKind.Object && context.TypeInfo.Type != typeof(ReportJson))
        {
            node = Define(context, node.AsObject());
        }

        if (node is JsonObject schema)
        {
            Annotate(schema, context.PropertyInfo?.AttributeProvider ?? (context.Path.IsEmpty ? context.TypeInfo.Type : null));
        }

        return node;
    }

    private JsonObject Define(JsonSchemaExporterContext context, JsonObject schema)
    {
        var name = JsonNamingPolicy.CamelCase.ConvertName(context.TypeInfo.Type.Name[..^"Json".Length]);
        if (!schema.ContainsKey("$ref"))
        {
            schema["type"] = "object";
            _definitions.TryAdd(name, schema.DeepClone());
        }

        var reference = new JsonObject { ["$ref"] = $"#/$defs/{name}" };
        return context.PropertyInfo is { IsGetNullable: true }
            ? new() { ["oneOf"] = new JsonArray(new JsonObject { ["type"] = "null" }, reference) }
            : reference;
    }

    private static void Annotate(JsonObject schema, ICustomAttributeProvider? member)
    {
        foreach (var attribute in member?.GetCustomAttributes(inherit: true) ?? [])
        {
            Annotate(schema, attribute);
        }
    }

    private static void Annotate(JsonObject schema, object attribute)
    {
        switch (attribute)
        {
            case DescriptionAttribute description:
                schema["description"] = description.Description;
                break;
            case RegularExpressionAttribute expression:
                schema["pattern"] = expression.Pattern;
                break;
            case DataTypeAttribute { DataType: DataType.DateTime }:
                (schema["format"], schema["pattern"]) = ("date-time", Instant);
                break;
            case DataTypeAttribute { DataType: DataType.Url }:
                schema["format"] = "uri";
                break;
            case AllowedValuesAttribute { Values: [int only] }:
                schema.Remove("type");
                schema["const"] = only;
                break;
            case RangeAttribute { Minimum: int least, Maximum: int most }:
                schema["minimum"] = least;
                if (most != int.MaxValue)
                {
                    schema["maximum"] = most;
                }

                break;
            case JsonIgnoreAttribute { Condition: JsonIgnoreCondition.WhenWritingNull } when schema["type"] is JsonArray types:
                schema["type"] = types[0]!.GetValue<string>();
                break;
        }
    }
}
