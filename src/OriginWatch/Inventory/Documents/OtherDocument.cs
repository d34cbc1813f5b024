using System.Text.Json;
using OriginWatch.Text;

namespace OriginWatch.Inventory.Documents;

/// <summary>Says what a JSON document is that holds no distributions, and how to get one that does.</summary>
internal static class OtherDocument
{
    /// <returns>One or two sentences. Quotes names of members and messages of errors, never other values.</returns>
    public static string Explain(JsonElement root) =>
        root.ValueKind switch
        {
            JsonValueKind.Null => $"The document is null: --query found nothing. {OtherText.HowTo}",
            JsonValueKind.Array => $"This is a list of something else than distributions; was it saved with --query? {OtherText.HowTo}",
            JsonValueKind.Object => OfObject(root),
            _ => $"This is a single value, not a listing; was it saved with --query? {OtherText.HowTo}",
        };

    private static string OfObject(JsonElement root) =>
        Message(root) is { } message
            ? $"This is an error message, not a listing: {Quoted.Text(message)}. Fix that and save the listing again. {OtherText.HowTo}"
        : Has(root, "terraform_version") && (Has(root, "serial") || Has(root, "lineage"))
            ? "This is Terraform's state in its own form. Print it as JSON: terraform show -json > state.json"
        : Has(root, "@level") && Has(root, "@message") ? $"This is the log of terraform plan -json. {OtherText.PlanHowTo}"
        : Has(root, "deployment") && Has(root, "version") ? $"This is Pulumi's state, which is not read. {OtherText.HowTo}"
        : Has(root, "artifacts") && Has(root, "version")
            ? "This is the manifest of a CDK assembly. Name the template beside it: cdk.out/STACK.template.json"
        : Has(root, "DistributionIdList") ? $"It contains ids of distributions alone. {OtherText.HowTo}"
        : Has(root, "Id") && Has(root, "DomainName")
            ? $"It lacks the origins or the default cache behavior; was it saved with --query? {OtherText.HowTo}"
        : First(root) is { } first
            ? $"It has {Quoted.Text(first)}, but neither DistributionList nor Distribution nor DistributionConfig, "
                + $"so it is not a listing of distributions. {OtherText.HowTo}"
        : $"The document is empty, so it is not a listing of distributions. {OtherText.HowTo}";

    /// <summary>An error as the AWS CLI writes it with --cli-error-format json, or as the service does.</summary>
    private static string? Message(JsonElement root) =>
        root.TryGetProperty("Error", out var error) && error.ValueKind == JsonValueKind.Object ? Message(error)
        : !Has(root, "Code") && !Has(root, "__type") && root.EnumerateObject().Count() > 2 ? null
        : Text(root, "Message") ?? Text(root, "message");

    private static string? Text(JsonElement root, string name) =>
        root.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static string? First(JsonElement root)
    {
        foreach (var member in root.EnumerateObject())
        {
            return member.Name;
        }

        return null;
    }

    private static bool Has(JsonElement root, string name) => root.TryGetProperty(name, out _);
}
