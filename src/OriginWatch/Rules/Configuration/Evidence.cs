using OriginWatch.Inventory;
using OriginWatch.Targets;
using OriginWatch.Text;

namespace OriginWatch.Rules.Configuration;

/// <summary>Behaviors and origins as a verdict's detail names them.</summary>
internal static class Evidence
{
    private const int MaxNamed = 5;

    public static string Names(IEnumerable<string> names)
    {
        var all = names.Distinct(StringComparer.Ordinal).ToList();
        return all.Count <= MaxNamed ? string.Join(", ", all) : $"{string.Join(", ", all.Take(MaxNamed))} and {all.Count - MaxNamed} more";
    }

    public static string Behaviors(PlannedOrigin use, IEnumerable<BehaviorUse> behaviors) =>
        Names(behaviors.Select(behavior => Behavior(use.Distribution, behavior)));

    public static string Behavior(Distribution distribution, BehaviorUse use) =>
        ReferenceEquals(use.Behavior, distribution.DefaultCacheBehavior) ? "the default behavior" : Quoted.Text(use.Behavior.PathPattern);
}
