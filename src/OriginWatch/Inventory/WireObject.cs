using System.Collections.Frozen;
using System.Text.Json;

namespace OriginWatch.Inventory;

/// <summary>An object of a JSON document, read member by member; what is wrong is thrown with the path that leads to it.</summary>
internal sealed class WireObject : IDraftSource
{
    private readonly JsonElement _element;
    private readonly WireObject? _parent;
    private readonly string _name;
    private readonly InventoryRemarks _remarks;

    public WireObject(JsonElement element, WireObject? parent, string name, InventoryRemarks remarks)
    {
        _element = element;
        _parent = parent;
        _name = name;
        _remarks = remarks;
        if (element.ValueKind != JsonValueKind.Object)
        {
            throw new InventoryException($"{Path}: expected an object, found {Kind(element)}.");
        }
    }

    public InventoryRemarks Remarks => _remarks;

    public string Path =>
        _parent is { _name.Length: > 0 } ? $"{_parent.Path}.{_name}"
        : _name.Length > 0 ? _name
        : "the document";

    public bool Has(string name) => Find(name) is not null;

    public InventoryException Fault(string name, string what) => new($"{PathOf(name)}: {what}");

    public InventoryException Missing(string member) =>
        Fault(member, "is missing or empty, so this is not a whole listing. Save it again without --query and without editing.");

    public InventoryException Broken(string member, string what) =>
        Fault(member, $"{what} Save the listing again in full and without editing.");

    public string Text(string name) => OptionalText(name) ?? throw Missing(name);

    /// <summary>Null for what is absent, null or empty: CloudFront writes an empty string for "none".</summary>
    public string? OptionalText(string name) =>
        Find(name) is not { } value ? null
        : value.ValueKind != JsonValueKind.String ? throw WrongType(name, "a string", value)
        : value.GetString() is { Length: > 0 } text ? text
        : null;

    public int? OptionalNumber(string name) =>
        Find(name) is not { } value ? null
        : value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var number) ? number
        : throw WrongType(name, "a whole number", value);

    public bool? OptionalFlag(string name) =>
        Find(name) switch
        {
            null => null,
            { ValueKind: JsonValueKind.True } => true,
            { ValueKind: JsonValueKind.False } => false,
            { } value => throw WrongType(name, "true or false", value),
        };

    public WireObject Object(string name) => OptionalObject(name) ?? throw Missing(name);

    public WireObject? OptionalObject(string name) => Find(name) is { } value ? new(value, this, name, _remarks) : null;

    /// <summary>A list as CloudFront writes it, <c>{"Quantity": n, "Items": […]}</c>; empty where it is absent.</summary>
    public IReadOnlyList<WireObject> Objects(string name) =>
        OptionalObject(name) is { } list ? list.Items((item, place) => new WireObject(item, list, place, _remarks)) : [];

    /// <summary>The items of this object, where it is itself such a list.</summary>
    public IReadOnlyList<WireObject> OwnItems() => Items((item, place) => new WireObject(item, this, place, _remarks));

    public IReadOnlyList<string> Texts(string name) =>
        OptionalObject(name) is { } list
            ? list.Items(
                (item, place) => item.ValueKind == JsonValueKind.String ? item.GetString()! : throw list.WrongType(place, "a string", item)
            )
            : [];

    public IReadOnlyList<int> Numbers(string name) =>
        OptionalObject(name) is { } list
            ? list.Items(
                (item, place) =>
                    item.ValueKind == JsonValueKind.Number && item.TryGetInt32(out var number)
                        ? number
                        : throw list.WrongType(place, "a whole number", item)
            )
            : [];

    /// <summary>The elements of a bare array member, absent or null meaning none.</summary>
    public IReadOnlyList<WireObject> Array(string name) =>
        Find(name) is { } value ? Elements(name, value, (item, place) => new WireObject(item, this, place, _remarks)) : [];

    /// <summary>Reports members that are neither read nor known to be of no use here.</summary>
    public void ReportUnknown(string kind, FrozenSet<string> known)
    {
        foreach (var member in _element.EnumerateObject().Where(member => !known.Contains(member.Name)))
        {
            _remarks.UnknownMember(kind, member.Name);
        }
    }

    private T[] Items<T>(Func<JsonElement, string, T> read)
    {
        var items = Find(nameof(Items)) is { } value ? Elements(nameof(Items), value, read) : [];
        var quantity = OptionalNumber("Quantity");
        return quantity is null || quantity == items.Length
            ? items
            : throw Fault("Quantity", $"says {quantity}, but {items.Length} are listed: the listing was cut short. Save it again in full.");
    }

    private T[] Elements<T>(string name, JsonElement array, Func<JsonElement, string, T> read) =>
        array.ValueKind == JsonValueKind.Array
            ? array.EnumerateArray().Select((item, index) => read(item, $"{name}[{index}]")).ToArray()
            : throw WrongType(name, "a list", array);

    private JsonElement? Find(string name) =>
        _element.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null ? value : null;

    private InventoryException WrongType(string name, string expected, JsonElement found) =>
        Fault(name, $"expected {expected}, found {Kind(found)}. Save the listing again without editing.");

    private string PathOf(string name) => _name.Length > 0 ? $"{Path}.{name}" : name;

    private static string Kind(JsonElement element) =>
        element.ValueKind switch
        {
            JsonValueKind.Object => "an object",
            JsonValueKind.Array => "a list",
            JsonValueKind.String => "a string",
            JsonValueKind.Number => "a number",
            JsonValueKind.True or JsonValueKind.False => "true or false",
            _ => "nothing",
        };
}
