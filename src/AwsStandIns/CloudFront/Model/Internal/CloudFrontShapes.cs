using System.Xml.Linq;
using AwsStandIns.Runtime;

namespace Amazon.CloudFront.Model.Internal;

/// <summary>From REST-XML to the model: distributions, tenants and policies.</summary>
internal static class CloudFrontShapes
{
    public static DistributionList DistributionList(XElement x) =>
        new()
        {
            Marker = x.Text("Marker"),
            NextMarker = x.Text("NextMarker"),
            IsTruncated = x.Flag("IsTruncated"),
            Quantity = x.Number("Quantity"),
            Items = x.List("Items", "DistributionSummary", DistributionSummary),
        };

    public static DistributionConfig DistributionConfig(XElement x) =>
        new()
        {
            TenantConfig = x.Shape(
                "TenantConfig",
                config => new TenantConfig
                {
                    ParameterDefinitions = config.List(
                        "ParameterDefinitions",
                        "member",
                        definition => new ParameterDefinition
                        {
                            Name = definition.Text("Name"),
                            Definition = definition.Shape(
                                "Definition",
                                schema => new ParameterDefinitionSchema
                                {
                                    StringSchema = schema.Shape(
                                        "StringSchema",
                                        text => new StringSchemaConfig { DefaultValue = text.Text("DefaultValue") }
                                    ),
                                }
                            ),
                        }
                    ),
                }
            ),
        };

    public static CachePolicy CachePolicy(XElement x) =>
        new()
        {
            Id = x.Text("Id"),
            CachePolicyConfig = x.Shape(
                "CachePolicyConfig",
                config => new CachePolicyConfig
                {
                    Name = config.Text("Name"),
                    ParametersInCacheKeyAndForwardedToOrigin = config.Shape(
                        "ParametersInCacheKeyAndForwardedToOrigin",
                        parameters => new ParametersInCacheKeyAndForwardedToOrigin
                        {
                            HeadersConfig = parameters.Shape(
                                "HeadersConfig",
                                headers => new CachePolicyHeadersConfig
                                {
                                    HeaderBehavior = headers.Text("HeaderBehavior"),
                                    Headers = headers.Shape("Headers", BehaviorShapes.Headers),
                                }
                            ),
                        }
                    ),
                }
            ),
        };

    public static OriginRequestPolicy OriginRequestPolicy(XElement x) =>
        new()
        {
            Id = x.Text("Id"),
            OriginRequestPolicyConfig = x.Shape(
                "OriginRequestPolicyConfig",
                config => new OriginRequestPolicyConfig
                {
                    Name = config.Text("Name"),
                    HeadersConfig = config.Shape(
                        "HeadersConfig",
                        headers => new OriginRequestPolicyHeadersConfig
                        {
                            HeaderBehavior = headers.Text("HeaderBehavior"),
                            Headers = headers.Shape("Headers", BehaviorShapes.Headers),
                        }
                    ),
                }
            ),
        };

    public static VpcOrigin VpcOrigin(XElement x) =>
        new()
        {
            Id = x.Text("Id"),
            VpcOriginEndpointConfig = x.Shape(
                "VpcOriginEndpointConfig",
                config => new VpcOriginEndpointConfig
                {
                    Arn = config.Text("Arn"),
                    HTTPPort = config.Number("HTTPPort"),
                    HTTPSPort = config.Number("HTTPSPort"),
                    OriginProtocolPolicy = config.Text("OriginProtocolPolicy"),
                    OriginSslProtocols = config.Shape("OriginSslProtocols", OriginShapes.OriginSslProtocols),
                }
            ),
        };

    public static DistributionTenantSummary DistributionTenantSummary(XElement x) =>
        new()
        {
            Id = x.Text("Id"),
            DistributionId = x.Text("DistributionId"),
            Enabled = x.Flag("Enabled"),
            Domains = x.List("Domains", "member", domain => new DomainResult { Domain = domain.Text("Domain") }),
        };

    public static DistributionTenant DistributionTenant(XElement x) =>
        new()
        {
            Id = x.Text("Id"),
            Parameters = x.List(
                "Parameters",
                "member",
                parameter => new Parameter { Name = parameter.Text("Name"), Value = parameter.Text("Value") }
            ),
        };

    private static DistributionSummary DistributionSummary(XElement x) =>
        new()
        {
            Id = x.Text("Id"),
            ARN = x.Text("ARN"),
            DomainName = x.Text("DomainName"),
            Comment = x.Text("Comment"),
            Enabled = x.Flag("Enabled"),
            Staging = x.Flag("Staging"),
            ConnectionMode = x.Text("ConnectionMode"),
            WebACLId = x.Text("WebACLId"),
            Restrictions = x.Shape(
                "Restrictions",
                restrictions => new Restrictions
                {
                    GeoRestriction = restrictions.Shape(
                        "GeoRestriction",
                        geo => new GeoRestriction { RestrictionType = geo.Text("RestrictionType") }
                    ),
                }
            ),
            ViewerMtlsConfig = x.Shape("ViewerMtlsConfig", config => new ViewerMtlsConfig { Mode = config.Text("Mode") }),
            Aliases = x.Shape(
                "Aliases",
                aliases => new Aliases { Quantity = aliases.Number("Quantity"), Items = aliases.Texts("Items", "CNAME") }
            ),
            Origins = x.Shape(
                "Origins",
                origins => new Origins
                {
                    Quantity = origins.Number("Quantity"),
                    Items = origins.List("Items", "Origin", OriginShapes.Origin),
                }
            ),
            OriginGroups = x.Shape(
                "OriginGroups",
                groups => new OriginGroups
                {
                    Quantity = groups.Number("Quantity"),
                    Items = groups.List("Items", "OriginGroup", OriginShapes.OriginGroup),
                }
            ),
            DefaultCacheBehavior = x.Shape("DefaultCacheBehavior", BehaviorShapes.DefaultCacheBehavior),
            CacheBehaviors = x.Shape(
                "CacheBehaviors",
                behaviors => new CacheBehaviors
                {
                    Quantity = behaviors.Number("Quantity"),
                    Items = behaviors.List("Items", "CacheBehavior", BehaviorShapes.CacheBehavior),
                }
            ),
            CustomErrorResponses = x.Shape(
                "CustomErrorResponses",
                responses => new CustomErrorResponses
                {
                    Quantity = responses.Number("Quantity"),
                    Items = responses.List(
                        "Items",
                        "CustomErrorResponse",
                        response => new CustomErrorResponse
                        {
                            ErrorCode = response.Number("ErrorCode"),
                            ResponseCode = response.Text("ResponseCode"),
                            ResponsePagePath = response.Text("ResponsePagePath"),
                        }
                    ),
                }
            ),
        };
}
