using System.Text.Json;
using OriginWatch.Targets;

namespace OriginWatch.Rules.Configuration;

/// <summary>One setting of an origin and the value that it should have, in the spelling of each tool.</summary>
internal sealed record Setting(string Member, string Json, string CloudFormation, string Terraform, string VpcTerraform)
{
    public static Setting HttpsOnly { get; } = Policy("https-only");

    public static Setting SslProtocols(params IReadOnlyList<string> names)
    {
        var list = string.Join(",", names.Select(name => $"\"{name}\""));
        return new(
            "OriginSslProtocols",
            $$"""{"Quantity":{{names.Count}},"Items":[{{list}}]}""",
            $"OriginSSLProtocols: [{string.Join(", ", names)}]",
            $"origin_ssl_protocols = [{list}]",
            $$"""origin_ssl_protocols { items = [{{list}}], quantity = {{names.Count}} }"""
        );
    }

    public static Setting HttpsPort(int port) =>
        new("HTTPSPort", $"{port}", $"HTTPSPort: {port}", $"https_port = {port}", $"https_port = {port}");

    private static Setting Policy(string policy) =>
        new(
            "OriginProtocolPolicy",
            $"\"{policy}\"",
            $"OriginProtocolPolicy: {policy}",
            $"origin_protocol_policy = \"{policy}\"",
            $"origin_protocol_policy = \"{policy}\""
        );
}

/// <summary>
/// Changes ready to run. Ids stand in them as JSON strings with everything but plain ASCII escaped, quotes included,
/// so that no id can end its argument and start a command of its own.
/// </summary>
internal static class Remedy
{
    /// <summary>Where CloudFront has words that this version does not know.</summary>
    public const string Update = "Update OriginWatch; until then look at the origin by hand.";

    /// <param name="use">The origin to change.</param>
    /// <param name="summary">The change as a sentence.</param>
    /// <param name="setting">What to set.</param>
    /// <param name="invalidate">True where objects in the cache came under the old setting and stay.</param>
    public static string Set(PlannedOrigin use, string summary, Setting setting, bool invalidate = false) =>
        use.Origin.CustomOriginConfig is null && use.Origin.VpcOriginId is { } vpcOriginId
            ? SetVpc(use.Distribution.Id, vpcOriginId, summary, setting, invalidate)
            : UpdateDistribution(
                use.Distribution.Id,
                summary,
                $"""jq --argjson origin {Json(use.Origin.Id)} '.DistributionConfig | (.Origins.Items[] | select(.Id == $origin) | .CustomOriginConfig.{setting.Member}) = {setting.Json}'""",
                $"Origins[].CustomOriginConfig.{setting.CloudFormation}",
                $"origin.custom_origin_config: {setting.Terraform}",
                invalidate
            );

    /// <summary>Sends viewers of the behaviors that reach the origin to HTTPS.</summary>
    public static string RedirectViewers(PlannedOrigin use, string summary)
    {
        var targets = string.Join(
            ",",
            use.Behaviors.Select(behavior => behavior.Behavior.TargetOriginId)
                .Distinct(StringComparer.Ordinal)
                .Select(id => $"\"{JsonEncodedText.Encode(id)}\"")
        );
        return UpdateDistribution(
            use.Distribution.Id,
            summary,
            $"""jq --argjson targets '[{targets}]' '.DistributionConfig | ((.DefaultCacheBehavior, .CacheBehaviors.Items[]?) | select(.ViewerProtocolPolicy == "allow-all" and IN(.TargetOriginId; $targets[])) | .ViewerProtocolPolicy) = "redirect-to-https"'""",
            "DefaultCacheBehavior or CacheBehaviors[].ViewerProtocolPolicy: redirect-to-https",
            "default_cache_behavior or ordered_cache_behavior: viewer_protocol_policy = \"redirect-to-https\"",
            invalidate: true
        );
    }

    private static string UpdateDistribution(
        string distributionId,
        string summary,
        string jq,
        string cloudFormation,
        string terraform,
        bool invalidate
    )
    {
        var id = Plain(distributionId, "DISTRIBUTION_ID");
        return Lines(
            summary,
            $"aws cloudfront get-distribution-config --id {id} > {id}.json",
            $"{jq} {id}.json > {id}-new.json",
            $"""aws cloudfront update-distribution --id {id} --if-match "$(jq -r .ETag {id}.json)" --distribution-config file://{id}-new.json""",
            invalidate ? Invalidate(id) : null,
            $"rm {id}.json {id}-new.json",
            $"CloudFormation, AWS::CloudFront::Distribution: DistributionConfig.{cloudFormation}",
            $"Terraform, aws_cloudfront_distribution: {terraform}"
        );
    }

    private static string SetVpc(string distributionId, string vpcOriginId, string summary, Setting setting, bool invalidate)
    {
        var id = Plain(vpcOriginId, "VPC_ORIGIN_ID");
        return Lines(
            summary,
            $"aws cloudfront get-vpc-origin --id {id} > {id}.json",
            $"jq '.VpcOrigin.VpcOriginEndpointConfig | .{setting.Member} = {setting.Json}' {id}.json > {id}-new.json",
            $"""aws cloudfront update-vpc-origin --id {id} --if-match "$(jq -r .ETag {id}.json)" --vpc-origin-endpoint-config file://{id}-new.json""",
            invalidate ? Invalidate(Plain(distributionId, "DISTRIBUTION_ID")) : null,
            $"rm {id}.json {id}-new.json",
            $"CloudFormation, AWS::CloudFront::VpcOrigin: VpcOriginEndpointConfig.{setting.CloudFormation}",
            $"Terraform, aws_cloudfront_vpc_origin: vpc_origin_endpoint_config.{setting.VpcTerraform}"
        );
    }

    /// <summary>The cache does not tell schemes apart: what was fetched over HTTP is served until it is invalidated.</summary>
    private static string Invalidate(string id) =>
        $"aws cloudfront wait distribution-deployed --id {id} && aws cloudfront create-invalidation --distribution-id {id} --paths '/*'";

    private static string Lines(params IEnumerable<string?> lines) => string.Join('\n', lines.OfType<string>());

    private static string Json(string text) => $"'\"{JsonEncodedText.Encode(text)}\"'";

    public static string Plain(string id, string placeholder) =>
        id.Length is > 0 and <= 64
        && char.IsAsciiLetterOrDigit(id[0])
        && id.All(character => char.IsAsciiLetterOrDigit(character) || character is '-' or '_')
            ? id
            : placeholder;
}
