using System.Text.Json;

namespace OriginWatch.Inventory.Terraform;

/// <summary>The parallel trees of a resource or block, each with the same members; a tree may end early, with true for everything
/// below.</summary>
internal readonly record struct TerraformTrees(JsonElement Values, JsonElement Unknown, JsonElement Sensitive, JsonElement Expressions)
{
    /// <summary>Null for what is absent or null.</summary>
    public JsonElement? Value(string member) =>
        Member(Values, member) is { ValueKind: not (JsonValueKind.Undefined or JsonValueKind.Null) } value ? value : null;

    public bool IsUnknown(string member) => Member(Unknown, member).ValueKind == JsonValueKind.True;

    public bool IsUnknown(string member, int index) => Item(Member(Unknown, member), index).ValueKind == JsonValueKind.True;

    public bool IsSensitive(string member) => HasTrue(Member(Sensitive, member));

    public JsonElement Expression(string member) => Member(Expressions, member);

    /// <summary>The trees of a block that is written as an object.</summary>
    public TerraformTrees Only(string member, JsonElement value) =>
        new(
            value,
            Member(Unknown, member),
            Below(Member(Sensitive, member)),
            Member(Expressions, member) is { ValueKind: JsonValueKind.Array } list ? Item(list, 0) : Member(Expressions, member)
        );

    /// <summary>The trees of one block of a list or set.</summary>
    public TerraformTrees At(string member, int index, JsonElement list, string? key) =>
        new(
            list[index],
            Item(Member(Unknown, member), index),
            Item(Below(Member(Sensitive, member)), index),
            ExpressionsAt(Member(Expressions, member), index, list, key)
        );

    /// <summary>Blocks of the configuration stand in its order and without those of dynamic blocks, so they are matched only where that is
    /// certain.</summary>
    private static JsonElement ExpressionsAt(JsonElement blocks, int index, JsonElement list, string? key)
    {
        if (blocks.ValueKind != JsonValueKind.Array)
        {
            return blocks; // A single block may stand there without a list.
        }

        if (list.GetArrayLength() != blocks.GetArrayLength())
        {
            return default;
        }

        if (key is null || list.GetArrayLength() == 1)
        {
            return Item(blocks, index);
        }

        var wanted = Member(list[index], key);
        return wanted.ValueKind != JsonValueKind.String
            ? default
            : blocks
                .EnumerateArray()
                .FirstOrDefault(block =>
                    Member(Member(block, key), "constant_value") is { ValueKind: JsonValueKind.String } constant
                    && constant.ValueEquals(wanted.GetString())
                );
    }

    /// <summary>A mark on all blocks of a name is not one on each of their members.</summary>
    private static JsonElement Below(JsonElement sensitive) => sensitive.ValueKind == JsonValueKind.True ? default : sensitive;

    /// <summary>Of an object; true stays true below; undefined for anything else.</summary>
    private static JsonElement Member(JsonElement tree, string name) =>
        tree.ValueKind == JsonValueKind.True ? tree
        : tree.ValueKind == JsonValueKind.Object && tree.TryGetProperty(name, out var value) ? value
        : default;

    private static JsonElement Item(JsonElement tree, int index) =>
        tree.ValueKind == JsonValueKind.True ? tree
        : tree.ValueKind == JsonValueKind.Array && index < tree.GetArrayLength() ? tree[index]
        : default;

    /// <summary>A set with one sensitive element is sensitive.</summary>
    private static bool HasTrue(JsonElement tree) =>
        tree.ValueKind switch
        {
            JsonValueKind.True => true,
            JsonValueKind.Array => tree.EnumerateArray().Any(item => item.ValueKind == JsonValueKind.True),
            _ => false,
        };
}
