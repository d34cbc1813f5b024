using System.Globalization;
using System.Text.Json;
using OriginWatch.Text;

namespace OriginWatch.Inventory.Terraform;

/// <summary>
/// A resource or a block of one: its values, and the parallel trees that say what is unknown before apply, what is sensitive, and which
/// expression gives it
/// (https://developer.hashicorp.com/terraform/internals/json-format).
/// </summary>
internal sealed class TerraformBlock(string path, TerraformTrees trees, TerraformScope scope) : IDraftSource, IPendingBlock
{
    public InventoryRemarks Remarks => scope.Remarks;

    public InventoryException Missing(string member) =>
        new($"{path}: {member} is missing, so this is not a whole plan. {Documents.OtherText.PlanHowTo}");

    public InventoryException Broken(string member, string what) =>
        new($"{path}: {member}: {what} Correct the configuration and plan again.");

    public string? WhyPending(string member) =>
        IsSensitive(member) ? "marked as sensitive in Terraform, so it is not shown and not connected to"
        : !trees.IsUnknown(member) ? null
        : References(member) is [var first, ..] ? $"known only after apply ({first})"
        : "known only after apply";

    /// <summary>As <see cref="WhyPending"/> of the first of them that is not known; whether they are sensitive does not matter to
    /// blocks.</summary>
    public string? WhyUnknown(params IEnumerable<string> members) => members.Any(trees.IsUnknown) ? "known only after apply" : null;

    /// <summary>What a member's expression refers to, the most specific first; empty where it is a constant or in a dynamic
    /// block.</summary>
    public IReadOnlyList<string> References(string member) =>
        trees.Expression(member) is { ValueKind: JsonValueKind.Object } expression
        && expression.TryGetProperty("references", out var references)
        && references.ValueKind == JsonValueKind.Array
            ? [.. references.EnumerateArray().Where(item => item.ValueKind == JsonValueKind.String).Select(item => item.GetString()!)]
            : [];

    /// <summary>The resource of this plan that will give a member its value; null where nobody can tell.</summary>
    public TerraformTarget? Follow(string member) => scope.Configuration.Follow(scope.Modules, References(member));

    /// <summary>Null for what is absent or null; an expression for what is not known yet.</summary>
    public string? Text(string member)
    {
        if (WhyPending(member) is not null)
        {
            return PendingText.Of(!IsSensitive(member) && References(member) is [var first, ..] ? first : $"{path}.{member}");
        }

        return trees.Value(member) is { } value ? TextOf(value, member) : null;
    }

    /// <summary>Null for what is absent, null or not known yet.</summary>
    public string? KnownText(string member) => WhyPending(member) is null ? Text(member) : null;

    public int? Number(string member) =>
        KnownText(member) is not { Length: > 0 } text ? null
        : int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number
        : throw Broken(member, $"{Quoted.Text(text)} is not a whole number.");

    public bool? Flag(string member) =>
        KnownText(member) switch
        {
            null or "" => null,
            "true" => true,
            "false" => false,
            var text => throw Broken(member, $"{Quoted.Text(text)} is neither true nor false."),
        };

    /// <summary>A list or set of texts; what is not known yet as its expression.</summary>
    public IReadOnlyList<string> Texts(string member) =>
        WhyPending(member) is not null ? [Text(member)!]
        : trees.Value(member) is not { } value ? []
        : value.ValueKind != JsonValueKind.Array ? throw Broken(member, "expected a list.")
        :
        [
            .. Enumerable
                .Range(0, value.GetArrayLength())
                .Select(index =>
                    trees.IsUnknown(member, index) || value[index].ValueKind == JsonValueKind.Null
                        ? PendingText.Of($"{path}.{member}[{index}]")
                        : TextOf(value[index], member)
                ),
        ];

    /// <summary>The one block of this name; Terraform writes it as a list of one.</summary>
    public TerraformBlock? Block(string member) =>
        Blocks(member) switch
        {
            [] => null,
            [var only] => only,
            _ => throw Broken(member, "there is more than one."),
        };

    /// <param name="member">The blocks' name.</param>
    /// <param name="key">For a set, whose order is not the configuration's: the attribute by which a block is found there.</param>
    public IReadOnlyList<TerraformBlock> Blocks(string member, string? key = null) =>
        trees.Value(member) is not { } value ? []
        : value.ValueKind == JsonValueKind.Object ? [new($"{path}.{member}", trees.Only(member, value), scope)]
        : value.ValueKind != JsonValueKind.Array ? throw Broken(member, "expected a block.")
        :
        [
            .. value
                .EnumerateArray()
                .Index()
                .Where(item => item.Item.ValueKind == JsonValueKind.Object)
                .Select(item => new TerraformBlock($"{path}.{member}[{item.Index}]", trees.At(member, item.Index, value, key), scope)),
        ];

    /// <summary>
    /// Terraform marks a whole set where one value in it is sensitive, as the value of a custom header is; such a mark says nothing about
    /// its other members,
    /// so there the variable decides that a member comes from.
    /// </summary>
    private bool IsSensitive(string member) =>
        trees.IsSensitive(member) || scope.Configuration.IsSensitive(scope.Modules, References(member));

    private string TextOf(JsonElement value, string member) =>
        value.ValueKind switch
        {
            JsonValueKind.String => value.GetString()!,
            JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False => value.GetRawText(),
            _ => throw Broken(member, "expected one value."),
        };
}
