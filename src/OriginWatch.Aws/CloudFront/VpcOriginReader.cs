using Amazon.CloudFront;
using OriginWatch.Inventory;
using Sdk = Amazon.CloudFront.Model;

namespace OriginWatch.Aws.CloudFront;

/// <summary>A VPC origin keeps its protocol policy in a resource of its own, which may belong to another account.</summary>
internal static class VpcOriginReader
{
    public static async Task<LookUps<VpcOriginEndpoint>> ReadAsync(
        AmazonCloudFrontClient client,
        IEnumerable<string> ids,
        InventoryRemarks remarks,
        CancellationToken cancellationToken
    )
    {
        var configs = await LookUps.ReadAsync(
            ids,
            IamActions.GetVpcOrigin,
            "VPC origin",
            (id, token) => ConfigAsync(client, id, token),
            cancellationToken
        );
        return new(
            configs.Found.ToDictionary(config => config.Key, config => Read(config.Key, config.Value, remarks), StringComparer.Ordinal),
            configs.Remarks
        );
    }

    private static async Task<Sdk.VpcOriginEndpointConfig> ConfigAsync(
        AmazonCloudFrontClient client,
        string id,
        CancellationToken cancellationToken
    )
    {
        var response = await client.GetVpcOriginAsync(new Sdk.GetVpcOriginRequest { Id = id }, cancellationToken);
        return Required.Shape(response.VpcOrigin?.VpcOriginEndpointConfig, $"VPC origin {id}", "VpcOriginEndpointConfig");
    }

    private static VpcOriginEndpoint Read(string id, Sdk.VpcOriginEndpointConfig config, InventoryRemarks remarks)
    {
        var source = new AnswerSource($"VPC origin {id}", remarks);
        var built = OriginBuilder.Build(
            new CustomOriginDraft(source)
            {
                HttpPort = config.HTTPPort,
                HttpsPort = config.HTTPSPort,
                OriginProtocolPolicy = config.OriginProtocolPolicy?.Value,
                OriginSslProtocols = OriginReader.Protocols(config.OriginSslProtocols, source),
            }
        );
        return new(id, config.Arn ?? "", built.OriginProtocolPolicy, built.OriginSslProtocols, built.HttpPort, built.HttpsPort);
    }
}
