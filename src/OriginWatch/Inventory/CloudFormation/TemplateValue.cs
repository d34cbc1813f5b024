using System.Text.Json;

namespace OriginWatch.Inventory.CloudFormation;

/// <summary>A value of a template after its functions were resolved, as far as that is possible before deployment.</summary>
internal abstract record TemplateValue
{
    /// <summary>Not there, null, or <c>AWS::NoValue</c>.</summary>
    public sealed record Absent : TemplateValue
    {
        public static readonly Absent Value = new();
    }

    /// <summary>A text, a number or true or false, as text: CloudFormation takes each for the other.</summary>
    public sealed record Known(string Text) : TemplateValue;

    /// <summary>Known only after deployment; the text holds the expression, e.g. <c>${LoadBalancer.DNSName}</c>.</summary>
    public sealed record Pending(string Text) : TemplateValue;

    public sealed record Items(IReadOnlyList<TemplateValue> Values) : TemplateValue;

    public sealed record Object(JsonElement Element) : TemplateValue;
}
