using OriginWatch.History.Routing;
using OriginWatch.Inventory;
using OriginWatch.Inventory.Organization;

namespace OriginWatch.Aws.Organization.Steps;

/// <summary>
/// What the last step needs to know of an account beside its inventory, and has no credentials to ask for: the tags that routes depend on,
/// and what CloudFront counted.
/// Where it cannot be read, the account is read all the same and the last step says why, if it matters.
/// </summary>
/// <param name="inventory">Of the account, read.</param>
/// <param name="limit">For each of the two.</param>
/// <param name="time">For the limit, and the end of what was counted.</param>
internal sealed class AccountAnswers(AwsInventory inventory, TimeSpan limit, TimeProvider time)
{
    /// <summary>Of each distribution about which tags decide those that a route names, and no others.</summary>
    public async Task<Listing> AddTagsAsync(Listing listing, Account account, RouteTable routes, CancellationToken cancellationToken)
    {
        var wanted = listing.Distributions.Where(distribution => routes.NeedsTagsOf(distribution, account)).ToList();
        if (wanted.Count == 0)
        {
            return listing;
        }

        var (found, fault) = await RouteTags.ReadAsync(wanted, inventory.ReadTagsAsync, limit, time, cancellationToken);
        IReadOnlyList<string> patterns = [.. routes.TagPatterns];
        return listing with
        {
            Distributions =
            [
                .. listing.Distributions.Select(distribution =>
                    found.TryGetValue(distribution.Id, out var tags)
                        ? distribution with
                        {
                            RouteTags = [.. tags.Where(tag => Glob.MatchesAny(patterns, tag))],
                        }
                        : distribution
                ),
            ],
            TagsUnreadBecause = fault,
        };
    }

    /// <summary>Of every distribution with an origin that is probed: which of them are worth it shows when they were.</summary>
    public async Task<Listing> AddTrafficAsync(Listing listing, CancellationToken cancellationToken)
    {
        IReadOnlyList<string> ids =
        [
            .. listing
                .Distributions.Where(distribution => distribution.Origins.Any(origin => !origin.IsS3))
                .Select(distribution => distribution.Id),
        ];
        if (ids.Count == 0)
        {
            return listing;
        }

        var read = await ReadTrafficAsync(ids, cancellationToken);
        return listing with
        {
            Distributions =
            [
                .. listing.Distributions.Select(distribution =>
                    read.ByDistribution.TryGetValue(distribution.Id, out var counted)
                        ? distribution with
                        {
                            Traffic = counted,
                        }
                        : distribution
                ),
            ],
            TrafficUnreadBecause = read.Remark,
        };
    }

    private async Task<TrafficReading> ReadTrafficAsync(IReadOnlyList<string> ids, CancellationToken cancellationToken)
    {
        using var timer = new CancellationTokenSource(limit, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timer.Token, cancellationToken);
        try
        {
            return await inventory.ReadTrafficAsync(ids, time.GetUtcNow(), either.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return TrafficReading.None with
            {
                Remark = $"CloudFront's metrics were not read: CloudWatch did not answer within {limit.TotalSeconds:0} s.",
            };
        }
    }
}
