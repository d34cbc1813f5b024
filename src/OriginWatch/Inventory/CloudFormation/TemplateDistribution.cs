using System.Globalization;

namespace OriginWatch.Inventory.CloudFormation;

/// <summary>
/// Reads a resource <c>AWS::CloudFront::Distribution</c>: CloudFront's words, but plain lists, <c>OriginSSLProtocols</c>, and the parts of
/// old templates
/// (https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-properties-cloudfront-distribution-distributionconfig.html).
/// <c>OriginCustomHeaders</c> is never looked into: its values are secrets.
/// </summary>
internal static class TemplateDistribution
{
    public static DistributionDraft Read(string logicalId, TemplateBlock config) =>
        new(config)
        {
            Id = logicalId,
            DomainName = "",
            Comment = config.KnownText("Comment"),
            Aliases = [.. config.Texts("Aliases"), .. config.Texts("CNAMEs")],
            Enabled = config.Flag("Enabled"),
            Staging = config.Flag("Staging"),
            ConnectionMode = config.KnownText("ConnectionMode"),
            WebAclId = config.Text("WebACLId"),
            GeoRestrictionType = config.Block("Restrictions")?.Block("GeoRestriction")?.KnownText("RestrictionType"),
            HasViewerMtls = config.Block("ViewerMtlsConfig") is not null,
            ViewerMtlsMode = config.Block("ViewerMtlsConfig")?.KnownText("Mode"),
            ContinuousDeploymentPolicyId = config.Text("ContinuousDeploymentPolicyId"),
            IsDeployed = false,
            Origins = [.. config.Blocks("Origins").Select(ReadOrigin), .. Legacy(config)],
            OriginGroups = [.. config.Blocks("OriginGroups").Select(ReadGroup)],
            DefaultCacheBehavior = config.Block("DefaultCacheBehavior") is { } behavior ? ReadBehavior(behavior) : null,
            CacheBehaviors = [.. config.Blocks("CacheBehaviors").Select(ReadBehavior)],
            CustomErrorResponses =
            [
                .. config
                    .Blocks("CustomErrorResponses")
                    .Select(response => new ErrorResponseDraft(
                        response,
                        response.Number("ErrorCode"),
                        response.KnownText("ResponseCode"),
                        response.KnownText("ResponsePagePath")
                    )),
            ],
            TenantParameterDefaults = config.Block("TenantConfig") is { } tenants
                ? DistributionBuilder.ParameterDefaults(
                    tenants
                        .Blocks("ParameterDefinitions")
                        .Select(definition =>
                            (definition.KnownText("Name"), definition.Block("Definition")?.Block("StringSchema")?.KnownText("DefaultValue"))
                        )
                )
                : null,
        };

    public static DistributionTenant ReadTenant(TemplateResource resource) =>
        new(
            resource.LogicalId,
            TemplatePolicies.LogicalId(resource.Properties.Text("DistributionId")) ?? "",
            resource.Properties.Flag("Enabled") ?? true,
            [.. resource.Properties.Texts("Domains").Where(domain => !PendingText.Is(domain))],
            resource
                .Properties.Blocks("Parameters")
                .Select(parameter => (Name: parameter.KnownText("Name"), Value: parameter.KnownText("Value")))
                .Where(parameter => parameter is { Name: not null, Value: not null })
                .DistinctBy(parameter => parameter.Name, StringComparer.Ordinal)
                .ToDictionary(parameter => parameter.Name!, parameter => parameter.Value!, StringComparer.Ordinal)
        );

    private static OriginDraft ReadOrigin(TemplateBlock origin)
    {
        var custom = origin.Block("CustomOriginConfig");
        var vpc = origin.Block("VpcOriginConfig");
        return new(origin)
        {
            Id = origin.Text("Id"),
            DomainName = origin.Text("DomainName"),
            OriginPath = origin.KnownText("OriginPath"),
            ConnectionAttempts = origin.Number("ConnectionAttempts"),
            ConnectionTimeout = origin.Number("ConnectionTimeout"),
            ReadTimeout = (custom ?? vpc)?.Number("OriginReadTimeout"),
            Custom = custom is null ? null : ReadCustom(custom),
            IsVpc = vpc is not null,
            VpcOriginId = TemplatePolicies.LogicalId(vpc?.Text("VpcOriginId")),
            IsS3 = origin.Has("S3OriginConfig") && custom is null,
            OriginAccessControlId = origin.Text("OriginAccessControlId"),
            NotKnownYet = PendingText.Reason(
                (origin, "DomainName", "domain name"),
                (origin, "CustomOriginConfig", "way of connecting"),
                (custom, "OriginProtocolPolicy", "protocol policy"),
                (custom, "HTTPSPort", "HTTPS port"),
                (custom, "HTTPPort", "HTTP port"),
                (custom, "OriginSSLProtocols", "list of TLS versions")
            ),
        };
    }

