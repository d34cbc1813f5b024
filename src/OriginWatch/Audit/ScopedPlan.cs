using OriginWatch.Inventory;
using OriginWatch.Targets;

namespace OriginWatch.Audit;

/// <summary>A plan without what the run does not look at.</summary>
internal static class ScopedPlan
{
    public static AuditPlan Of(AuditPlan plan, AuditScope? scope)
    {
        if (scope is null)
        {
            return plan;
        }

        var covered = plan.Origins.Where(scope.Covers).ToList();
        return new(covered, [.. covered.SelectMany(origin => origin.Names).Select(name => name.Target).Distinct()])
        {
            HttpTargets = [.. covered.SelectMany(origin => origin.HttpTargets).Distinct()],
        };
    }

    /// <summary>What the report says of it, one sentence each.</summary>
    public static IEnumerable<string> Remarks(AuditScope? scope, Listing listing, AuditPlan plan)
    {
        if (scope is null)
        {
            yield break;
        }

        var all = listing.Distributions.Sum(distribution => distribution.Origins.Count);
        yield return $"This run was a {scope.Reason}: it looked at {plan.Origins.Count} of {all} origins and says nothing "
            + "about the others.";
        if (scope is AuditScope.Distributions(var ids))
        {
            foreach (
                var id in ids.Where(id => listing.Distributions.All(distribution => distribution.Id != id)).Order(StringComparer.Ordinal)
            )
            {
                yield return $"{id} is no distribution of this account, so the event that named it was ignored.";
            }
        }
    }
}
