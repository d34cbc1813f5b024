using System.Globalization;
using OriginWatch.Text;

namespace OriginWatch.Inventory;

/// <summary>Reads CloudFront's <c>DistributionSummary</c>, or the same members out of a <c>DistributionConfig</c>.</summary>
internal static class DistributionReader
{
    /// <summary>An item of <c>list-distributions</c>.</summary>
    public static Distribution ReadSummary(WireObject wire) =>
        Read(wire, wire.Text("Id"), wire.Text("DomainName"), wire.OptionalText("ARN"));

    /// <summary>The configuration, with the identity that stands elsewhere.</summary>
    public static Distribution Read(WireObject config, string id, string domainName, string? arn)
    {
        config.ReportUnknown("Distribution", KnownMembers.Distribution);
        return DistributionBuilder.Build(
            new(config)
            {
                Id = id,
                DomainName = domainName,
                Arn = arn,
                Comment = config.OptionalText("Comment"),
                Aliases = config.Texts("Aliases"),
                Enabled = config.OptionalFlag("Enabled"),
                Staging = config.OptionalFlag("Staging"),
                ConnectionMode = config.OptionalText("ConnectionMode"),
                Origins = [.. config.Objects("Origins").Select(OriginReader.Read)],
                OriginGroups = [.. config.Objects("OriginGroups").Select(ReadGroup)],
                DefaultCacheBehavior = BehaviorReader.Read(config.Object("DefaultCacheBehavior")),
                CacheBehaviors = [.. config.Objects("CacheBehaviors").Select(BehaviorReader.Read)],
                CustomErrorResponses = [.. config.Objects("CustomErrorResponses").Select(ReadErrorResponse)],
                WebAclId = config.OptionalText("WebACLId"),
                GeoRestrictionType = config
                    .OptionalObject("Restrictions")
                    ?.OptionalObject("GeoRestriction")
                    ?.OptionalText("RestrictionType"),
                HasViewerMtls = config.OptionalObject("ViewerMtlsConfig") is not null,
                ViewerMtlsMode = config.OptionalObject("ViewerMtlsConfig")?.OptionalText("Mode"),
                ContinuousDeploymentPolicyId = config.OptionalText("ContinuousDeploymentPolicyId"),
                TenantParameterDefaults = config.OptionalObject("TenantConfig") is { } tenants ? ReadDefaults(tenants) : null,
            }
        );
    }

    private static OriginGroupDraft ReadGroup(WireObject wire)
    {
        wire.ReportUnknown("OriginGroup", KnownMembers.OriginGroup);
        return new(
            wire,
            wire.OptionalText("Id"),
            [.. wire.Objects("Members").Select(member => member.OptionalText("OriginId"))],
            wire.OptionalObject("FailoverCriteria")?.Numbers("StatusCodes") ?? []
        );
    }

    private static ErrorResponseDraft ReadErrorResponse(WireObject wire) =>
        new(wire, wire.OptionalNumber("ErrorCode"), wire.OptionalText("ResponseCode"), wire.OptionalText("ResponsePagePath"));

    private static IReadOnlyDictionary<string, string> ReadDefaults(WireObject tenants) =>
        DistributionBuilder.ParameterDefaults(
            tenants
                .Array("ParameterDefinitions")
                .Select(definition =>
                    (
                        definition.OptionalText("Name"),
                        definition.OptionalObject("Definition")?.OptionalObject("StringSchema")?.OptionalText("DefaultValue")
                    )
                )
        );
}
