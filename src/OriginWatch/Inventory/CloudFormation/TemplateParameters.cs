using System.Text.Json;
using OriginWatch.Text;

namespace OriginWatch.Inventory.CloudFormation;

/// <summary>The template's <c>Parameters</c>: what the operator gives, else their defaults.</summary>
internal sealed class TemplateParameters
{
    private readonly JsonElement _declared;
    private readonly IReadOnlyDictionary<string, string> _given;

    /// <exception cref="InventoryException">A value is given for a parameter that the template does not have.</exception>
    public TemplateParameters(JsonElement declared, IReadOnlyDictionary<string, string> given)
    {
        (_declared, _given) = (declared, given);
        if (given.Keys.FirstOrDefault(name => !IsDeclared(name) && !name.StartsWith("AWS::", StringComparison.Ordinal)) is { } stranger)
        {
            throw new InventoryException($"The template has no parameter {Quoted.Text(stranger)}. It has: {Names()}.");
        }
    }

    public bool IsDeclared(string name) => _declared.ValueKind == JsonValueKind.Object && _declared.TryGetProperty(name, out _);

    /// <summary>Pending where there is neither value nor default, where it is a secret, or where the default is the name of a stored
    /// value.</summary>
    public TemplateValue Resolve(string name)
    {
        var declaration = IsDeclared(name) ? _declared.GetProperty(name) : default;
        var type = Text(declaration, "Type") ?? "String";
        var isStored = type.StartsWith("AWS::SSM::", StringComparison.Ordinal);
        var value = Text(declaration, "NoEcho") is "true" or "True"
            ? null
            : _given.GetValueOrDefault(name) ?? (isStored ? null : Text(declaration, "Default"));
        return value is null ? new TemplateValue.Pending(PendingText.Of(name))
            : type == "CommaDelimitedList" || type.Contains("List<", StringComparison.Ordinal)
                ? new TemplateValue.Items([
                    .. value.Split(',', StringSplitOptions.TrimEntries).Select(item => new TemplateValue.Known(item)),
                ])
            : new TemplateValue.Known(value);
    }

    private string Names() =>
        _declared.ValueKind == JsonValueKind.Object && _declared.EnumerateObject().Any()
            ? string.Join(", ", _declared.EnumerateObject().Take(20).Select(parameter => parameter.Name))
            : "none";

    private static string? Text(JsonElement declaration, string name) =>
        declaration.ValueKind != JsonValueKind.Object || !declaration.TryGetProperty(name, out var value)
            ? null
            : value.ValueKind switch
            {
                JsonValueKind.String => value.GetString(),
                JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False => value.GetRawText(),
                _ => null,
            };
}
