using OriginWatch.Audit;
using OriginWatch.Inventory;
using OriginWatch.Rules;
using OriginWatch.Targets;

namespace OriginWatch.Reporting.SecurityHub;

/// <summary>A finding of the baseline that is over.</summary>
/// <param name="Key">As the baseline spells it.</param>
/// <param name="DistributionId">Of the key.</param>
/// <param name="OriginId">Of the key.</param>
/// <param name="RuleId">Of the key.</param>
/// <param name="Because">Why, as one clause.</param>
/// <param name="IsGone">True where what it was about no longer exists; false where it passes.</param>
internal sealed record AsffResolved(string Key, string DistributionId, string OriginId, string RuleId, string Because, bool IsGone)
{
    /// <summary>What was not judged is not resolved; what is not in a report that leaves distributions out is not gone.</summary>
    public static IEnumerable<AsffResolved> Of(AuditReport report, string account, ReportOptions options)
    {
        var open = report.Findings.Select(finding => finding.Key).ToHashSet(StringComparer.Ordinal);
        var origins = report.Origins.ToDictionary(origin => OriginKey.Of(origin.Planned), StringComparer.Ordinal);
        var distributions = report.Origins.Select(origin => origin.Planned.Distribution.Id).ToHashSet(StringComparer.Ordinal);
        return ((IEnumerable<string>?)options.Baseline ?? [])
            .Select(key => key.Split('\n')[0])
            .Where(key => !open.Contains(key))
            .Distinct(StringComparer.Ordinal)
            .Order(StringComparer.Ordinal)
            .Select(key => FindingKey.Parse(key, account) is { } parts ? Of(parts, origins, distributions, options) : null)
            .OfType<AsffResolved>();
    }

    private static AsffResolved? Of(
        FindingKey key,
        Dictionary<string, OriginReport> origins,
        HashSet<string> distributions,
        ReportOptions options
    )
    {
        if (!origins.TryGetValue($"{key.DistributionId}/{key.OriginId}", out var origin))
        {
            return distributions.Contains(key.DistributionId) ? Gone(key, "the origin was removed")
                : options.LeavesDistributionsOut ? null
                : Gone(key, "the distribution was deleted");
        }

        if (key.Target is { } target && IsNoLongerPlanned(origin.Planned, target))
        {
            return Gone(key, "no request reaches the origin under this name any more");
        }

        var own = origin.Judgements.Where(judgement => judgement.Rule.Id == key.RuleId && NameOf(judgement) == key.Target).ToList();
        var passes =
            own.Count > 0 && own.TrueForAll(judgement => judgement.Verdict is Verdict.Pass or Verdict.NotApplicable { IsUnreached: false });
        return
            passes
            && (
                own.Exists(judgement => judgement.Verdict is Verdict.Pass)
                || origin.Verdict is OriginVerdict.Accepts or OriginVerdict.Rejects
            )
            ? new(key.Text, key.DistributionId, key.OriginId, key.RuleId, "resolved", IsGone: false)
            : null;
    }

    private static AsffResolved Gone(FindingKey key, string because) =>
        new(key.Text, key.DistributionId, key.OriginId, key.RuleId, because, IsGone: true);

    /// <summary>Where names were left out, or come from tenants that may not be readable today, absence proves nothing.</summary>
    private static bool IsNoLongerPlanned(PlannedOrigin planned, string target) =>
        planned is { Names.Count: > 0, Cuts.Count: 0 }
        && planned.Distribution.ConnectionMode != ConnectionMode.TenantOnly
        && !planned.Names.Any(name => NameOf(name.Target) == target);

    private static string? NameOf(Judgement judgement) => judgement.Target is { } target ? NameOf(target.Name.Target) : null;

    private static string NameOf(ProbeTarget target) => $"{target.ServerName}:{target.Port}";
}

/// <summary>The parts of <see cref="Finding.Key"/>; ids of origins may hold slashes, so it is read from both ends.</summary>
internal sealed record FindingKey(string Text, string DistributionId, string OriginId, string RuleId, string? Target)
{
    /// <summary>Null where it is not a key of this account.</summary>
    public static FindingKey? Parse(string key, string account)
    {
        var parts = key.Split('/');
        var rule = parts.Length > 4 && !IsRule(parts[^1]) ? parts.Length - 2 : parts.Length - 1;
        return parts.Length >= 4 && parts[0] == account && IsRule(parts[rule])
            ? new(key, parts[1], string.Join('/', parts[2..rule]), parts[rule], rule == parts.Length - 1 ? null : parts[^1])
            : null;
    }

    private static bool IsRule(string text) =>
        text.Length == 5 && text.StartsWith("OW", StringComparison.Ordinal) && text.AsSpan(2).IndexOfAnyExceptInRange('0', '9') < 0;
}
