namespace OriginWatch.Audit;

/// <summary>What an earlier report said: the keys of its findings, those that could not be judged in a spelling of their own.</summary>
public static class Baseline
{
    /// <summary>True when the earlier report did not say the same: what could not be judged then and fails now is new.</summary>
    public static bool IsNew(Finding finding, IReadOnlySet<string> baseline)
    {
        ArgumentNullException.ThrowIfNull(finding);
        ArgumentNullException.ThrowIfNull(baseline);
        return !baseline.Contains(finding.Key) && (finding.Status == FindingStatus.Fail || !baseline.Contains(Unjudged(finding.Key)));
    }

    /// <summary>How a baseline spells a finding that could not be judged.</summary>
    public static string Unjudged(string key) => $"{key}\nundetermined";
}
