using System.Text;
using System.Text.Json;
using OriginWatch.Inventory.CloudFormation;
using OriginWatch.Inventory.Terraform;

namespace OriginWatch.Inventory.Documents;

/// <summary>Tells apart what the documents of a file are, and hands them to the reader of their kind.</summary>
internal static class InventoryShapes
{
    /// <param name="roots">The documents, in order.</param>
    /// <param name="fileName">Names a distribution whose id the document does not hold.</param>
    /// <param name="parameters">Of a template, by name.</param>
    /// <exception cref="InventoryException">They are of no kind that is read, or of more than one.</exception>
    public static Listing Read(IReadOnlyList<JsonElement> roots, string fileName, IReadOnlyDictionary<string, string> parameters)
    {
        if (roots is [{ ValueKind: JsonValueKind.Object } only] && only.TryGetProperty("TemplateBody", out var body))
        {
            return body.ValueKind == JsonValueKind.String
                ? OfText(body.GetString()!, fileName, parameters)
                : Read([body], fileName, parameters);
        }

        if (roots.FirstOrDefault(IsPlanOrTemplate) is not { ValueKind: JsonValueKind.Object } planned)
        {
            return parameters.Count == 0
                ? ListingReader.Read(roots, fileName)
                : throw new InventoryException("--parameter is for CloudFormation templates, and this is none. Leave it out.");
        }

        if (roots.Count > 1)
        {
            throw new InventoryException(
                $"It contains {roots.Count} documents, and one of them is a plan or a template, "
                    + "which must be alone in its file. Scan each by itself."
            );
        }

        return IsTemplate(planned) ? TemplateReader.Read(planned, parameters)
            : parameters.Count == 0 ? TerraformReader.Read(planned)
            : throw new InventoryException(
                "--parameter is for CloudFormation templates, and this is Terraform's. Give its variables to terraform plan."
            );
    }

    /// <summary>What <c>get-template</c> prints holds a template in YAML as one text.</summary>
    private static Listing OfText(string text, string fileName, IReadOnlyDictionary<string, string> parameters)
    {
        using var documents = InventoryDocuments.Parse(Encoding.UTF8.GetBytes(text));
        return Read(documents.Roots, fileName, parameters);
    }

    private static bool IsPlanOrTemplate(JsonElement root) => IsTemplate(root) || TerraformReader.IsPlanOrState(root);

    private static bool IsTemplate(JsonElement root) => TemplateReader.IsTemplate(root);
}
