using Amazon.CloudFront;
using Amazon.CloudFront.Model;
using Distribution = OriginWatch.Inventory.Distribution;

namespace OriginWatch.Aws.CloudFront;

/// <summary>A listing does not hold the tags of distributions: each is a call of its own.</summary>
internal static class TagReader
{
    /// <summary>Every tag of the distribution as KEY=VALUE.</summary>
    public static async Task<IReadOnlyList<string>> ReadAsync(
        AmazonCloudFrontClient client,
        Distribution distribution,
        CancellationToken cancellationToken
    )
    {
        var response = await AwsCall.RequireAsync(
            IamActions.ListTagsForResource,
            token => client.ListTagsForResourceAsync(new ListTagsForResourceRequest { Resource = distribution.Arn }, token),
            cancellationToken
        );
        return [.. (response.Tags?.Items ?? []).Select(tag => $"{tag.Key}={tag.Value}")];
    }
}
