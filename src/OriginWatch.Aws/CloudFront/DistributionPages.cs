using Amazon.CloudFront;
using OriginWatch.Inventory;
using Sdk = Amazon.CloudFront.Model;

namespace OriginWatch.Aws.CloudFront;

/// <summary>All pages of <c>ListDistributions</c>, or an exception: never some of them.</summary>
internal static class DistributionPages
{
    public static async Task<IReadOnlyList<Sdk.DistributionSummary>> ReadAsync(
        AmazonCloudFrontClient client,
        CancellationToken cancellationToken
    )
    {
        var found = new OrderedDictionary<string, Sdk.DistributionSummary>(StringComparer.Ordinal);
        var markers = new HashSet<string>(StringComparer.Ordinal);
        for (string? marker = null; ; )
        {
            var page = await PageAsync(client, marker, markers.Count + 1, found.Count, cancellationToken);
            foreach (var summary in CountedList.Items(page.Items, page.Quantity, $"distributions on page {markers.Count + 1}"))
            {
                found.TryAdd(Required.Text(summary.Id, "a distribution", "Id"), summary); // the list may shift between two pages
            }

            if (page.IsTruncated is not true && string.IsNullOrEmpty(page.NextMarker))
            {
                return [.. found.Values];
            }

            marker = page.NextMarker;
            if (string.IsNullOrEmpty(marker) || !markers.Add(marker))
            {
                throw new InventoryException(
                    $"CloudFront says that its list of distributions goes on after page {markers.Count + 1} and does "
                        + "not say where: the inventory is incomplete. Nothing was evaluated."
                );
            }
        }
    }

    private static async Task<Sdk.DistributionList> PageAsync(
        AmazonCloudFrontClient client,
        string? marker,
        int number,
        int read,
        CancellationToken cancellationToken
    )
    {
        try
        {
            var response = await AwsCall.RequireAsync(
                IamActions.ListDistributions,
                token => client.ListDistributionsAsync(new Sdk.ListDistributionsRequest { Marker = marker }, token),
                cancellationToken
            );
            return response.DistributionList is { Quantity: not null, IsTruncated: not null } list
                ? list
                : throw new InventoryException(
                    $"The answer to {IamActions.ListDistributions} is not a list of distributions: "
                        + "a proxy or another server answered instead of CloudFront. Nothing was evaluated."
                );
        }
        catch (InventoryException exception) when (number > 1)
        {
            throw new InventoryException(
                $"The list of distributions broke off at page {number}, after {read} distributions. {exception.Message}",
                exception
            )
            {
                IsDenied = exception.IsDenied,
            };
        }
    }
}
