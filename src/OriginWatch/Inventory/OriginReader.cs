using OriginWatch.Probing;

namespace OriginWatch.Inventory;

/// <summary>Reads CloudFront's <c>Origin</c>. <c>CustomHeaders</c> is never looked into: its values are secrets.</summary>
internal static class OriginReader
{
    public static Origin Read(WireObject wire)
    {
        wire.ReportUnknown("Origin", KnownMembers.Origin);
        var origin = new Origin
        {
            Id = wire.Text("Id"),
            DomainName = wire.Text("DomainName"),
            OriginPath = wire.OptionalText("OriginPath") ?? "",
            ConnectionAttempts = wire.OptionalNumber("ConnectionAttempts") ?? Origin.DefaultConnectionAttempts,
            ConnectionTimeout = TimeSpan.FromSeconds(wire.OptionalNumber("ConnectionTimeout") ?? Origin.DefaultConnectionTimeoutSeconds),
            CustomOriginConfig = wire.OptionalObject("CustomOriginConfig") is { } custom ? ReadCustom(custom) : null,
            VpcOriginId = wire.OptionalObject("VpcOriginConfig") is { } vpc ? ReadVpcOriginId(vpc) : null,
            IsS3 = wire.OptionalObject("S3OriginConfig") is not null,
            OriginAccessControlId = wire.OptionalText("OriginAccessControlId"),
        };
        Validate(origin, wire);
        return origin;
    }

    private static CustomOriginConfig ReadCustom(WireObject wire)
    {
        wire.ReportUnknown("CustomOriginConfig", KnownMembers.CustomOriginConfig);
        var config = new CustomOriginConfig
        {
            HttpPort = wire.OptionalNumber("HTTPPort") ?? 80,
            HttpsPort = wire.OptionalNumber("HTTPSPort") ?? 443,
            OriginProtocolPolicy = new(wire.Text("OriginProtocolPolicy")),
            IpAddressType = wire.OptionalText("IpAddressType") is { } type ? new(type) : IpAddressType.Ipv4,
            HasOriginMtls = wire.OptionalObject("OriginMtlsConfig") is not null,
        };
        var names = wire.Texts("OriginSslProtocols");
        var unknown = names.Where(name => TlsProtocols.Parse(name) is null).ToList();
        unknown.ForEach(name => wire.Remarks.UnknownValue("OriginSslProtocols", name));
        if (!config.OriginProtocolPolicy.IsKnown)
        {
            wire.Remarks.UnknownValue("OriginProtocolPolicy", config.OriginProtocolPolicy.Value);
        }

        if (!config.IpAddressType.IsKnown)
        {
            wire.Remarks.UnknownValue("IpAddressType", config.IpAddressType.Value);
        }

        return config with { OriginSslProtocols = [.. names.Select(TlsProtocols.Parse).OfType<TlsProtocol>()], UnknownSslProtocols = unknown };
    }

    private static string ReadVpcOriginId(WireObject wire)
    {
        wire.ReportUnknown("VpcOriginConfig", KnownMembers.VpcOriginConfig);
        return wire.Text("VpcOriginId");
    }

    private static void Validate(Origin origin, WireObject wire)
    {
        if (origin is { CustomOriginConfig: null, VpcOriginId: null, IsS3: false })
        {
            wire.Remarks.Add($"Origin {Quoted.Text(origin.Id)} has neither CustomOriginConfig nor S3OriginConfig nor VpcOriginConfig: this version does not know how CloudFront reaches it.");
        }

        if (origin.ConnectionAttempts is < 1 or > 10)
        {
            throw wire.Fault("ConnectionAttempts", $"{origin.ConnectionAttempts} is not a number of attempts; CloudFront takes 1 to 3.");
        }

        if (origin.ConnectionTimeout < TimeSpan.FromSeconds(1) || origin.ConnectionTimeout > TimeSpan.FromMinutes(1))
        {
            throw wire.Fault("ConnectionTimeout", $"{origin.ConnectionTimeout.TotalSeconds} is not a number of seconds that CloudFront takes; it is 1 to 10.");
        }
    }
}
