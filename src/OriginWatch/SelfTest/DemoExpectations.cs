using OriginWatch.Audit;
using OriginWatch.Reporting;
using OriginWatch.Rules;

namespace OriginWatch.SelfTest;

/// <summary>What each origin of the demo is there to show.</summary>
internal static class DemoExpectations
{
    private static readonly Dictionary<string, (OriginVerdict Verdict, string[] RuleIds)> Expected = new(StringComparer.Ordinal)
    {
        ["healthy"] = (OriginVerdict.Accepts, []),
        ["expiring"] = (OriginVerdict.Accepts, ["OW303"]),
        ["expired"] = (OriginVerdict.Rejects, ["OW301"]),
        ["self-signed"] = (OriginVerdict.Rejects, ["OW401"]),
        ["unknown-ca"] = (OriginVerdict.Rejects, ["OW403"]),
        ["missing-intermediate"] = (OriginVerdict.Rejects, ["OW402"]),
        ["wrong-order"] = (OriginVerdict.Rejects, ["OW405"]),
        ["wrong-name"] = (OriginVerdict.Rejects, ["OW304"]),
        ["tls10-only"] = (OriginVerdict.Rejects, ["OW205"]),
        ["plain-http"] = (OriginVerdict.Rejects, ["OW204"]),
        ["silent"] = (OriginVerdict.Rejects, ["OW203"]),
        ["closed-port"] = (OriginVerdict.Rejects, ["OW202"]),
        ["allow-listed"] = (OriginVerdict.Accepts, []),
        ["allow-listed-expired"] = (OriginVerdict.Rejects, ["OW214"]),
        ["http-only"] = (OriginVerdict.NotProbed, ["OW101"]),
        ["assets"] = (OriginVerdict.NotProbed, []),
    };

    public static IEnumerable<string> Compare(AuditReport report)
    {
        foreach (var (originId, expected) in Expected)
        {
            if (report.Origins.FirstOrDefault(origin => origin.Planned.Origin.Id == originId) is not { } origin)
            {
                yield return $"{originId}: not in the report";
                continue;
            }

            string[] ids =
            [
                .. report
                    .Findings.Where(finding => finding.OriginId == originId && finding.Severity > Severity.Informational)
                    .Select(finding => finding.Rule.Id)
                    .Order(StringComparer.Ordinal),
            ];
            if (origin.Verdict != expected.Verdict || !ids.AsSpan().SequenceEqual(expected.RuleIds))
            {
                yield return $"{originId}: expected {expected.Verdict} [{string.Join(", ", expected.RuleIds)}], "
                    + $"got {origin.Verdict} [{string.Join(", ", ids)}]";
            }
        }
    }
}
