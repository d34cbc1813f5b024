using OriginWatch.Audit;

namespace OriginWatch.Reporting.Html;

/// <summary>Which element of the page a cause or a section is. Ids are numbers: nothing foreign is in them.</summary>
internal sealed class CauseAnchors
{
    private readonly Dictionary<string, int> _byFinding = new(StringComparer.Ordinal);
    private readonly Dictionary<Cause, int> _byCause = new(ReferenceEqualityComparer.Instance);

    public static CauseAnchors Of(ReportOutline outline)
    {
        var anchors = new CauseAnchors();
        foreach (var cause in Enum.GetValues<ReportSection>().SelectMany(section => outline[section]))
        {
            anchors.Add(cause);
        }

        return anchors;
    }

    public int Number(Cause cause) => _byCause[cause];

    public int? Number(Finding finding) => _byFinding.TryGetValue(finding.Key, out var number) ? number : null;

    public static string Section(ReportSection section) =>
        section switch
        {
            ReportSection.FailsNow => "fails-now",
            ReportSection.WillFail => "will-fail",
            ReportSection.ClearText => "clear-text",
            ReportSection.Policy => "policy",
            ReportSection.NotJudged => "not-evaluated",
            ReportSection.Suppressed => "suppressed",
            _ => "worth-knowing",
        };

    private void Add(Cause cause)
    {
        var number = _byCause.Count + 1;
        _byCause.Add(cause, number);
        foreach (var finding in cause.Findings)
        {
            _byFinding.TryAdd(finding.Key, number);
        }
    }
}
