using System.Text.Json.Nodes;
using OriginWatch.Tests.Inventory.Terraform;

namespace OriginWatch.Tests;

/// <summary>What <c>terraform show -json</c> prints, small enough to read and open to changes.</summary>
internal static class TerraformJson
{
    public const string Address = "aws_cloudfront_distribution.site";

    public static JsonObject Values(params JsonNode[] origins) =>
        new()
        {
            ["aliases"] = new JsonArray("www.example.com"),
            ["comment"] = "shop",
            ["enabled"] = true,
            ["staging"] = false,
            ["origin"] = new JsonArray(origins.Length > 0 ? origins : [Origin()]),
            ["origin_group"] = new JsonArray(),
            ["default_cache_behavior"] = new JsonArray(Behavior()),
            ["ordered_cache_behavior"] = new JsonArray(),
            ["custom_error_response"] = new JsonArray(),
        };

    public static JsonObject Origin(string id = "app", string? domainName = "app.example.com") =>
        new()
        {
            ["origin_id"] = id,
            ["domain_name"] = domainName,
            ["origin_path"] = "",
            ["connection_attempts"] = 2,
            ["connection_timeout"] = 4,
            ["origin_access_control_id"] = "",
            ["custom_header"] = new JsonArray(new JsonObject { ["name"] = "X-Origin-Key", ["value"] = "the-secret-value" }),
            ["custom_origin_config"] = new JsonArray(
                new JsonObject
                {
                    ["http_port"] = 80,
                    ["https_port"] = 443,
                    ["origin_protocol_policy"] = "https-only",
                    ["origin_ssl_protocols"] = new JsonArray("TLSv1.2"),
                    ["origin_read_timeout"] = 30,
                    ["origin_keepalive_timeout"] = 5,
                }
            ),
            ["s3_origin_config"] = new JsonArray(),
            ["origin_shield"] = new JsonArray(),
            ["vpc_origin_config"] = new JsonArray(),
        };

    public static JsonObject Behavior(string target = "app", string? pathPattern = null)
    {
        var behavior = new JsonObject
        {
            ["target_origin_id"] = target,
            ["viewer_protocol_policy"] = "redirect-to-https",
            ["cache_policy_id"] = "658327ea-f89d-4fab-a63d-7e88639e58f6",
            ["origin_request_policy_id"] = "",
            ["forwarded_values"] = new JsonArray(),
            ["function_association"] = new JsonArray(),
            ["lambda_function_association"] = new JsonArray(),
        };
        if (pathPattern is not null)
        {
            behavior["path_pattern"] = pathPattern;
        }

        return behavior;
    }

    public static JsonObject Resource(JsonObject values, string address = Address, JsonNode? sensitive = null)
    {
        var parts = address.Split('.');
        return new()
        {
            ["address"] = address,
            ["mode"] = "managed",
            ["type"] = parts[^2],
            ["name"] = parts[^1].Split('[')[0],
            ["provider_name"] = "registry.terraform.io/hashicorp/aws",
            ["schema_version"] = 1,
            ["values"] = values,
            ["sensitive_values"] = sensitive ?? new JsonObject(),
        };
    }

    public static JsonObject Plan(params JsonNode[] resources) =>
        new()
        {
            ["format_version"] = "1.2",
            ["terraform_version"] = "1.12.0",
            ["applyable"] = true,
            ["complete"] = true,
            ["errored"] = false,
            ["planned_values"] = new JsonObject { ["root_module"] = new JsonObject { ["resources"] = new JsonArray(resources) } },
            ["resource_changes"] = new JsonArray(),
        };

    public static JsonObject State(params JsonNode[] resources) =>
        new()
        {
            ["format_version"] = "1.0",
            ["terraform_version"] = "1.12.0",
            ["values"] = new JsonObject { ["root_module"] = new JsonObject { ["resources"] = new JsonArray(resources) } },
        };

    /// <summary>What the plan will do to a resource, and what is unknown until then.</summary>
    public static JsonObject Change(this JsonObject plan, string address, string action, string unknown = "{}")
    {
        plan["resource_changes"]!
            .AsArray()
            .Add(
                (JsonNode)
                    new JsonObject
                    {
                        ["address"] = address,
                        ["change"] = new JsonObject { ["actions"] = new JsonArray(action), ["after_unknown"] = JsonNode.Parse(unknown) },
                    }
            );
        return plan;
    }

    /// <summary>The expressions of the root module's resources, by type and name.</summary>
    public static JsonObject Configure(this JsonObject plan, string configuration)
    {
        plan["configuration"] = JsonNode.Parse(configuration);
        return plan;
    }
}
