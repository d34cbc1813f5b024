using System.Globalization;
using System.Text.Json;
using OriginWatch.Text;
using static OriginWatch.Inventory.CloudFormation.TemplateValue;

namespace OriginWatch.Inventory.CloudFormation;

/// <summary>An object of a template, read member by member with its functions resolved.</summary>
internal sealed class TemplateBlock(string path, JsonElement element, TemplateFunctions functions, InventoryRemarks remarks)
    : IDraftSource,
        IPendingBlock
{
    public InventoryRemarks Remarks => remarks;

    public InventoryException Missing(string member) =>
        new($"{path}: {member} is missing. Check the template with: aws cloudformation validate-template, or cfn-lint.");

    public InventoryException Broken(string member, string what) => new($"{path}: {member}: {what} Correct the template.");

    public string? WhyPending(string member) => Find(member) is Pending pending ? $"known only after deployment ({pending.Text})" : null;

    public bool Has(string member) => Find(member) is not Absent;

    /// <summary>Null for what is absent; the expression for what is not known yet.</summary>
    public string? Text(string member) =>
        Find(member) switch
        {
            Absent => null,
            Known known => known.Text,
            Pending pending => pending.Text,
            _ => throw Broken(member, "expected one value."),
        };

    /// <summary>Null for what is absent or not known yet.</summary>
    public string? KnownText(string member) => Text(member) is { } text && !PendingText.Is(text) ? text : null;

    public int? Number(string member) =>
        KnownText(member) is not { Length: > 0 } text ? null
        : int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number
        : throw Broken(member, $"{Quoted.Text(text)} is not a whole number.");

    public bool? Flag(string member) =>
        KnownText(member) is not { Length: > 0 } text ? null
        : bool.TryParse(text, out var flag) ? flag
        : throw Broken(member, $"{Quoted.Text(text)} is neither true nor false.");

    public TemplateBlock? Block(string member) =>
        Find(member) switch
        {
            TemplateValue.Object inner => new($"{path}.{member}", inner.Element, functions, remarks),
            Absent or Pending => null,
            _ => throw Broken(member, "expected an object."),
        };

    /// <summary>A list, written plainly or as <c>{"Quantity": n, "Items": […]}</c>.</summary>
    public IReadOnlyList<TemplateBlock> Blocks(string member) =>
        [
            .. Values(member)
                .OfType<TemplateValue.Object>()
                .Index()
                .Select(item => new TemplateBlock($"{path}.{member}[{item.Index}]", item.Item.Element, functions, remarks)),
        ];

    /// <summary>A list of texts; what is not known yet as its expression.</summary>
    public IReadOnlyList<string> Texts(string member) =>
        [
            .. Values(member)
                .Select(value =>
                    value switch
                    {
                        Known known => known.Text,
                        Pending pending => pending.Text,
                        _ => throw Broken(member, "expected a list of texts."),
                    }
                ),
        ];

    private IReadOnlyList<TemplateValue> Values(string member) =>
        Find(member) switch
        {
            Absent => [],
            Items items => items.Values,
            TemplateValue.Object inner when new TemplateBlock(path, inner.Element, functions, remarks).Find("Items") is var list => list
                is Items items
                ? items.Values
            : list is Absent ? []
            : [list],
            var single => [single],
        };

    private TemplateValue Find(string member) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(member, out var value)
            ? functions.Resolve(value)
            : Absent.Value;
}
