namespace OriginWatch.Audit;

/// <summary>One way in which findings of a cause are fixed, and the findings that it is for.</summary>
/// <param name="Text">The action, without the commands that may follow it.</param>
/// <param name="Findings">Never empty.</param>
public sealed record CauseRemedy(string Text, IReadOnlyList<Finding> Findings)
{
    /// <summary><c>DISTRIBUTION/ORIGIN</c> of every finding, without repetition.</summary>
    public IReadOnlyList<string> Origins => [.. Findings.Select(finding => OriginKey.Of(finding.Planned)).Distinct(StringComparer.Ordinal)];

    /// <summary>Every remedy once, in the order of the findings: what has one cause may still be fixed in different ways.</summary>
    public static IReadOnlyList<CauseRemedy> Of(IEnumerable<Finding> findings) =>
        [
            .. findings
                .GroupBy(finding => finding.Remediation.Split('\n')[0].Trim(), StringComparer.Ordinal)
                .Select(group => new CauseRemedy(group.Key, [.. group])),
        ];
}
