using System.Text.Json;
using OriginWatch.Inventory.Documents;
using OriginWatch.Text;

namespace OriginWatch.Inventory.CloudFormation;

/// <summary>
/// The distributions of a CloudFormation template, of what SAM or the CDK make of one, or of what <c>get-template</c> prints, as they will
/// be.
/// A distribution's id is its logical id. Nothing but the file is read, and macros are not run.
/// </summary>
internal static class TemplateReader
{
    public static bool IsTemplate(JsonElement root) =>
        root.ValueKind == JsonValueKind.Object
        && (
            root.TryGetProperty("AWSTemplateFormatVersion", out _)
            || (Member(root, "Resources") is { ValueKind: JsonValueKind.Object } resources && HasTypes(resources))
        );

    /// <exception cref="InventoryException">A distribution is impossible, or a parameter is not the template's.</exception>
    public static Listing Read(JsonElement root, IReadOnlyDictionary<string, string> given)
    {
        var remarks = new InventoryRemarks();
        var functions = new TemplateFunctions(new(Member(root, "Parameters"), given), Member(root, "Mappings"), Member(root, "Conditions"));
        var resources = TemplateResources.Read(Member(root, "Resources"), functions, remarks);
        var distributions = new List<Distribution>();
        foreach (var resource in resources.Where(resource => resource.Type == TemplateResources.Distribution))
        {
            var config =
                resource.Properties.Block("DistributionConfig")
                ?? throw new InventoryException(
                    $"{resource.LogicalId}: there is no DistributionConfig. Check the template with: "
                        + "aws cloudformation validate-template, or cfn-lint."
                );
            if (config.WhyPending("Origins") is { } pending)
            {
                remarks.Add($"{resource.LogicalId}: its origins are {pending}; none of them is evaluated.");
            }
            else if (TemplateDistribution.Read(resource.LogicalId, config) is var draft && !PendingTargets.AreHidden(draft))
            {
                distributions.Add(DistributionBuilder.Build(draft));
            }
        }

        RemarkUpon(root, resources, distributions.Count, remarks);
        return new()
        {
            Distributions = distributions,
            Policies = TemplatePolicies.Read(resources),
            VpcOrigins = TemplatePolicies.ReadVpcOrigins(resources),
            Tenants = [.. resources.Where(resource => resource.Type == TemplateResources.Tenant).Select(TemplateDistribution.ReadTenant)],
            Remarks = remarks.Sentences,
        };
    }

    private static void RemarkUpon(JsonElement root, IReadOnlyList<TemplateResource> resources, int distributions, InventoryRemarks remarks)
    {
        if (Macros(root).Where(name => !name.StartsWith("AWS::Serverless", StringComparison.Ordinal)).ToList() is [var first, ..])
        {
            remarks.Add(
                $"The template uses the macro {Quoted.Text(first)}, which is not run: "
                    + "what it would add or change is not evaluated. Scan the processed template: "
                    + "aws cloudformation get-template --template-stage Processed"
            );
        }

        if (resources.Count(resource => resource.Type == "AWS::CloudFormation::Stack") is > 0 and var stacks)
        {
            remarks.Add($"{stacks} nested stacks are not read; scan their templates by themselves.");
        }

        if (resources.Count(resource => resource.Type.EndsWith("::MODULE", StringComparison.Ordinal)) is > 0 and var modules)
        {
            remarks.Add($"{modules} modules are not read; what they create is not evaluated.");
        }

        if (distributions == 0)
        {
            remarks.Add($"The template has no {TemplateResources.Distribution} that can be evaluated.");
        }
    }

    private static IEnumerable<string> Macros(JsonElement root) =>
        Member(root, "Transform") switch
        {
            { ValueKind: JsonValueKind.String } one => [one.GetString()!],
            { ValueKind: JsonValueKind.Array } list => list.EnumerateArray()
                .Select(item => item.ValueKind == JsonValueKind.String ? item.GetString()! : "Fn::Transform"),
            { ValueKind: JsonValueKind.Object } call =>
            [
                Member(call, "Name") is { ValueKind: JsonValueKind.String } name ? name.GetString()! : "Fn::Transform",
            ],
            _ => [],
        };

    private static bool HasTypes(JsonElement resources) =>
        resources
            .EnumerateObject()
            .Any(resource =>
                Member(resource.Value, "Type") is { ValueKind: JsonValueKind.String } type
                && type.GetString()!.Contains("::", StringComparison.Ordinal)
            );

    private static JsonElement Member(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var value) ? value : default;
}
