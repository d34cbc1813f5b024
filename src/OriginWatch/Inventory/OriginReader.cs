namespace OriginWatch.Inventory;

/// <summary>Reads CloudFront's <c>Origin</c>. <c>CustomHeaders</c> is never looked into: its values are secrets.</summary>
internal static class OriginReader
{
    public static OriginDraft Read(WireObject wire)
    {
        wire.ReportUnknown("Origin", KnownMembers.Origin);
        var vpc = wire.OptionalObject("VpcOriginConfig");
        vpc?.ReportUnknown("VpcOriginConfig", KnownMembers.VpcOriginConfig);
        return new(wire)
        {
            Id = wire.OptionalText("Id"),
            DomainName = wire.OptionalText("DomainName"),
            OriginPath = wire.OptionalText("OriginPath"),
            ConnectionAttempts = wire.OptionalNumber("ConnectionAttempts"),
            ConnectionTimeout = wire.OptionalNumber("ConnectionTimeout"),
            Custom = wire.OptionalObject("CustomOriginConfig") is { } custom ? ReadCustom(custom) : null,
            IsVpc = vpc is not null,
            VpcOriginId = vpc?.OptionalText("VpcOriginId"),
            IsS3 = wire.OptionalObject("S3OriginConfig") is not null,
            OriginAccessControlId = wire.OptionalText("OriginAccessControlId"),
        };
    }

    private static CustomOriginDraft ReadCustom(WireObject wire)
    {
        wire.ReportUnknown("CustomOriginConfig", KnownMembers.CustomOriginConfig);
        return new(wire)
        {
            HttpPort = wire.OptionalNumber("HTTPPort"),
            HttpsPort = wire.OptionalNumber("HTTPSPort"),
            OriginProtocolPolicy = wire.OptionalText("OriginProtocolPolicy"),
            OriginSslProtocols = wire.Texts("OriginSslProtocols"),
            IpAddressType = wire.OptionalText("IpAddressType"),
            HasOriginMtls = wire.OptionalObject("OriginMtlsConfig") is not null,
        };
    }
}
