using OriginWatch.Inventory;
using OriginWatch.Probing;
using Sdk = Amazon.CloudFront.Model;

namespace OriginWatch.Aws.CloudFront;

/// <summary>From the API's origins to the inventory's. Custom headers are not looked at: their values are secrets.</summary>
internal static class OriginReader
{
    public static Origin Read(Sdk.Origin origin, string distribution, WireRemarks remarks)
    {
        var id = Required.Text(origin.Id, $"an origin of {distribution}", "Id");
        var where = $"origin {id} of {distribution}";
        if (origin is { CustomOriginConfig: null, S3OriginConfig: null, VpcOriginConfig: null })
        {
            remarks.Add($"Origin {Quoted.Text(id)} has neither CustomOriginConfig nor S3OriginConfig nor VpcOriginConfig: this version does not know how CloudFront reaches it.");
        }

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

    /// <summary>Those that are known and those that are not; the latter are remarked upon.</summary>
    public static (IReadOnlyList<TlsProtocol> Known, IReadOnlyList<string> Unknown) Protocols(Sdk.OriginSslProtocols? protocols, string where, WireRemarks remarks)
    {
        var names = CountedList.Items(protocols?.Items, protocols?.Quantity, $"OriginSslProtocols of {where}");
        var unknown = names.Where(name => TlsProtocols.Parse(name) is null).ToList();
        unknown.ForEach(name => remarks.UnknownValue("OriginSslProtocols", name));
        return ([.. names.Select(TlsProtocols.Parse).OfType<TlsProtocol>()], unknown);
    }

    public static OriginProtocolPolicy Policy(string? value, string where, WireRemarks remarks)
    {
        var policy = new OriginProtocolPolicy(Required.Text(value, where, "OriginProtocolPolicy"));
        if (!policy.IsKnown)
        {
            remarks.UnknownValue("OriginProtocolPolicy", policy.Value);
        }

        return policy;
    }

    private static CustomOriginConfig Read(Sdk.CustomOriginConfig config, string where, WireRemarks remarks)
    {
        var (known, unknown) = Protocols(config.OriginSslProtocols, where, remarks);
        var addressType = config.IpAddressType?.Value is { Length: > 0 } type ? new(type) : IpAddressType.Ipv4;
        if (!addressType.IsKnown)
        {
            remarks.UnknownValue("IpAddressType", addressType.Value);
        }

        return new()
        {
            HttpPort = config.HTTPPort ?? 80,
            HttpsPort = config.HTTPSPort ?? 443,
            OriginProtocolPolicy = Policy(config.OriginProtocolPolicy?.Value, where, remarks),
            OriginSslProtocols = known,
            UnknownSslProtocols = unknown,
            IpAddressType = addressType,
            HasOriginMtls = config.OriginMtlsConfig is not null,
        };
    }
}
