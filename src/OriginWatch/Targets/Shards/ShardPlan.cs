namespace OriginWatch.Targets.Shards;

/// <summary>The targets of a plan with what the probe step must know of each.</summary>
public static class ShardPlan
{
    /// <param name="plan">Over all accounts.</param>
    /// <param name="answeredBefore">Whether an earlier run evaluated an origin.</param>
    public static IReadOnlyList<ShardTarget> Of(AuditPlan plan, Func<PlannedOrigin, bool> answeredBefore)
    {
        ArgumentNullException.ThrowIfNull(plan);
        var known = plan.Origins.Where(answeredBefore).SelectMany(origin => origin.Names.Select(name => name.Target)).ToHashSet();
        return
        [
            .. plan.Targets.Select(target => new ShardTarget(target, known.Contains(target))),
            .. plan.HttpTargets.Select(target => new ShardTarget(target, AnsweredBefore: false)),
        ];
    }
}
