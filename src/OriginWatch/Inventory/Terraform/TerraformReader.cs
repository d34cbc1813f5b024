using System.Text.Json;
using OriginWatch.Inventory.Documents;
using OriginWatch.Text;

namespace OriginWatch.Inventory.Terraform;

/// <summary>
/// The distributions of a Terraform or OpenTofu plan, as they will be, or of a state, as they are: what <c>terraform show -json</c> prints
/// (https://developer.hashicorp.com/terraform/internals/json-format). A distribution's id is its address.
/// </summary>
internal static class TerraformReader
{
    private const string Distribution = "aws_cloudfront_distribution";

    public static bool IsPlanOrState(JsonElement root) =>
        root.ValueKind == JsonValueKind.Object
        && root.TryGetProperty("format_version", out var version)
        && version.ValueKind == JsonValueKind.String
        && !root.TryGetProperty("provider_schemas", out _);

    /// <exception cref="InventoryException">Another major version, an unfinished plan, or a distribution that is impossible.</exception>
    public static Listing Read(JsonElement root)
    {
        EnsureFinished(root);
        var remarks = new InventoryRemarks();
        var document = new TerraformDocument(root, remarks);
        var resources = document.Resources("aws_cloudfront_");
        var lookUps = new TerraformLookUps(resources);
        var distributions = new List<Distribution>();
        foreach (var resource in resources.Where(resource => resource.Type == Distribution && !IsData(resource)))
        {
            if (resource.Block.WhyUnknown("origin", "default_cache_behavior") is { } pending)
            {
                remarks.Add($"{resource.Address}: its origins are {pending}; none of them is evaluated.");
            }
            else if (TerraformDistribution.Read(resource, lookUps) is var draft && !PendingTargets.AreHidden(draft))
            {
                distributions.Add(DistributionBuilder.Build(draft));
            }
        }

        RemarkUpon(root, document, distributions.Count, remarks);
        var seen = new HashSet<string>(StringComparer.Ordinal);
        if (distributions.Find(distribution => !seen.Add(distribution.Id)) is { } twice)
        {
            throw new InventoryException($"The address {Quoted.Text(twice.Id)} appears twice. {OtherText.PlanHowTo}");
        }

        return new()
        {
            AccountId = Accounts.Of(distributions, remarks),
            Distributions = distributions,
            Policies = lookUps.Policies,
            VpcOrigins = lookUps.VpcOrigins,
            Remarks = remarks.Sentences,
        };
    }

    private static bool IsData(TerraformResource resource) => resource.Address.Contains($"data.{resource.Type}", StringComparison.Ordinal);

    private static void EnsureFinished(JsonElement root)
    {
        var version = root.GetProperty("format_version").GetString()!;
        if (version.Split('.')[0] != "1")
        {
            throw new InventoryException(
                $"Its format_version is {Quoted.Text(version)}; this version reads 1. "
                    + "Print it with Terraform 1.1 or later, or OpenTofu: terraform show -json PLAN > plan.json"
            );
        }

        if (Is(root, "errored", JsonValueKind.True))
        {
            throw new InventoryException(
                $"The plan ended with an error, so it is not whole. Fix what terraform plan says. {OtherText.PlanHowTo}"
            );
        }
    }

    private static void RemarkUpon(JsonElement root, TerraformDocument document, int distributions, InventoryRemarks remarks)
    {
        if (Is(root, "complete", JsonValueKind.False))
        {
            remarks.Add("The plan is not complete (-target, or changes that Terraform defers): what it leaves out is not evaluated.");
        }

        if (document.Resources("awscc_cloudfront_").Count is > 0 and var other)
        {
            remarks.Add($"{other} resources of the awscc provider are not read; only aws_cloudfront_distribution is.");
        }

        if (document.Resources("aws_cloudfront_multitenant_").Count is > 0 and var tenants)
        {
            remarks.Add($"{tenants} multi-tenant distributions are not read from Terraform; scan the account for them.");
        }

        if (distributions == 0)
        {
            remarks.Add($"The {(document.IsPlan ? "plan" : "state")} has no {Distribution} that can be evaluated.");
        }
    }

    private static bool Is(JsonElement root, string name, JsonValueKind kind) =>
        root.TryGetProperty(name, out var value) && value.ValueKind == kind;
}
