using System.Text.Json;
using OriginWatch.Tls;

namespace OriginWatch.Inventory.Saved;

/// <summary>Writes CloudFront's <c>Origin</c>, which has no custom headers here: nobody has read them.</summary>
internal static class OriginWriter
{
    public static void Write(Utf8JsonWriter json, Origin origin)
    {
        json.WriteString("Id", origin.Id);
        json.WriteString("DomainName", origin.DomainName);
        json.WriteString("OriginPath", origin.OriginPath);
        json.WriteNumber("ConnectionAttempts", origin.ConnectionAttempts);
        json.WriteNumber("ConnectionTimeout", Seconds(origin.ConnectionTimeout));
        json.Text("OriginAccessControlId", origin.OriginAccessControlId);
        if (origin.IsS3)
        {
            json.Object("S3OriginConfig", () => json.WriteString("OriginAccessIdentity", ""));
        }

        if (origin.CustomOriginConfig is { } custom)
        {
            json.Object("CustomOriginConfig", () => Write(json, custom, origin.ReadTimeout));
        }

        if (origin.VpcOriginId is { } vpc)
        {
            json.Object(
                "VpcOriginConfig",
                () =>
                {
                    json.WriteString("VpcOriginId", vpc);
                    json.Text("OwnerAccountId", origin.VpcOriginOwnerId);
                    json.WriteNumber("OriginReadTimeout", Seconds(origin.ReadTimeout));
                }
            );
        }
    }

    private static void Write(Utf8JsonWriter json, CustomOriginConfig config, TimeSpan readTimeout)
    {
        json.WriteNumber("HTTPPort", config.HttpPort);
        json.WriteNumber("HTTPSPort", config.HttpsPort);
        json.WriteString("OriginProtocolPolicy", config.OriginProtocolPolicy.Value);
        json.Texts(
            "OriginSslProtocols",
            [.. config.OriginSslProtocols.Select(protocol => protocol.CloudFrontName()), .. config.UnknownSslProtocols]
        );
        json.WriteNumber("OriginReadTimeout", Seconds(readTimeout));
        json.WriteString("IpAddressType", config.IpAddressType.Value);
        if (config.HasOriginMtls)
        {
            json.Object("OriginMtlsConfig", () => json.Text("ClientCertificateArn", config.ClientCertificateArn));
        }
    }

    private static int Seconds(TimeSpan time) => (int)time.TotalSeconds;
}
