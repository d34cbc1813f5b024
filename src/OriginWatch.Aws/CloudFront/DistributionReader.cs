using System.Globalization;
using OriginWatch.Inventory;
using Sdk = Amazon.CloudFront.Model;

namespace OriginWatch.Aws.CloudFront;

/// <summary>From the API's distributions to the inventory's.</summary>
internal static class DistributionReader
{
    public static Distribution Read(Sdk.DistributionSummary summary, WireRemarks remarks)
    {
        var id = Required.Text(summary.Id, "a distribution", "Id");
        var where = $"distribution {id}";
        var origins = Required.Shape(summary.Origins, where, "Origins");
        var distribution = new Distribution
        {
            Id = id,
            DomainName = Required.Text(summary.DomainName, where, "DomainName"),
            Arn = summary.ARN,
            Comment = summary.Comment,
            Aliases = CountedList.Items(summary.Aliases?.Items, summary.Aliases?.Quantity, $"aliases of {where}"),
            Enabled = summary.Enabled ?? true,
            Staging = summary.Staging ?? false,
            ConnectionMode = summary.ConnectionMode?.Value is { Length: > 0 } mode ? new(mode) : ConnectionMode.Direct,
            Origins = [.. CountedList.Items(origins.Items, origins.Quantity, $"origins of {where}").Select(origin => OriginReader.Read(origin, where, remarks))],
            OriginGroups = [.. CountedList.Items(summary.OriginGroups?.Items, summary.OriginGroups?.Quantity, $"origin groups of {where}").Select(group => Read(group, where))],
            DefaultCacheBehavior = BehaviorReader.Read(Required.Shape(summary.DefaultCacheBehavior, where, "DefaultCacheBehavior"), $"the default behaviour of {where}"),
            CacheBehaviors = [.. CountedList.Items(summary.CacheBehaviors?.Items, summary.CacheBehaviors?.Quantity, $"behaviours of {where}").Select(behavior => BehaviorReader.Read(behavior, $"behaviour {behavior.PathPattern} of {where}"))],
            CustomErrorResponses = [.. CountedList.Items(summary.CustomErrorResponses?.Items, summary.CustomErrorResponses?.Quantity, $"custom error responses of {where}").Select(Read)],
        };
        DistributionIntegrity.Ensure(distribution, $"CloudFront's answer, {where}", "Nothing was judged.");
        return distribution;
    }

    private static OriginGroup Read(Sdk.OriginGroup group, string where)
    {
        var id = Required.Text(group.Id, $"an origin group of {where}", "Id");
        var codes = group.FailoverCriteria?.StatusCodes;
        return new(
            id,
            [.. CountedList.Items(group.Members?.Items, group.Members?.Quantity, $"members of group {id} of {where}").Select(member => Required.Text(member.OriginId, $"a member of group {id} of {where}", "OriginId"))],
            CountedList.Items(codes?.Items, codes?.Quantity, $"failover status codes of group {id} of {where}"));
    }

    private static CustomErrorResponse Read(Sdk.CustomErrorResponse response) => new(
        response.ErrorCode ?? 0,
        int.TryParse(response.ResponseCode, NumberStyles.None, CultureInfo.InvariantCulture, out var code) ? code : null,
        string.IsNullOrEmpty(response.ResponsePagePath) ? null : response.ResponsePagePath);
}
