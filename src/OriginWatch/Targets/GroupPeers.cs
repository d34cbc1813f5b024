using OriginWatch.Inventory;

namespace OriginWatch.Targets;

/// <summary>Another member of an origin group that an origin belongs to.</summary>
/// <param name="OriginGroupId">The group.</param>
/// <param name="Origin">The other member.</param>
/// <param name="OriginProtocolPolicy">Its policy in force; null for S3 and where it could not be read.</param>
public sealed record GroupPeer(string OriginGroupId, Origin Origin, OriginProtocolPolicy? OriginProtocolPolicy);

internal static class GroupPeers
{
    public static IReadOnlyList<GroupPeer> Of(
        Distribution distribution,
        Origin origin,
        IReadOnlyDictionary<string, VpcOriginEndpoint> vpcOrigins
    ) =>
        distribution.OriginGroups.Count == 0
            ? []
            :
            [
                .. from originGroup in distribution.OriginGroups
                where originGroup.MemberOriginIds.Contains(origin.Id, StringComparer.Ordinal)
                from member in originGroup.MemberOriginIds
                where member != origin.Id
                let peer = distribution.Origins.FirstOrDefault(other => other.Id == member)
                where peer is not null
                select new GroupPeer(originGroup.Id, peer, PolicyOf(peer, vpcOrigins)),
            ];

    private static OriginProtocolPolicy? PolicyOf(Origin origin, IReadOnlyDictionary<string, VpcOriginEndpoint> vpcOrigins) =>
        origin.CustomOriginConfig?.OriginProtocolPolicy
        ?? (origin.VpcOriginId is { } id ? vpcOrigins.GetValueOrDefault(id)?.OriginProtocolPolicy : null);
}
