using OriginWatch.Targets;

namespace OriginWatch.Audit;

/// <summary>The origins that a run looks at, where it is not all of them. What it leaves out, it says nothing about.</summary>
public abstract record AuditScope
{
    private AuditScope() { }

    /// <summary>Why the run looks at a part, as one clause.</summary>
    public abstract string Reason { get; }

    public abstract bool Covers(string distributionId, string originId);

    /// <summary>The other members of an origin's groups belong to it: how severe its failure is depends on them.</summary>
    public bool Covers(PlannedOrigin planned)
    {
        ArgumentNullException.ThrowIfNull(planned);
        return Covers(planned.Distribution.Id, planned.Origin.Id)
            || planned.GroupPeers.Any(peer => Covers(planned.Distribution.Id, peer.Origin.Id));
    }

    /// <summary>What an earlier run left in doubt.</summary>
    /// <param name="Origins">By <see cref="OriginKey"/>.</param>
    public sealed record FollowUp(IReadOnlySet<string> Origins) : AuditScope
    {
        public override string Reason => "follow-up of what fails, was undetermined, or expires within 7 days";

        public override bool Covers(string distributionId, string originId) => Origins.Contains(OriginKey.Of(distributionId, originId));
    }

    /// <summary>Distributions that were changed.</summary>
    /// <param name="Ids">As the event named them; those that the account does not have are remarked upon.</param>
    public sealed record Distributions(IReadOnlySet<string> Ids) : AuditScope
    {
        public override string Reason => "check of changed distributions";

        public override bool Covers(string distributionId, string originId) => Ids.Contains(distributionId);
    }
}
