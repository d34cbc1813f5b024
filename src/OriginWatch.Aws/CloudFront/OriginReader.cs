using OriginWatch.Inventory;
using OriginWatch.Probing;
using Sdk = Amazon.CloudFront.Model;

namespace OriginWatch.Aws.CloudFront;

/// <summary>From the API's origins to the inventory's. Custom headers are not looked at: their values are secrets.</summary>
internal static class OriginReader
{
    public static Origin Read(Sdk.Origin origin, string distribution, ICollection<string> remarks)
    {
        var id = Required.Text(origin.Id, $"an origin of {distribution}", "Id");
        var where = $"origin {id} of {distribution}";
        return new()
        {
            Id = id,
            DomainName = Required.Text(origin.DomainName, where, "DomainName"),
            OriginPath = origin.OriginPath ?? "",
            ConnectionAttempts = origin.ConnectionAttempts ?? Origin.DefaultConnectionAttempts,
            ConnectionTimeout = TimeSpan.FromSeconds(origin.ConnectionTimeout ?? Origin.DefaultConnectionTimeoutSeconds),
            CustomOriginConfig = origin.CustomOriginConfig is { } custom ? Read(custom, where, remarks) : null,
            VpcOriginId = string.IsNullOrEmpty(origin.VpcOriginConfig?.VpcOriginId) ? null : origin.VpcOriginConfig.VpcOriginId,
            IsS3 = origin.S3OriginConfig is not null,
            OriginAccessControlId = string.IsNullOrEmpty(origin.OriginAccessControlId) ? null : origin.OriginAccessControlId,
        };
    }

    public static IReadOnlyList<TlsProtocol> Protocols(Sdk.OriginSslProtocols? protocols, string where, ICollection<string> remarks)
    {
        var known = new List<TlsProtocol>();
        foreach (var name in CountedList.Items(protocols?.Items, protocols?.Quantity, $"OriginSslProtocols of {where}"))
        {
            if (TlsProtocols.Parse(name) is { } protocol)
            {
                known.Add(protocol);
            }
            else
            {
                remarks.Add($"OriginSslProtocols of {where} names \"{name}\", which this version does not know; it is not offered.");
            }
        }

        return known;
    }

    private static CustomOriginConfig Read(Sdk.CustomOriginConfig config, string where, ICollection<string> remarks) => new()
    {
        HttpPort = config.HTTPPort ?? 80,
        HttpsPort = config.HTTPSPort ?? 443,
        OriginProtocolPolicy = new(Required.Text(config.OriginProtocolPolicy?.Value, where, "OriginProtocolPolicy")),
        OriginSslProtocols = Protocols(config.OriginSslProtocols, where, remarks),
        IpAddressType = config.IpAddressType?.Value is { Length: > 0 } type ? new(type) : IpAddressType.Ipv4,
        HasOriginMtls = config.OriginMtlsConfig is not null,
    };
}
