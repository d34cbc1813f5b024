namespace OriginWatch.Inventory;

/// <summary>Behaviors and groups name origins by ids; where those are not known yet, it may not be known which origin is meant.</summary>
internal static class PendingTargets
{
    /// <returns>True, with a remark, where a distribution cannot be judged for that.</returns>
    public static bool AreHidden(DistributionDraft draft)
    {
        var known = draft
            .Origins.Select(origin => origin.Id)
            .Concat(draft.OriginGroups.Select(group => group.Id))
            .ToHashSet(StringComparer.Ordinal);
        var named = draft
            .CacheBehaviors.Append(draft.DefaultCacheBehavior)
            .Select(behavior => behavior?.TargetOriginId)
            .Concat(draft.OriginGroups.SelectMany(group => group.MemberOriginIds));
        if (named.FirstOrDefault(id => PendingText.Is(id) && !known.Contains(id)) is not { } hidden)
        {
            return false;
        }

        draft.Source.Remarks.Add(
            $"{draft.Id}: which origin a behavior or a group targets is not known yet ({hidden}), so none of its origins is evaluated."
        );
        return true;
    }
}
