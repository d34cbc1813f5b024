namespace OriginWatch.Inventory.Terraform;

/// <summary>Reads a resource <c>aws_cloudfront_distribution</c>. <c>custom_header</c> is never looked into: its values are secrets, and
/// unencrypted in a plan.</summary>
internal static class TerraformDistribution
{
    public static DistributionDraft Read(TerraformResource resource, TerraformLookUps lookUps)
    {
        var block = resource.Block;
        return new(block)
        {
            Id = resource.Address,
            DomainName = block.KnownText("domain_name") ?? "",
            Arn = block.KnownText("arn"),
            Comment = block.KnownText("comment"),
            Aliases = block.Texts("aliases"),
            Enabled = block.Flag("enabled"),
            Staging = block.Flag("staging"),
            WebAclId = block.Text("web_acl_id"),
            GeoRestrictionType = block.Block("restrictions")?.Block("geo_restriction")?.KnownText("restriction_type"),
            HasViewerMtls = block.Block("viewer_mtls_config") is not null,
            ViewerMtlsMode = block.Block("viewer_mtls_config")?.KnownText("mode"),
            ContinuousDeploymentPolicyId = block.Text("continuous_deployment_policy_id"),
            IsDeployed = resource.IsUnchanged,
            Origins = [.. block.Blocks("origin", "origin_id").Select(origin => ReadOrigin(origin, lookUps))],
            OriginGroups = [.. block.Blocks("origin_group", "origin_id").Select(ReadGroup)],
            DefaultCacheBehavior = block.Block("default_cache_behavior") is { } behavior ? ReadBehavior(behavior, lookUps) : null,
            CacheBehaviors = [.. block.Blocks("ordered_cache_behavior").Select(behavior => ReadBehavior(behavior, lookUps))],
            CustomErrorResponses =
            [
                .. block
                    .Blocks("custom_error_response")
                    .Select(response => new ErrorResponseDraft(
                        response,
                        response.Number("error_code"),
                        ResponseCode(response),
                        response.KnownText("response_page_path")
                    )),
            ],
        };
    }

    private static OriginDraft ReadOrigin(TerraformBlock origin, TerraformLookUps lookUps)
    {
        var custom = origin.Block("custom_origin_config");
        var vpc = origin.Block("vpc_origin_config");
        return new(origin)
        {
            Id = origin.Text("origin_id"),
            DomainName = origin.Text("domain_name"),
            OriginPath = origin.KnownText("origin_path"),
            ConnectionAttempts = origin.Number("connection_attempts"),
            ConnectionTimeout = origin.Number("connection_timeout"),
            ReadTimeout = (custom ?? vpc)?.Number("origin_read_timeout"),
            Custom = custom is null ? null : ReadCustom(custom),
            IsVpc = vpc is not null,
            VpcOriginId = vpc is null ? null : lookUps.Id(vpc, "vpc_origin_id"),
            IsS3 = origin.Block("s3_origin_config") is not null || (custom is null && vpc is null && IsBucket(origin)),
            OriginAccessControlId = origin.Text("origin_access_control_id"),
            NotKnownYet = PendingText.Reason(
                (origin, "domain_name", "domain name"),
                (origin, "custom_origin_config", "way of connecting"),
                (custom, "origin_protocol_policy", "protocol policy"),
                (custom, "https_port", "HTTPS port"),
                (custom, "http_port", "HTTP port"),
                (custom, "origin_ssl_protocols", "list of TLS versions")
            ),
        };
    }

    /// <summary>With an origin access control a bucket needs no <c>s3_origin_config</c>; the provider tells it by its domain name, or it is
    /// not known yet.</summary>
    private static bool IsBucket(TerraformBlock origin) =>
        origin.Text("origin_access_control_id") is { Length: > 0 }
        || (origin.KnownText("domain_name") is { } name && name.Contains(".s3.", StringComparison.Ordinal))
        || origin.References("domain_name").Any(reference => reference.StartsWith("aws_s3_bucket.", StringComparison.Ordinal));

    private static CustomOriginDraft ReadCustom(TerraformBlock custom) =>
        new(custom)
        {
            HttpPort = custom.Number("http_port"),
            HttpsPort = custom.Number("https_port"),
            OriginProtocolPolicy = custom.Text("origin_protocol_policy"),
            OriginSslProtocols = custom.Texts("origin_ssl_protocols"),
            IpAddressType = custom.KnownText("ip_address_type"),
            HasOriginMtls = custom.Block("origin_mtls_config") is not null,
            ClientCertificateArn = custom.Block("origin_mtls_config")?.Text("client_certificate_arn"),
        };

    private static OriginGroupDraft ReadGroup(TerraformBlock group) =>
        new(
            group,
            group.Text("origin_id"),
            [.. group.Blocks("member").Select(member => member.Text("origin_id"))],
            [
                .. group
                    .Block("failover_criteria")
                    ?.Texts("status_codes")
                    .Where(code => !PendingText.Is(code))
                    .Select(TerraformLookUps.Code)
                    ?? [],
            ]
        );

    private static BehaviorDraft ReadBehavior(TerraformBlock behavior, TerraformLookUps lookUps) =>
        new(behavior)
        {
            PathPattern = behavior.Text("path_pattern"),
            TargetOriginId = behavior.Text("target_origin_id"),
            ViewerProtocolPolicy = behavior.Text("viewer_protocol_policy"),
            CachePolicyId = lookUps.Id(behavior, "cache_policy_id"),
            OriginRequestPolicyId = lookUps.Id(behavior, "origin_request_policy_id"),
            ForwardedHeaders = behavior.Block("forwarded_values")?.Texts("headers"),
            IsSigned = behavior.Texts("trusted_signers").Count > 0 || behavior.Texts("trusted_key_groups").Count > 0,
            GrpcEnabled = behavior.Block("grpc_config")?.Flag("enabled"),
            Functions =
            [
                .. behavior
                    .Blocks("function_association")
                    .Select(function => new FunctionDraft(function, function.Text("event_type"), function.Text("function_arn"))),
                .. behavior
                    .Blocks("lambda_function_association")
                    .Select(function => new FunctionDraft(function, function.Text("event_type"), function.Text("lambda_arn"))),
            ],
        };

    /// <summary>Terraform writes 0 where the code is passed on as it is.</summary>
    private static string? ResponseCode(TerraformBlock response) =>
        response.KnownText("response_code") is { } code && code != "0" ? code : null;
}
