using System.Text;
using OriginWatch.Audit;
using OriginWatch.Text;

namespace OriginWatch.Reporting;

/// <summary>One row per finding, by RFC 4180, with a header that only ever grows at its end.</summary>
public static class CsvReport
{
    private const string EndOfRow = "\r\n";

    private static readonly string[] Header =
    [
        "status",
        "severity",
        "rule_id",
        "title",
        "account_id",
        "distribution_id",
        "origin_id",
        "domain_name",
        "target",
        "valid_until",
        "detail",
        "remediation",
        "reference",
        "rejects_traffic",
        "suppressed_because",
        "new",
        "cause",
        "key",
        "aliases",
    ];

    public static string Render(AuditReport report, ReportOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(report);
        options ??= ReportOptions.Default;
        var csv = new StringBuilder().AppendJoin(',', Header).Append(EndOfRow);
        foreach (var finding in report.Findings)
        {
            csv.AppendJoin(',', Fields(report, finding, options).Select(Escape.Csv)).Append(EndOfRow);
        }

        return csv.ToString();
    }

    private static string?[] Fields(AuditReport report, Finding finding, ReportOptions options) =>
        [
            WireNames.Of(finding.Status),
            WireNames.Of(finding.Severity),
            finding.Rule.Id,
            finding.Rule.Title,
            report.Run.AccountId,
            finding.DistributionId,
            finding.OriginId,
            finding.Planned.Origin.DomainName,
            finding.Target,
            OriginStory.ExpiresAt(OriginStory.Chain(finding.Origin)) is { } date ? WireNames.Of(date) : null,
            finding.Detail,
            finding.Remediation.Split('\n')[0],
            finding.Rule.Reference.AbsoluteUri,
            finding.Rejects ? "true" : "false",
            options.SuppressedBecause(finding),
            options.IsNew(finding) switch
            {
                true => "true",
                false => "false",
                null => null,
            },
            finding.Cause,
            finding.Key,
            string.Join(' ', finding.Aliases),
        ];
}
