using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using static OriginWatch.Inventory.CloudFormation.TemplateValue;

namespace OriginWatch.Inventory.CloudFormation;

/// <summary>
/// Resolves CloudFormation's functions where every part is known before deployment
/// (https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference.html). Macros are never run.
/// </summary>
internal sealed partial class TemplateFunctions
{
    /// <summary>The text of one value; nested joins could double it at each level.</summary>
    private const int MaxLength = 100_000;

    private readonly TemplateParameters _parameters;
    private readonly JsonElement _mappings;

    public TemplateFunctions(TemplateParameters parameters, JsonElement mappings, JsonElement conditions)
    {
        (_parameters, _mappings) = (parameters, mappings);
        Conditions = new(conditions, Resolve);
    }

    public TemplateConditions Conditions { get; }

    public TemplateValue Resolve(JsonElement element) =>
        element.ValueKind switch
        {
            JsonValueKind.String => OfText(element.GetString()!),
            JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False => new Known(element.GetRawText()),
            JsonValueKind.Array => new Items([.. element.EnumerateArray().Select(Resolve).Where(item => item is not Absent)]),
            JsonValueKind.Object => Function(element) is { } function
                ? Call(function.Name, function.Value)
                : new TemplateValue.Object(element),
            _ => Absent.Value,
        };

    /// <summary>Dynamic references are resolved while deploying.</summary>
    private static TemplateValue OfText(string text) =>
        text.Contains("{{resolve:", StringComparison.Ordinal) ? new Pending(PendingText.Of(text)) : new Known(text);

    private static JsonProperty? Function(JsonElement element)
    {
        JsonProperty? only = null;
        foreach (var member in element.EnumerateObject())
        {
            if (only is not null || !(member.Name == "Ref" || member.Name.StartsWith("Fn::", StringComparison.Ordinal)))
            {
                return null;
            }

            only = member;
        }

        return only;
    }

    private TemplateValue Call(string name, JsonElement argument) =>
        name switch
        {
            "Ref" => argument.ValueKind == JsonValueKind.String ? Ref(argument.GetString()!) : Later(name),
            "Fn::GetAtt" => GetAtt(argument),
            "Fn::Sub" => Sub(argument),
            "Fn::Join" => Join(Arguments(argument)),
            "Fn::Split" => Split(Arguments(argument)),
            "Fn::Select" => Select(Arguments(argument)),
            "Fn::If" => If(argument),
            "Fn::FindInMap" => FindInMap(Arguments(argument)),
            _ => Later(name),
        };

    private TemplateValue Ref(string name) =>
        name == "AWS::NoValue" ? Absent.Value
        : _parameters.IsDeclared(name) || name.StartsWith("AWS::", StringComparison.Ordinal) ? _parameters.Resolve(name)
        : new Pending(PendingText.Of(name));

    private static Pending Later(string function) => new(PendingText.Of(function));

    private static Pending GetAtt(JsonElement argument) =>
        new(
            PendingText.Of(
                argument.ValueKind switch
                {
                    JsonValueKind.String => argument.GetString()!,
                    JsonValueKind.Array => string.Join(
                        '.',
                        argument.EnumerateArray().Select(part => part.ValueKind == JsonValueKind.String ? part.GetString() : "…")
                    ),
                    _ => "Fn::GetAtt",
                }
            )
        );

    private TemplateValue Sub(JsonElement argument)
    {
        var (text, variables) =
            argument.ValueKind == JsonValueKind.Array && argument.GetArrayLength() == 2 ? (argument[0], argument[1]) : (argument, default);
        return text.ValueKind == JsonValueKind.String
            ? Text(Placeholder().Replace(text.GetString()!, match => Substitute(match.Groups["name"].Value.Trim(), variables)))
            : Later("Fn::Sub");
    }

    private string Substitute(string name, JsonElement variables) =>
        name.StartsWith('!') ? PendingText.Of(name[1..])
        : (
            variables.ValueKind == JsonValueKind.Object && variables.TryGetProperty(name, out var own) ? Resolve(own)
            : name.Contains('.', StringComparison.Ordinal) ? new Pending(PendingText.Of(name))
            : Ref(name)
        )
            is var value
        && TextOf(value) is { } text
            ? text
        : PendingText.Of(name);

    private static TemplateValue Join(IReadOnlyList<TemplateValue> arguments) =>
        arguments is [Known delimiter, Items list] && list.Values.Select(TextOf).ToList() is var parts && !parts.Contains(null)
            ? Text(string.Join(delimiter.Text, parts))
            : Later("Fn::Join");

    private static TemplateValue Split(IReadOnlyList<TemplateValue> arguments) =>
        arguments is [Known { Text.Length: > 0 } delimiter, Known text]
            ? new Items([.. text.Text.Split(delimiter.Text).Select(part => new Known(part))])
            : Later("Fn::Split");

    private static TemplateValue Select(IReadOnlyList<TemplateValue> arguments) =>
        arguments is [Known position, Items list]
        && int.TryParse(position.Text, NumberStyles.None, CultureInfo.InvariantCulture, out var index)
        && index < list.Values.Count
            ? list.Values[index]
            : Later("Fn::Select");

    private TemplateValue If(JsonElement argument)
    {
        if (argument.ValueKind != JsonValueKind.Array || argument.GetArrayLength() != 3 || argument[0].ValueKind != JsonValueKind.String)
        {
            return Later("Fn::If");
        }

        return Conditions.Holds(argument[0].GetString()!) switch
        {
            true => Resolve(argument[1]),
            false => Resolve(argument[2]),
            null when Resolve(argument[1]) is Known one && Resolve(argument[2]) is Known two && one == two => one,
            null => Later($"Fn::If {argument[0].GetString()}"),
        };
    }

    private TemplateValue FindInMap(IReadOnlyList<TemplateValue> arguments) =>
        arguments is [Known map, Known first, Known second, ..]
        && _mappings.ValueKind == JsonValueKind.Object
        && _mappings.TryGetProperty(map.Text, out var keys)
        && keys.ValueKind == JsonValueKind.Object
        && keys.TryGetProperty(first.Text, out var values)
        && values.ValueKind == JsonValueKind.Object
        && values.TryGetProperty(second.Text, out var value)
            ? Resolve(value)
            : Later("Fn::FindInMap");

    private IReadOnlyList<TemplateValue> Arguments(JsonElement argument) =>
        argument.ValueKind == JsonValueKind.Array ? [.. argument.EnumerateArray().Select(Resolve)] : [];

    private static TemplateValue Text(string text) =>
        text.Length > MaxLength
            ? throw new InventoryException($"A function of the template gives a text of more than {MaxLength:N0} characters.")
        : PendingText.Is(text) ? new Pending(text)
        : new Known(text);

    private static string? TextOf(TemplateValue value) =>
        value switch
        {
            Known known => known.Text,
            Pending pending => pending.Text,
            _ => null,
        };

    [GeneratedRegex(@"\$\{(?<name>[^{}]*)\}", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Placeholder();
}
