using System.Text.Json;
using OriginWatch.Text;

namespace OriginWatch.Inventory;

/// <summary>Tells apart what the AWS CLI prints about distributions, and reads it.</summary>
internal static class ListingReader
{
    private const string HowTo = "Save one with: aws cloudfront list-distributions --output json > distributions.json";

    /// <param name="root">The document.</param>
    /// <param name="fileName">Names a distribution whose id the document does not hold.</param>
    public static Listing Read(JsonElement root, string fileName)
    {
        if (root.ValueKind == JsonValueKind.Array)
        {
            throw new InventoryException($"This is a list, not what list-distributions prints; was it saved with --query? {HowTo}");
        }

        var document = new WireObject(root, null, "", new InventoryRemarks());
        var distributions = ReadDistributions(document, fileName);
        var accounts = distributions.Select(AccountOf).OfType<string>().Distinct(StringComparer.Ordinal).ToList();
        if (accounts.Count > 1)
        {
            document.Remarks.Add($"The distributions belong to {accounts.Count} accounts ({string.Join(", ", accounts.Take(5))}).");
        }

        return new() { AccountId = accounts.Count == 1 ? accounts[0] : null, Distributions = distributions, Remarks = document.Remarks.Sentences };
    }

    private static List<Distribution> ReadDistributions(WireObject document, string fileName)
    {
        if (document.Has("DistributionList"))
        {
            return ReadList(document);
        }

        if (document.Has("Distribution"))
        {
            var distribution = document.Object("Distribution");
            return [DistributionReader.Read(distribution.Object("DistributionConfig"), distribution.Text("Id"), distribution.Text("DomainName"), distribution.OptionalText("ARN"))];
        }

        return document.Has("DistributionConfig") ? [ReadConfig(document.Object("DistributionConfig"), fileName)]
            : document.Has("Origins") && document.Has("DefaultCacheBehavior") && !document.Has("Id") ? [ReadConfig(document, fileName)]
            : throw new InventoryException($"There is no DistributionList, Distribution or DistributionConfig in it, so it is not a listing of distributions. {HowTo}");
    }

    private static List<Distribution> ReadList(WireObject document)
    {
        var list = document.Object("DistributionList");
        if (document.Has("NextToken") || document.OptionalText("NextMarker") is not null || list.OptionalText("NextMarker") is not null || list.OptionalFlag("IsTruncated") == true)
        {
            throw new InventoryException($"DistributionList: the listing was cut short, more pages follow. Save it again without --max-items, --no-paginate and --starting-token. {HowTo}");
        }

        // With its pages joined, the AWS CLI prints Items alone; a page as the API gives it has Quantity, and no Items where there are none.
        if (!list.Has("Items") && list.OptionalNumber("Quantity") is null)
        {
            throw list.Fault("Items", $"there are neither Items nor a Quantity, so nobody can tell whether the account has distributions. {HowTo}");
        }

        var distributions = document.Objects("DistributionList").Select(DistributionReader.ReadSummary).ToList();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        return distributions.Find(distribution => !seen.Add(distribution.Id)) is { } twice
            ? throw list.Fault("Items", $"the distribution {Quoted.Text(twice.Id)} stands there twice. Save the listing again without editing.")
            : distributions;
    }

    private static Distribution ReadConfig(WireObject config, string fileName)
    {
        var id = LooksLikeId(fileName) ? fileName : config.OptionalText("CallerReference") ?? fileName;
        config.Remarks.Add($"A distribution's configuration holds neither its id nor its own name: {Quoted.Text(id)} stands for the id, and no own name is asked for.");
        return DistributionReader.Read(config, id, domainName: "", null);
    }

    /// <summary>Ids of distributions are 13 or 14 capital letters and digits, starting with E.</summary>
    private static bool LooksLikeId(string text)
        => text.Length is >= 13 and <= 14 && text[0] == 'E' && text.All(character => char.IsAsciiLetterUpper(character) || char.IsAsciiDigit(character));

    private static string? AccountOf(Distribution distribution)
        => distribution.Arn?.Split(':').FirstOrDefault(part => part.Length == 12 && part.All(char.IsAsciiDigit));
}
