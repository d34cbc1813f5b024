using System.Globalization;
using System.Text.Json;

namespace OriginWatch.Inventory.Saved;

/// <summary>
/// Writes distributions as <c>aws cloudfront list-distributions</c> prints them, as far as they are read here, so that the reader of such
/// files reads them back.
/// </summary>
internal static class ListingWriter
{
    public static void Write(Utf8JsonWriter json, IReadOnlyList<Distribution> distributions)
    {
        json.WriteStartObject();
        json.Object(
            "DistributionList",
            () =>
            {
                json.WriteBoolean("IsTruncated", false);
                json.WriteNumber("Quantity", distributions.Count);
                json.WriteStartArray("Items");
                foreach (var distribution in distributions)
                {
                    json.WriteStartObject();
                    WriteDistribution(json, distribution);
                    json.WriteEndObject();
                }

                json.WriteEndArray();
            }
        );
        json.WriteEndObject();
    }

    /// <summary>As <c>list-cache-policies</c> prints them: of what kind a policy is makes no difference to what it forwards.</summary>
    public static void Write(Utf8JsonWriter json, IReadOnlyCollection<HeaderPolicy> policies)
    {
        json.WriteStartObject();
        json.Objects(
            "CachePolicyList",
            policies,
            policy =>
                json.Object(
                    "CachePolicy",
                    () =>
                    {
                        json.WriteString("Id", policy.Id);
                        json.Object(
                            "CachePolicyConfig",
                            () =>
                            {
                                json.WriteString("Name", policy.Name);
                                json.Object(
                                    "ParametersInCacheKeyAndForwardedToOrigin",
                                    () =>
                                        json.Object(
                                            "HeadersConfig",
                                            () =>
                                            {
                                                json.WriteString("HeaderBehavior", policy.HeaderBehavior);
                                                json.Texts("Headers", policy.Headers);
                                            }
                                        )
                                );
                            }
                        );
                    }
                )
        );
        json.WriteEndObject();
    }

    private static void WriteDistribution(Utf8JsonWriter json, Distribution distribution)
    {
        json.WriteString("Id", distribution.Id);
        json.Text("ARN", distribution.Arn);
        json.WriteString("DomainName", distribution.DomainName);
        json.Text("Comment", distribution.Comment);
        json.WriteBoolean("Enabled", distribution.Enabled);
        json.WriteBoolean("Staging", distribution.Staging);
        json.WriteString("ConnectionMode", distribution.ConnectionMode.Value);
        json.Texts("Aliases", distribution.Aliases);
        json.Objects("Origins", distribution.Origins, origin => OriginWriter.Write(json, origin));
        json.Objects("OriginGroups", distribution.OriginGroups, group => Write(json, group));
        json.Object("DefaultCacheBehavior", () => BehaviorWriter.Write(json, distribution.DefaultCacheBehavior));
        json.Objects(
            "CacheBehaviors",
            distribution.CacheBehaviors,
            behavior =>
            {
                json.WriteString("PathPattern", behavior.PathPattern);
                BehaviorWriter.Write(json, behavior);
            }
        );
        json.Objects("CustomErrorResponses", distribution.CustomErrorResponses, response => Write(json, response));
        json.Text("WebACLId", distribution.WebAclId);
        json.Text("ContinuousDeploymentPolicyId", distribution.ContinuousDeploymentPolicyId);
        if (distribution.HasGeoRestriction)
        {
            json.Object("Restrictions", () => json.Object("GeoRestriction", () => json.WriteString("RestrictionType", "whitelist")));
        }

        if (distribution.RequiresViewerCertificate)
        {
            json.Object("ViewerMtlsConfig", () => json.WriteString("Mode", "required"));
        }

        if (distribution.TenantParameterDefaults is { } defaults)
        {
            json.Object("TenantConfig", () => Write(json, defaults));
        }
    }

    private static void Write(Utf8JsonWriter json, OriginGroup group)
    {
        json.WriteString("Id", group.Id);
        json.Objects("Members", group.MemberOriginIds, member => json.WriteString("OriginId", member));
        json.Object("FailoverCriteria", () => json.List("StatusCodes", group.StatusCodes, json.WriteNumberValue));
    }

    private static void Write(Utf8JsonWriter json, CustomErrorResponse response)
    {
        json.WriteNumber("ErrorCode", response.ErrorCode);
        json.Text("ResponseCode", response.ResponseCode?.ToString(CultureInfo.InvariantCulture));
        json.Text("ResponsePagePath", response.ResponsePagePath);
    }

    private static void Write(Utf8JsonWriter json, IReadOnlyDictionary<string, string> defaults)
    {
        json.WriteStartArray("ParameterDefinitions");
        foreach (var (name, value) in defaults)
        {
            json.WriteStartObject();
            json.WriteString("Name", name);
            json.Object("Definition", () => json.Object("StringSchema", () => json.WriteString("DefaultValue", value)));
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }
}
