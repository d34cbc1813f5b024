using System.Text.Json;

namespace OriginWatch.Inventory.CloudFormation;

/// <summary>The template's <c>Conditions</c>: true, false, or null where that is known only at deployment.</summary>
internal sealed class TemplateConditions(JsonElement conditions, Func<JsonElement, TemplateValue> resolve)
{
    /// <summary>CloudFormation refuses conditions that refer to themselves; deeper than this none was written.</summary>
    private const int MaxDepth = 32;

    public bool? Holds(string name) => Named(name, 0);

    private bool? Named(string name, int depth) =>
        depth < MaxDepth && conditions.ValueKind == JsonValueKind.Object && conditions.TryGetProperty(name, out var condition)
            ? Evaluate(condition, depth + 1)
            : null;

    private bool? Evaluate(JsonElement condition, int depth) =>
        depth >= MaxDepth || condition.ValueKind != JsonValueKind.Object || condition.EnumerateObject().ToList() is not [var function]
            ? null
            : function.Name switch
            {
                "Condition" when function.Value.ValueKind == JsonValueKind.String => Named(function.Value.GetString()!, depth),
                "Fn::Not" => List(function.Value) is [var only] ? !Evaluate(only, depth) : null,
                "Fn::And" => All(List(function.Value), depth, decides: false),
                "Fn::Or" => All(List(function.Value), depth, decides: true),
                "Fn::Equals" => List(function.Value) is [var left, var right]
                && resolve(left) is TemplateValue.Known one
                && resolve(right) is TemplateValue.Known two
                    ? one.Text == two.Text
                    : null,
                _ => null,
            };

    /// <summary>One part that decides settles it; otherwise every part has to be known.</summary>
    private bool? All(IReadOnlyList<JsonElement> parts, int depth, bool decides)
    {
        var values = parts.Select(part => Evaluate(part, depth)).ToList();
        return values.Contains(decides) ? decides
            : values.Contains(null) ? null
            : !decides;
    }

    private static IReadOnlyList<JsonElement> List(JsonElement value) =>
        value.ValueKind == JsonValueKind.Array ? [.. value.EnumerateArray()] : [];
}
