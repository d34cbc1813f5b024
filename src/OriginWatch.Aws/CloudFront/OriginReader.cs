using OriginWatch.Inventory;
using OriginWatch.Probing;
using OriginWatch.Text;
using OriginWatch.Tls;
using Sdk = Amazon.CloudFront.Model;

namespace OriginWatch.Aws.CloudFront;

/// <summary>From the API's origins to the inventory's. Custom headers are not looked at: their values are secrets.</summary>
internal static class OriginReader
{
    public static OriginDraft Read(Sdk.Origin origin, AnswerSource distribution)
    {
        var source = distribution.In($"origin {origin.Id}");
        return new(source)
        {
            Id = origin.Id,
            DomainName = origin.DomainName,
            OriginPath = origin.OriginPath,
            ConnectionAttempts = origin.ConnectionAttempts,
            ConnectionTimeout = origin.ConnectionTimeout,
            ReadTimeout = origin.CustomOriginConfig?.OriginReadTimeout ?? origin.VpcOriginConfig?.OriginReadTimeout,
            Custom = origin.CustomOriginConfig is { } custom ? Read(custom, source) : null,
            IsVpc = origin.VpcOriginConfig is not null,
            VpcOriginId = origin.VpcOriginConfig?.VpcOriginId,
            VpcOriginOwnerId = origin.VpcOriginConfig?.OwnerAccountId,
            IsS3 = origin.S3OriginConfig is not null,
            OriginAccessControlId = origin.OriginAccessControlId,
        };
    }

    public static IReadOnlyList<string> Protocols(Sdk.OriginSslProtocols? protocols, AnswerSource source) =>
        source.Items(protocols?.Items, protocols?.Quantity, "OriginSslProtocols");

    private static CustomOriginDraft Read(Sdk.CustomOriginConfig config, AnswerSource source) =>
        new(source)
        {
            HttpPort = config.HTTPPort,
            HttpsPort = config.HTTPSPort,
            OriginProtocolPolicy = config.OriginProtocolPolicy?.Value,
            OriginSslProtocols = Protocols(config.OriginSslProtocols, source),
            IpAddressType = config.IpAddressType?.Value,
            HasOriginMtls = config.OriginMtlsConfig is not null,
            ClientCertificateArn = config.OriginMtlsConfig?.ClientCertificateArn,
        };
}
