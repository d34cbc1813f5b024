using OriginWatch.Inventory;
using OriginWatch.Targets;
using OriginWatch.Text;

namespace OriginWatch.Rules.Configuration;

internal sealed class OriginGroupMembersAgreeOnProtocol : OriginRule
{
    public override RuleMetadata Metadata { get; } =
        new()
        {
            Id = "OW108",
            Severity = Severity.Medium,
            Title = "Members of an origin group should use the same protocol policy",
            Fault = "Origin group members differ in protocol policy",
            Rationale = "On failover, requests that would have used HTTPS go over HTTP (unencrypted), unnoticed.",
            Remediation = "Give all members of the group the same OriginProtocolPolicy, https-only.",
            Reference = new("https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/high_availability_origin_failover.html"),
        };

    protected override Verdict Evaluate(Observation observation)
    {
        var use = observation.Planned;
        var peers = use
            .GroupPeers.Where(peer => use.Behaviors.Any(behavior => behavior.IsReached && behavior.OriginGroupId == peer.OriginGroupId))
            .ToList();
        if (peers.Count == 0)
        {
            return new Verdict.NotApplicable("no behavior reaches it through an origin group");
        }

        if (Strength(use.OriginProtocolPolicy, use.Origin) is not { } own)
        {
            return new Verdict.Undetermined("its own protocol policy is not known", IsConsequence: true);
        }

        return peers.Find(peer => Strength(peer.OriginProtocolPolicy, peer.Origin) > own) is { } better
            ? new Verdict.Fail(
                $"{Name(use.OriginProtocolPolicy)} here, but {Name(better.OriginProtocolPolicy)} for "
                    + $"{Quoted.Text(better.Origin.Id)} in the same group {Quoted.Text(better.OriginGroupId)}"
            )
            : new Verdict.Pass();
    }

    /// <summary>HTTP always, as the viewer does, never; null where the policy is not known. S3 follows the viewer.</summary>
    private static int? Strength(OriginProtocolPolicy? policy, Origin origin) =>
        policy?.Value switch
        {
            "http-only" => 0,
            "match-viewer" => 1,
            "https-only" => 2,
            null when origin is { IsS3: true, CustomOriginConfig: null } => 1,
            _ => null,
        };

    private static string Name(OriginProtocolPolicy? policy) => policy?.Value ?? "the viewer's scheme (S3)";
}
