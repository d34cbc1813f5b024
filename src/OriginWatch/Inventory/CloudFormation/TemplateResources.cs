using System.Text.Json;
using OriginWatch.Text;

namespace OriginWatch.Inventory.CloudFormation;

/// <summary>A resource that will, or may, be created.</summary>
internal sealed record TemplateResource(string LogicalId, string Type, TemplateBlock Properties);

/// <summary>The template's resources, without those whose condition is known not to hold.</summary>
internal static class TemplateResources
{
    public const string Distribution = "AWS::CloudFront::Distribution";
    public const string Tenant = "AWS::CloudFront::DistributionTenant";

    public static IReadOnlyList<TemplateResource> Read(JsonElement resources, TemplateFunctions functions, InventoryRemarks remarks)
    {
        if (resources.ValueKind != JsonValueKind.Object)
        {
            return [];
        }

        var found = new List<TemplateResource>();
        foreach (var member in resources.EnumerateObject())
        {
            if (member.Name.StartsWith("Fn::", StringComparison.Ordinal))
            {
                remarks.Add($"{Quoted.Text(member.Name)} among the resources is not run: what it would create is not evaluated.");
            }
            else if (Text(member.Value, "Type") is { } type && IsCreated(member, type, functions, remarks))
            {
                found.Add(
                    new(
                        member.Name,
                        type,
                        new(
                            member.Name,
                            member.Value.TryGetProperty("Properties", out var properties) ? properties : default,
                            functions,
                            remarks
                        )
                    )
                );
            }
        }

        return found;
    }

    private static bool IsCreated(JsonProperty resource, string type, TemplateFunctions functions, InventoryRemarks remarks)
    {
        if (Text(resource.Value, "Condition") is not { } condition)
        {
            return true;
        }

        var holds = functions.Conditions.Holds(condition);
        if (type == Distribution && holds != true)
        {
            remarks.Add(
                holds == false
                    ? $"{resource.Name} is not created: its condition {condition} does not hold with these parameters."
                    : $"{resource.Name} is evaluated, although whether it is created depends on the condition {condition}, "
                        + "which is known only at deployment."
            );
        }

        return holds != false;
    }

    private static string? Text(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String
            ? value.GetString()
            : null;
}
