using System.Collections.Immutable;

namespace OriginWatch.Inventory.Organization;

/// <summary>
/// VPC origins shared through RAM: read in the account that owns them where it is in the scan, and otherwise in an account that uses them
/// (https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/sharing-resources.html).
/// </summary>
internal static class SharedVpcOrigins
{
    public static async Task<Listing> AddToAsync(
        Listing merged,
        IReadOnlyList<AccountListing> accounts,
        CancellationToken cancellationToken
    )
    {
        var read = accounts
            .Where(account => account.Listing is not null)
            .DistinctBy(account => account.Source.Account.Id, StringComparer.Ordinal)
            .ToDictionary(account => account.Source.Account.Id, StringComparer.Ordinal);
        var wanted = merged
            .Distributions.SelectMany(distribution =>
                distribution.Origins.Select(origin => (origin.VpcOriginId, Account: ReaderOf(origin, distribution, read)))
            )
            .Where(use => use.VpcOriginId is not null && !merged.VpcOrigins.ContainsKey(use.VpcOriginId))
            .GroupBy(use => use.Account, use => use.VpcOriginId!, StringComparer.Ordinal);
        var (found, remarks) = (merged.VpcOrigins.ToImmutableDictionary(StringComparer.Ordinal), merged.Remarks.ToList());
        foreach (var group in wanted.Where(group => read.ContainsKey(group.Key)))
        {
            var (endpoints, problems) = await read[group.Key]
                .Source.Inventory!.ReadVpcOriginsAsync([.. group.Distinct(StringComparer.Ordinal)], cancellationToken);
            found = found.SetItems(endpoints);
            remarks.AddRange(problems.Select(problem => $"Account {read[group.Key].Source.Account}: {problem}"));
        }

        return merged with
        {
            VpcOrigins = found,
            Remarks = remarks,
        };
    }

    private static string ReaderOf(Origin origin, Distribution distribution, Dictionary<string, AccountListing> read) =>
        origin.VpcOriginOwnerId is { } owner && read.ContainsKey(owner) ? owner : distribution.AccountId!;
}
