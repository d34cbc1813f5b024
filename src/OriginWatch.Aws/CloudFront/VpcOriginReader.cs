using Amazon.CloudFront;
using OriginWatch.Inventory;
using Sdk = Amazon.CloudFront.Model;

namespace OriginWatch.Aws.CloudFront;

/// <summary>A VPC origin keeps its protocol policy in a resource of its own, which may belong to another account.</summary>
internal static class VpcOriginReader
{
    public static async Task<LookUps<VpcOriginEndpoint>> ReadAsync(AmazonCloudFrontClient client, IReadOnlyList<Distribution> distributions, WireRemarks remarks, CancellationToken cancellationToken)
    {
        var configs = await LookUps.ReadAsync(
            distributions.SelectMany(distribution => distribution.Origins).Select(origin => origin.VpcOriginId).OfType<string>(),
            IamActions.GetVpcOrigin,
            "VPC origin",
            async (id, token) => Required.Shape((await client.GetVpcOriginAsync(new Sdk.GetVpcOriginRequest { Id = id }, token)).VpcOrigin?.VpcOriginEndpointConfig, $"VPC origin {id}", "VpcOriginEndpointConfig"),
            cancellationToken);
        return new(configs.Found.ToDictionary(config => config.Key, config => Read(config.Key, config.Value, remarks), StringComparer.Ordinal), configs.Remarks);
    }

    private static VpcOriginEndpoint Read(string id, Sdk.VpcOriginEndpointConfig config, WireRemarks remarks)
    {
        var where = $"VPC origin {id}";
        return new(
            id,
            config.Arn ?? "",
            OriginReader.Policy(config.OriginProtocolPolicy?.Value, where, remarks),
            OriginReader.Protocols(config.OriginSslProtocols, where, remarks).Known,
            config.HTTPPort ?? 80,
            config.HTTPSPort ?? 443);
    }
}
