using System.Collections.Immutable;
using OriginWatch.Inventory;
using OriginWatch.Inventory.Organization;

namespace OriginWatch.Aws.Organization.Steps;

/// <summary>
/// The inventory of one account with the VPC origins that others share with it: each is read in the account that owns it where that is in
/// the run, and otherwise here.
/// </summary>
/// <param name="member">The account.</param>
/// <param name="accounts">Those of the run; asked for only where a VPC origin is shared.</param>
/// <param name="open">Another account; null where its role cannot be assumed, which the step that reads that account tells.</param>
internal sealed class SharingInventory(
    IAccountInventory member,
    Func<CancellationToken, Task<IReadOnlySet<string>>> accounts,
    Func<string, CancellationToken, Task<IAccountInventory?>> open
) : IAccountInventory
{
    public async Task<Listing> ReadAsync(CancellationToken cancellationToken)
    {
        var listing = await member.ReadAsync(cancellationToken);
        var missing = listing
            .Distributions.SelectMany(distribution => distribution.Origins)
            .Where(origin => origin.VpcOriginId is { } id && origin.VpcOriginOwnerId is not null && !listing.VpcOrigins.ContainsKey(id))
            .ToLookup(origin => origin.VpcOriginOwnerId!, origin => origin.VpcOriginId!, StringComparer.Ordinal);
        if (missing.Count == 0)
        {
            return listing;
        }

        var inRun = await accounts(cancellationToken);
        var (found, remarks) = (listing.VpcOrigins.ToImmutableDictionary(StringComparer.Ordinal), listing.Remarks.ToList());
        foreach (var owner in missing)
        {
            var reader = inRun.Contains(owner.Key) && await open(owner.Key, cancellationToken) is { } other ? other : member;
            var (endpoints, problems) = await reader.ReadVpcOriginsAsync([.. owner.Distinct(StringComparer.Ordinal)], cancellationToken);
            found = found.SetItems(endpoints);
            remarks.AddRange(reader == member ? problems : problems.Select(problem => $"Account {owner.Key}, which owns it: {problem}"));
        }

        return listing with
        {
            VpcOrigins = found,
            Remarks = remarks,
        };
    }

    public Task<(IReadOnlyDictionary<string, VpcOriginEndpoint> Found, IReadOnlyList<string> Remarks)> ReadVpcOriginsAsync(
        IReadOnlyCollection<string> ids,
        CancellationToken cancellationToken
    ) => member.ReadVpcOriginsAsync(ids, cancellationToken);
}
