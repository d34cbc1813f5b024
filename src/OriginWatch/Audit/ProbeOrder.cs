using OriginWatch.Probing;
using OriginWatch.Rules;
using OriginWatch.Targets;

namespace OriginWatch.Audit;

/// <summary>In which order a run looks at its targets.</summary>
internal static class ProbeOrder
{
    /// <summary>
    /// First what the last run got no verdict for: who is silent again is waited for longest, and the others are looked at meanwhile. No
    /// more of them than may wait in silence beside other connections. Then what was rejected, because it is looked at twice, some
    /// time apart. The rest, and all of a first run, in the listing's order.
    /// </summary>
    public static IReadOnlyList<ConnectTarget> Of(AuditPlan plan, AuditOptions options)
    {
        List<ConnectTarget> targets = [.. plan.Targets, .. plan.HttpTargets];
        if (LastRun(options) is not { } last)
        {
            return targets;
        }

        var answered = Targets(plan, options, outcome => IsVerdict(outcome) && outcome.JudgedAt >= last);
        var rejected = Targets(plan, options, outcome => outcome.Verdict == OriginVerdict.Rejects);
        var silent = targets.Where(target => !answered.Contains(target)).Take(ProbeLimits.InSilence(options.Concurrency)).ToHashSet();
        return
        [
            .. targets.OrderBy(target =>
                silent.Contains(target) ? 0
                : rejected.Contains(target) ? 1
                : 2
            ),
        ];
    }

    /// <summary>When most outcomes were judged, since a run between two nights judges a few origins anew; null where nothing was
    /// judged.</summary>
    private static DateTimeOffset? LastRun(AuditOptions options) =>
        options
            .Prior.Values.Where(IsVerdict)
            .CountBy(outcome => outcome.JudgedAt)
            .OrderByDescending(run => run.Value)
            .ThenByDescending(run => run.Key)
            .Select(run => (DateTimeOffset?)run.Key)
            .FirstOrDefault();

    private static bool IsVerdict(PriorOutcome outcome) => outcome.Verdict is OriginVerdict.Accepts or OriginVerdict.Rejects;

    private static HashSet<ConnectTarget> Targets(AuditPlan plan, AuditOptions options, Predicate<PriorOutcome> was) =>
        [
            .. plan
                .Origins.Where(origin => options.Prior.TryGetValue(OriginKey.Of(origin), out var outcome) && was(outcome))
                .SelectMany(origin =>
                    origin.Names.Select<PlannedName, ConnectTarget>(name => name.Target).Concat<ConnectTarget>(origin.HttpTargets)
                ),
        ];
}
