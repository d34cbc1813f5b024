using System.Text.Json;
using OriginWatch.Audit;
using OriginWatch.Reporting.SecurityHub;
using OriginWatch.Text;

namespace OriginWatch.Reporting;

/// <summary>
/// Security Hub's finding format, as <c>aws securityhub batch-import-findings --findings file://…</c> takes it
/// (https://docs.aws.amazon.com/securityhub/latest/userguide/finding-update-batchimportfindings.html). A finding keeps its id from run to run; one that a
/// baseline had and that is over is archived; of a run that is not complete nothing is imported.
/// </summary>
public static class AsffReport
{
    /// <summary>BatchImportFindings takes no more in one call.</summary>
    public const int MostFindings = 100;

    /// <returns>One or more arrays of at most <see cref="MostFindings"/>; one empty array where there is nothing to import.</returns>
    /// <exception cref="OperatorException">The account is not known.</exception>
    public static IReadOnlyList<string> Render(AuditReport report, ReportOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(report);
        options ??= ReportOptions.Default;
        var account = report.Run.AccountId
            ?? throw new OperatorException(report.Origins.Select(origin => origin.Planned.Distribution.AccountId).Distinct(StringComparer.Ordinal).Count() > 1
                ? "asff: the scan covers several accounts, and Security Hub takes findings of its own account only. Scan each account into a file of its own."
                : "asff: the account is not known, because the inventory contains no ARN, and Security Hub takes findings of its own account only. Scan the account itself.");
        if (!report.Run.Complete)
        {
            return ["[]\n"];
        }

        var build = new AsffBuilder(report, account, options);
        var findings = report.Findings.Select(build.Of).Concat(AsffResolved.Of(report, account, options).Select(build.Of));
        var parts = findings.Chunk(MostFindings).Select(Array).ToList();
        return parts.Count > 0 ? parts : ["[]\n"];
    }

    private static string Array(AsffFinding[] findings) => JsonSerializer.Serialize(findings, AsffContext.Default.AsffFindingArray) + "\n";
}
