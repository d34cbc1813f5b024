using System.Text.Json;
using OriginWatch.Audit;
using OriginWatch.Inventory.Organization;
using OriginWatch.Reporting.SecurityHub;
using OriginWatch.Text;

namespace OriginWatch.Reporting;

/// <summary>
/// Security Hub's finding format, as <c>aws securityhub batch-import-findings --findings file://…</c> takes it
/// (https://docs.aws.amazon.com/securityhub/latest/userguide/finding-update-batchimportfindings.html). A finding keeps its id from run to
/// run; one that a
/// baseline had and that is over is archived; of a run that is not complete nothing is imported.
/// </summary>
public static class AsffReport
{
    /// <summary>BatchImportFindings takes no more in one call.</summary>
    public const int MostFindings = 100;

    /// <summary>True where a file for each account is needed: the caller of BatchImportFindings must belong to the account of its
    /// findings.</summary>
    public static bool CoversSeveral(AuditReport report)
    {
        ArgumentNullException.ThrowIfNull(report);
        return report.Run.Accounts.Count > 0;
    }

    /// <returns>One or more arrays of at most <see cref="MostFindings"/>; one empty array where there is nothing to import.</returns>
    /// <exception cref="OperatorException">The account is not known, or there are several.</exception>
    public static IReadOnlyList<string> Render(AuditReport report, ReportOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(report);
        if (CoversSeveral(report))
        {
            throw new OperatorException(
                "asff: the scan covers several accounts, and Security Hub takes findings of the caller's own account only. "
                    + "Write a file for each account: --output FILE.asff.json."
            );
        }

        var parts = Parts(report, options ?? ReportOptions.Default);
        return parts.Count > 0 ? parts : ["[]\n"];
    }

    /// <summary>Of a scan of several accounts: the arrays of each account that has something to import. Of an account that was not read in
    /// full nothing is imported.</summary>
    public static IReadOnlyList<(string Account, IReadOnlyList<string> Parts)> RenderByAccount(
        AuditReport report,
        ReportOptions? options = null
    )
    {
        ArgumentNullException.ThrowIfNull(report);
        var origins = report.Origins.ToLookup(origin => origin.Planned.Distribution.AccountId, StringComparer.Ordinal);
        var findings = report.Findings.ToLookup(finding => finding.AccountId, StringComparer.Ordinal);
        return
        [
            .. report
                .Run.Accounts.Where(account => account.Outcome == AccountOutcome.Read)
                .Select(reading => reading.Account.Id)
                .Distinct(StringComparer.Ordinal)
                .Select(id =>
                    (
                        id,
                        Parts(
                            report with
                            {
                                Run = AccountGaps.Narrow(report.Run, reading => reading.Account.Id == id) with { AccountId = id },
                                Origins = [.. origins[id]],
                                Findings = [.. findings[id]],
                            },
                            options ?? ReportOptions.Default
                        )
                    )
                )
                .Where(account => account.Item2.Count > 0),
        ];
    }

    /// <summary>Of one account; none where there is nothing to import.</summary>
    private static List<string> Parts(AuditReport report, ReportOptions options)
    {
        var account =
            report.Run.AccountId
            ?? throw new OperatorException(
                report.Origins.Select(origin => origin.Planned.Distribution.AccountId).Distinct(StringComparer.Ordinal).Count() > 1
                    ? "asff: the scan covers several accounts, and Security Hub takes findings of its own account only. "
                        + "Scan each account into a file of its own."
                    : "asff: the account is not known, because the inventory contains no ARN, "
                        + "and Security Hub takes findings of its own account only. Scan the account itself."
            );
        if (!report.Run.Complete)
        {
            return [];
        }

        var build = new AsffBuilder(report, account, options);
        var findings = report.Findings.Select(build.Of).Concat(AsffResolved.Of(report, account, options).Select(build.Of));
        return [.. findings.Chunk(MostFindings).Select(Array)];
    }

    private static string Array(AsffFinding[] findings) => JsonSerializer.Serialize(findings, AsffContext.Default.AsffFindingArray) + "\n";
}