    private static CustomOriginDraft ReadCustom(TemplateBlock custom) =>
        new(custom)
        {
            HttpPort = custom.Number("HTTPPort"),
            HttpsPort = custom.Number("HTTPSPort"),
            OriginProtocolPolicy = custom.Text("OriginProtocolPolicy"),
            OriginSslProtocols = TemplatePolicies.Protocols(custom),
            IpAddressType = custom.KnownText("IpAddressType"),
            HasOriginMtls = custom.Has("OriginMtlsConfig"),
            ClientCertificateArn = custom.Block("OriginMtlsConfig")?.Text("ClientCertificateArn"),
        };

    /// <summary>The one origin of a template of the first years, which has no id: behaviors name it by its DNS name.</summary>
    private static IEnumerable<OriginDraft> Legacy(TemplateBlock config)
    {
        if (config.Block("CustomOrigin") is { } custom)
        {
            yield return new(custom)
            {
                Id = LegacyId(config, custom),
                DomainName = custom.Text("DNSName"),
                Custom = ReadCustom(custom),
                NotKnownYet = PendingText.Reason(
                    (custom, "DNSName", "domain name"),
                    (custom, "OriginProtocolPolicy", "protocol policy"),
                    (custom, "HTTPSPort", "HTTPS port"),
                    (custom, "HTTPPort", "HTTP port"),
                    (custom, "OriginSSLProtocols", "list of TLS versions")
                ),
            };
        }

        if (config.Block("S3Origin") is { } bucket)
        {
            yield return new(bucket)
            {
                Id = LegacyId(config, bucket),
                DomainName = bucket.Text("DNSName"),
                IsS3 = true,
            };
        }
    }

    /// <summary>A distribution with one legacy origin alone can mean no other one.</summary>
    private static string? LegacyId(TemplateBlock config, TemplateBlock origin) =>
        config.Has("Origins") || (config.Has("CustomOrigin") && config.Has("S3Origin"))
            ? origin.Text("DNSName")
            : config.Block("DefaultCacheBehavior")?.Text("TargetOriginId");

    private static OriginGroupDraft ReadGroup(TemplateBlock group) =>
        new(
            group,
            group.Text("Id"),
            [.. group.Blocks("Members").Select(member => member.Text("OriginId"))],
            [
                .. group
                    .Block("FailoverCriteria")
                    ?.Texts("StatusCodes")
                    .Select(code => int.TryParse(code, CultureInfo.InvariantCulture, out var number) ? number : 0)
                    .Where(code => code > 0)
                    ?? [],
            ]
        );

    private static BehaviorDraft ReadBehavior(TemplateBlock behavior) =>
        new(behavior)
        {
            PathPattern = behavior.Text("PathPattern"),
            TargetOriginId = behavior.Text("TargetOriginId"),
            ViewerProtocolPolicy = behavior.Text("ViewerProtocolPolicy"),
            CachePolicyId = TemplatePolicies.LogicalId(behavior.Text("CachePolicyId")),
            OriginRequestPolicyId = TemplatePolicies.LogicalId(behavior.Text("OriginRequestPolicyId")),
            ForwardedHeaders = behavior.Block("ForwardedValues")?.Texts("Headers"),
            IsSigned = behavior.Texts("TrustedSigners").Count > 0 || behavior.Texts("TrustedKeyGroups").Count > 0,
            GrpcEnabled = behavior.Block("GrpcConfig")?.Flag("Enabled"),
            Functions =
            [
                .. behavior
                    .Blocks("FunctionAssociations")
                    .Select(function => new FunctionDraft(function, function.Text("EventType"), function.Text("FunctionARN"))),
                .. behavior
                    .Blocks("LambdaFunctionAssociations")
                    .Select(function => new FunctionDraft(function, function.Text("EventType"), function.Text("LambdaFunctionARN"))),
            ],
        };
}
