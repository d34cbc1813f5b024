using System.Globalization;
using System.Xml.Linq;
using AwsStandIns.Runtime;

namespace Amazon.CloudFront.Model.Internal;

/// <summary>From REST-XML to the model: origins and groups of them.</summary>
internal static class OriginShapes
{
    public static Origin Origin(XElement x) =>
        new()
        {
            Id = x.Text("Id"),
            DomainName = x.Text("DomainName"),
            OriginPath = x.Text("OriginPath"),
            ConnectionAttempts = x.Number("ConnectionAttempts"),
            ConnectionTimeout = x.Number("ConnectionTimeout"),
            OriginAccessControlId = x.Text("OriginAccessControlId"),
            CustomOriginConfig = x.Shape("CustomOriginConfig", CustomOriginConfig),
            S3OriginConfig = x.Shape(
                "S3OriginConfig",
                config => new S3OriginConfig { OriginAccessIdentity = config.Text("OriginAccessIdentity") }
            ),
            VpcOriginConfig = x.Shape(
                "VpcOriginConfig",
                config => new VpcOriginConfig
                {
                    VpcOriginId = config.Text("VpcOriginId"),
                    OwnerAccountId = config.Text("OwnerAccountId"),
                    OriginReadTimeout = config.Number("OriginReadTimeout"),
                }
            ),
        };

    public static OriginSslProtocols OriginSslProtocols(XElement x) =>
        new() { Quantity = x.Number("Quantity"), Items = x.Texts("Items", "SslProtocol") };

    public static OriginGroup OriginGroup(XElement x) =>
        new()
        {
            Id = x.Text("Id"),
            FailoverCriteria = x.Shape(
                "FailoverCriteria",
                criteria => new OriginGroupFailoverCriteria
                {
                    StatusCodes = criteria.Shape(
                        "StatusCodes",
                        codes => new StatusCodes
                        {
                            Quantity = codes.Number("Quantity"),
                            Items = codes.List("Items", "StatusCode", code => int.Parse(code.Value, CultureInfo.InvariantCulture)),
                        }
                    ),
                }
            ),
            Members = x.Shape(
                "Members",
                members => new OriginGroupMembers
                {
                    Quantity = members.Number("Quantity"),
                    Items = members.List(
                        "Items",
                        "OriginGroupMember",
                        member => new OriginGroupMember { OriginId = member.Text("OriginId") }
                    ),
                }
            ),
        };

    private static CustomOriginConfig CustomOriginConfig(XElement x) =>
        new()
        {
            HTTPPort = x.Number("HTTPPort"),
            HTTPSPort = x.Number("HTTPSPort"),
            IpAddressType = x.Text("IpAddressType"),
            OriginProtocolPolicy = x.Text("OriginProtocolPolicy"),
            OriginReadTimeout = x.Number("OriginReadTimeout"),
            OriginSslProtocols = x.Shape("OriginSslProtocols", OriginSslProtocols),
            OriginMtlsConfig = x.Shape(
                "OriginMtlsConfig",
                config => new OriginMtlsConfig { ClientCertificateArn = config.Text("ClientCertificateArn") }
            ),
        };
}
