using System.Text.Json;
using OriginWatch.Text;

namespace OriginWatch.Inventory.Terraform;

/// <summary>A resource of the plan or the state, with the names of the modules it is in.</summary>
internal sealed record TerraformResource(
    string Address,
    string Type,
    string Name,
    IReadOnlyList<string> Modules,
    TerraformBlock Block,
    bool IsUnchanged
);

/// <summary>What all blocks of a resource share: the module that they stand in.</summary>
internal sealed record TerraformScope(InventoryRemarks Remarks, TerraformConfiguration Configuration, IReadOnlyList<string> Modules);

/// <summary>What <c>terraform show -json</c> prints, as far as it is about resources.</summary>
internal sealed class TerraformDocument
{
    private readonly JsonElement _root;
    private readonly InventoryRemarks _remarks;
    private readonly Dictionary<string, JsonElement> _changes;

    public TerraformDocument(JsonElement root, InventoryRemarks remarks)
    {
        _root = root;
        _remarks = remarks;
        Configuration = new(Member(root, "configuration"));
        IsPlan =
            Member(root, "planned_values").ValueKind == JsonValueKind.Object
            || Member(root, "resource_changes").ValueKind == JsonValueKind.Array;
        _changes = Changes(root);
    }

    public TerraformConfiguration Configuration { get; }

    /// <summary>False for a state.</summary>
    public bool IsPlan { get; }

    /// <summary>Every resource of these types in the root module and in child modules, then what the plan read of data sources.</summary>
    public IReadOnlyList<TerraformResource> Resources(string typePrefix)
    {
        var found = new List<TerraformResource>();
        Collect(Member(Member(_root, IsPlan ? "planned_values" : "values"), "root_module"), [], typePrefix, found);
        if (IsPlan)
        {
            var prior = new List<TerraformResource>();
            Collect(Member(Member(Member(_root, "prior_state"), "values"), "root_module"), [], typePrefix, prior);
            found.AddRange(prior.Where(resource => resource.Address.Contains("data.", StringComparison.Ordinal)));
        }

        return found;
    }

    private void Collect(JsonElement module, IReadOnlyList<string> modules, string typePrefix, List<TerraformResource> found)
    {
        foreach (
            var resource in Items(module, "resources")
                .Where(resource => Text(resource, "type")?.StartsWith(typePrefix, StringComparison.Ordinal) == true)
        )
        {
            found.Add(Read(resource, modules));
        }

        foreach (var child in Items(module, "child_modules"))
        {
            Collect(child, TerraformAddress.Modules(Text(child, "address") ?? ""), typePrefix, found);
        }
    }

    private TerraformResource Read(JsonElement resource, IReadOnlyList<string> modules)
    {
        var type = Text(resource, "type")!;
        var address =
            Text(resource, "address")
            ?? throw new InventoryException(
                $"A resource of type {Quoted.Text(type)} has no address, so this is not a whole plan. {Documents.OtherText.PlanHowTo}"
            );
        var name = Text(resource, "name") ?? "";
        var change = _changes.GetValueOrDefault(address);
        var trees = new TerraformTrees(
            Member(resource, "values"),
            Member(change, "after_unknown"),
            Member(resource, "sensitive_values"),
            Configuration.Expressions(modules, type, name)
        );
        var actions = Items(change, "actions").Select(action => action.GetString()).ToList();
        return new(
            address,
            type,
            name,
            modules,
            new(address, trees, new(_remarks, Configuration, modules)),
            !IsPlan || actions is ["no-op"]
        );
    }

    /// <summary>By address; an object that is only to be removed (deposed) is no part of the plan's outcome.</summary>
    private static Dictionary<string, JsonElement> Changes(JsonElement root)
    {
        var changes = new Dictionary<string, JsonElement>(StringComparer.Ordinal);
        foreach (var change in Items(root, "resource_changes").Where(change => Text(change, "deposed") is null))
        {
            if (Text(change, "address") is { } address)
            {
                changes[address] = Member(change, "change");
            }
        }

        return changes;
    }

    private static JsonElement Member(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var value) ? value : default;

    private static JsonElement.ArrayEnumerator Items(JsonElement element, string name) =>
        Member(element, name) is { ValueKind: JsonValueKind.Array } list ? list.EnumerateArray() : default;

    private static string? Text(JsonElement element, string name) =>
        Member(element, name) is { ValueKind: JsonValueKind.String } text ? text.GetString() : null;
}
