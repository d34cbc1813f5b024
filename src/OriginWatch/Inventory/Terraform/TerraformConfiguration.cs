using System.Text.Json;

namespace OriginWatch.Inventory.Terraform;

/// <summary>A resource as a reference names it: in which modules, and with its index where the reference has one.</summary>
internal sealed record TerraformTarget(IReadOnlyList<string> Modules, string Type, string Name, string? Indexed);

/// <summary>The plan's <c>configuration</c>: which expression gives a value. Locals are not in it, so what goes through one stays
/// unknown.</summary>
internal sealed class TerraformConfiguration(JsonElement configuration)
{
    /// <summary>References lead from module to module; a configuration that goes round in a circle was not written by Terraform.</summary>
    private const int MaxSteps = 64;

    /// <summary>The expressions of a resource, by attribute; undefined where there are none, as in a state.</summary>
    public JsonElement Expressions(IReadOnlyList<string> modules, string type, string name) =>
        Member(Module(modules), "resources") is { ValueKind: JsonValueKind.Array } resources
            ? Member(
                resources.EnumerateArray().FirstOrDefault(resource => Is(resource, "type", type) && Is(resource, "name", name)),
                "expressions"
            )
            : default;

    /// <summary>True for what comes straight from a variable that is declared sensitive.</summary>
    public bool IsSensitive(IReadOnlyList<string> modules, IReadOnlyList<string> references) =>
        references.Any(reference =>
            TerraformAddress.Parts(reference) is ["var", var name, ..]
            && Member(Member(Member(Module(modules), "variables"), TerraformAddress.WithoutIndex(name)), "sensitive").ValueKind
                == JsonValueKind.True
        );

    /// <summary>The resource that a value comes from, through variables and outputs of modules; null where nobody can tell.</summary>
    public TerraformTarget? Follow(IReadOnlyList<string> modules, IReadOnlyList<string> references)
    {
        for (var step = 0; step < MaxSteps && Only(references) is { } reference; step++)
        {
            switch (TerraformAddress.Parts(reference))
            {
                case ["var", var variable, ..]:
                    if (modules.Count == 0)
                    {
                        return null;
                    }

                    List<string> parent = [.. modules.SkipLast(1)];
                    references = References(
                        Member(Member(Call(parent, modules[^1]), "expressions"), TerraformAddress.WithoutIndex(variable))
                    );
                    modules = parent;
                    break;
                case ["module", var module, var output, ..]:
                    var name = TerraformAddress.WithoutIndex(module);
                    var outputs = Member(Member(Call(modules, name), "module"), "outputs");
                    references = References(Member(Member(outputs, TerraformAddress.WithoutIndex(output)), "expression"));
                    modules = [.. modules, name];
                    break;
                case ["data", var type, var named, ..]:
                    return Target(modules, type, named);
                case [not ("local" or "each" or "count" or "path" or "terraform" or "self"), var named, ..] parts:
                    return Target(modules, parts[0], named);
                default:
                    return null;
            }
        }

        return null;
    }

    /// <summary>An expression's references name one thing when all are beginnings of the first; an index by each.key or count.index is part
    /// of it.</summary>
    private static string? Only(IReadOnlyList<string> references) =>
        references is [var first, ..]
        && references.All(reference =>
            first.StartsWith(reference, StringComparison.Ordinal)
            || reference.StartsWith("each.", StringComparison.Ordinal)
            || reference.StartsWith("count.", StringComparison.Ordinal)
        )
            ? first
            : null;

    private static TerraformTarget Target(IReadOnlyList<string> modules, string type, string named) =>
        new(modules, type, TerraformAddress.WithoutIndex(named), named.EndsWith(']') ? $"{type}.{named}" : null);

    private JsonElement Module(IReadOnlyList<string> modules) =>
        modules.Aggregate(
            Member(configuration, "root_module"),
            (module, name) => Member(Member(Member(module, "module_calls"), name), "module")
        );

    private JsonElement Call(IReadOnlyList<string> modules, string name) => Member(Member(Module(modules), "module_calls"), name);

    private static IReadOnlyList<string> References(JsonElement expression) =>
        Member(expression, "references") is { ValueKind: JsonValueKind.Array } list
            ? [.. list.EnumerateArray().Where(item => item.ValueKind == JsonValueKind.String).Select(item => item.GetString()!)]
            : [];

    private static bool Is(JsonElement element, string name, string value) =>
        Member(element, name) is { ValueKind: JsonValueKind.String } text && text.ValueEquals(value);

    private static JsonElement Member(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var value) ? value : default;
}
