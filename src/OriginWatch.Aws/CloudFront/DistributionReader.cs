using OriginWatch.Inventory;
using Sdk = Amazon.CloudFront.Model;

namespace OriginWatch.Aws.CloudFront;

/// <summary>From the API's distributions to the inventory's.</summary>
internal static class DistributionReader
{
    public static Distribution Read(Sdk.DistributionSummary summary, InventoryRemarks remarks)
    {
        var source = new AnswerSource($"distribution {Required.Text(summary.Id, "a distribution", "Id")}", remarks);
        var origins = Required.Shape(summary.Origins, source.Where, "Origins");
        return DistributionBuilder.Build(
            new(source)
            {
                Id = summary.Id,
                DomainName = Required.Text(summary.DomainName, source.Where, "DomainName"),
                Arn = summary.ARN,
                Comment = summary.Comment,
                Aliases = source.Items(summary.Aliases?.Items, summary.Aliases?.Quantity, "aliases"),
                Enabled = summary.Enabled,
                Staging = summary.Staging,
                ConnectionMode = summary.ConnectionMode?.Value,
                Origins = [.. source.Items(origins.Items, origins.Quantity, "origins").Select(origin => OriginReader.Read(origin, source))],
                OriginGroups =
                [
                    .. source
                        .Items(summary.OriginGroups?.Items, summary.OriginGroups?.Quantity, "origin groups")
                        .Select(group => Read(group, source)),
                ],
                DefaultCacheBehavior = BehaviorReader.Read(
                    Required.Shape(summary.DefaultCacheBehavior, source.Where, "DefaultCacheBehavior"),
                    source
                ),
                CacheBehaviors =
                [
                    .. source
                        .Items(summary.CacheBehaviors?.Items, summary.CacheBehaviors?.Quantity, "behaviors")
                        .Select(behavior => BehaviorReader.Read(behavior, source)),
                ],
                CustomErrorResponses =
                [
                    .. source
                        .Items(summary.CustomErrorResponses?.Items, summary.CustomErrorResponses?.Quantity, "custom error responses")
                        .Select(response => new ErrorResponseDraft(
                            source.In("a custom error response"),
                            response.ErrorCode,
                            response.ResponseCode,
                            response.ResponsePagePath
                        )),
                ],
                WebAclId = summary.WebACLId,
                GeoRestrictionType = summary.Restrictions?.GeoRestriction?.RestrictionType?.Value,
                HasViewerMtls = summary.ViewerMtlsConfig is not null,
                ViewerMtlsMode = summary.ViewerMtlsConfig?.Mode?.Value,
            }
        );
    }

    private static OriginGroupDraft Read(Sdk.OriginGroup group, AnswerSource distribution)
    {
        var source = distribution.In($"group {group.Id}");
        var codes = group.FailoverCriteria?.StatusCodes;
        return new(
            source,
            group.Id,
            [.. source.Items(group.Members?.Items, group.Members?.Quantity, "members").Select(member => member.OriginId)],
            source.Items(codes?.Items, codes?.Quantity, "failover status codes")
        );
    }
}
