using OriginWatch.Text;
using OriginWatch.Tls;

namespace OriginWatch.Inventory;

/// <summary>Reads CloudFront's <c>Origin</c>. <c>CustomHeaders</c> is never looked into: its values are secrets.</summary>
internal static class OriginReader
{
    private const string MutualTls = "OriginMtlsConfig";

    public static OriginDraft Read(WireObject wire)
    {
        wire.ReportUnknown("Origin", KnownMembers.Origin);
        HintAtMisplacedMutualTls(wire);
        var vpc = wire.OptionalObject("VpcOriginConfig");
        vpc?.ReportUnknown("VpcOriginConfig", KnownMembers.VpcOriginConfig);
        return new(wire)
        {
            Id = wire.OptionalText("Id"),
            DomainName = wire.OptionalText("DomainName"),
            OriginPath = wire.OptionalText("OriginPath"),
            ConnectionAttempts = wire.OptionalNumber("ConnectionAttempts"),
            ConnectionTimeout = wire.OptionalNumber("ConnectionTimeout"),
            ReadTimeout = (wire.OptionalObject("CustomOriginConfig") ?? vpc)?.OptionalNumber("OriginReadTimeout"),
            Custom = wire.OptionalObject("CustomOriginConfig") is { } custom ? ReadCustom(custom) : null,
            IsVpc = vpc is not null,
            VpcOriginId = vpc?.OptionalText("VpcOriginId"),
            VpcOriginOwnerId = vpc?.OptionalText("OwnerAccountId"),
            IsS3 = wire.OptionalObject("S3OriginConfig") is not null,
            OriginAccessControlId = wire.OptionalText("OriginAccessControlId"),
        };
    }

    /// <summary>An example of AWS's own page has it beside CustomOriginConfig, where the API does not take it.</summary>
    private static void HintAtMisplacedMutualTls(WireObject wire)
    {
        if (wire.OptionalObject(MutualTls) is not null)
        {
            wire.Remarks.Add(
                $"Origin {Quoted.Text(wire.OptionalText("Id") ?? "")} has {MutualTls} beside CustomOriginConfig, "
                    + "where CloudFront does not read it: move it into CustomOriginConfig."
            );
        }
    }

    private static string? ReadClientCertificate(WireObject wire)
    {
        if (wire.OptionalText("ClientCertificateArn") is { } arn)
        {
            return arn;
        }

        wire.Remarks.Add(
            $"{MutualTls} has no ClientCertificateArn{(wire.Has("CertificateArn") ? ", but CertificateArn: rename it" : "")}."
        );
        return null;
    }

    private static CustomOriginDraft ReadCustom(WireObject wire)
    {
        var mutualTls = wire.OptionalObject(MutualTls);
        wire.ReportUnknown("CustomOriginConfig", KnownMembers.CustomOriginConfig);
        return new(wire)
        {
            HttpPort = wire.OptionalNumber("HTTPPort"),
            HttpsPort = wire.OptionalNumber("HTTPSPort"),
            OriginProtocolPolicy = wire.OptionalText("OriginProtocolPolicy"),
            OriginSslProtocols = wire.Texts("OriginSslProtocols"),
            IpAddressType = wire.OptionalText("IpAddressType"),
            HasOriginMtls = mutualTls is not null,
            ClientCertificateArn = mutualTls is null ? null : ReadClientCertificate(mutualTls),
        };
    }
}
