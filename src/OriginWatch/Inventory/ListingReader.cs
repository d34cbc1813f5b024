using System.Text.Json;
using OriginWatch.Inventory.Documents;
using OriginWatch.Text;

namespace OriginWatch.Inventory;

/// <summary>
/// Reads what the AWS CLI prints about distributions: of <c>list-distributions</c> and <c>get-distribution</c>, whole or cut to the
/// distributions by --query;
/// one document, several, or a list of them; and beside them the policies that <c>get-cache-policy</c> and its kind print.
/// </summary>
internal static class ListingReader
{
    /// <param name="roots">The documents, in order.</param>
    /// <param name="fileName">Names a distribution whose id the document does not hold.</param>
    public static Listing Read(IReadOnlyList<JsonElement> roots, string fileName)
    {
        var remarks = new InventoryRemarks();
        var documents = Documents(roots, remarks);
        var distributions = new List<Distribution>();
        var policies = new Dictionary<string, HeaderPolicy>(StringComparer.Ordinal);
        var isListing = false;
        foreach (var (document, element) in documents)
        {
            if (PolicyReader.TryRead(document, policies))
            {
                continue;
            }

            distributions.AddRange(ReadDistributions(document, fileName) ?? throw Unknown(document, element));
            isListing = true;
        }

        if (!isListing)
        {
            throw new InventoryException(
                roots is [{ ValueKind: JsonValueKind.Array } list] && list.GetArrayLength() == 0
                    ? "The list is empty; it was saved with --query, so it does not prove that the account has no distributions. "
                        + $"{OtherText.HowTo}"
                    : $"It contains policies and no distributions. {OtherText.HowTo}"
            );
        }

        var seen = new HashSet<string>(StringComparer.Ordinal);
        if (distributions.Find(distribution => !seen.Add(distribution.Id)) is { } twice)
        {
            throw new InventoryException(
                $"The distribution {Quoted.Text(twice.Id)} appears twice. Save the listing again without editing."
            );
        }

        return new()
        {
            AccountId = Accounts.Of(distributions, remarks),
            Distributions = distributions,
            Policies = policies,
            Remarks = remarks.Sentences,
        };
    }

    /// <summary>Every object, out of lists and lists of lists as well.</summary>
    private static List<(WireObject Document, JsonElement Element)> Documents(IReadOnlyList<JsonElement> roots, InventoryRemarks remarks)
    {
        var elements = roots.SelectMany(Flatten).ToList();
        if (elements.Find(element => element.ValueKind != JsonValueKind.Object) is { ValueKind: not JsonValueKind.Undefined } other)
        {
            throw new InventoryException(OtherDocument.Explain(roots is [var only] ? only : other));
        }

        return
        [
            .. elements.Select(
                (element, index) => (new WireObject(element, null, elements.Count > 1 ? $"document[{index}]" : "", remarks), element)
            ),
        ];
    }

    private static IEnumerable<JsonElement> Flatten(JsonElement root) =>
        root.ValueKind == JsonValueKind.Array ? root.EnumerateArray().SelectMany(Flatten) : [root];

    private static InventoryException Unknown(WireObject document, JsonElement element) =>
        new(
            document.Path.StartsWith("document[", StringComparison.Ordinal)
                ? $"{document.Path}: {OtherDocument.Explain(element)}"
                : OtherDocument.Explain(element)
        );

    /// <summary>Null where the document is none of the shapes.</summary>
    private static IReadOnlyList<Distribution>? ReadDistributions(WireObject document, string fileName) =>
        document.Has("DistributionList") ? ReadList(document, document.Object("DistributionList"))
        : document.Has("Distribution") ? [ReadWhole(document.Object("Distribution"))]
        : document.Has("Id") && document.Has("DomainName") && document.Has("DistributionConfig") ? [ReadWhole(document)]
        : document.Has("DistributionConfig") ? [ReadConfig(document.Object("DistributionConfig"), fileName)]
        : document.Has("Origins") && document.Has("DefaultCacheBehavior") && document.Has("Id") && document.Has("DomainName")
            ? [DistributionReader.ReadSummary(document)]
        : document.Has("Origins") && document.Has("DefaultCacheBehavior") && !document.Has("Id") ? [ReadConfig(document, fileName)]
        : document.Has("Items") && (document.Has("Quantity") || document.Has("IsTruncated")) ? ReadList(document, document)
        : null;

    private static Distribution ReadWhole(WireObject wire) =>
        DistributionReader.Read(wire.Object("DistributionConfig"), wire.Text("Id"), wire.Text("DomainName"), wire.OptionalText("ARN"));

    private static IReadOnlyList<Distribution> ReadList(WireObject document, WireObject list)
    {
        if (
            document.Has("NextToken")
            || document.OptionalText("NextMarker") is not null
            || list.OptionalText("NextMarker") is not null
            || list.OptionalFlag("IsTruncated") == true
        )
        {
            throw new InventoryException(
                $"{list.Path}: the listing was cut short, more pages follow. "
                    + $"Save it again without --max-items, --no-paginate and --starting-token. {OtherText.HowTo}"
            );
        }

        // With its pages joined, the AWS CLI prints Items alone; a page as the API gives it has Quantity, and no Items where there are
        // none.
        if (!list.Has("Items") && list.OptionalNumber("Quantity") is null)
        {
            throw list.Fault(
                "Items",
                $"there are neither Items nor a Quantity, so it does not show whether the account has distributions. {OtherText.HowTo}"
            );
        }

        return [.. list.OwnItems().Select(DistributionReader.ReadSummary)];
    }

    private static Distribution ReadConfig(WireObject config, string fileName)
    {
        var id = LooksLikeId(fileName) ? fileName : config.OptionalText("CallerReference") ?? fileName;
        config.Remarks.Add(
            "A distribution's configuration holds neither its id nor its own name: "
                + $"{Quoted.Text(id)} is used as the id, and no name of its own is requested."
        );
        return DistributionReader.Read(config, id, domainName: "", null);
    }

    /// <summary>Ids of distributions are 13 or 14 capital letters and digits, starting with E.</summary>
    private static bool LooksLikeId(string text) =>
        text.Length is >= 13 and <= 14
        && text[0] == 'E'
        && text.All(character => char.IsAsciiLetterUpper(character) || char.IsAsciiDigit(character));
}
