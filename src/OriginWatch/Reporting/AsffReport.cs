using System.Text.Json;
using OriginWatch.Audit;
using OriginWatch.Reporting.SecurityHub;
using OriginWatch.Rules;
using OriginWatch.Targets;
using OriginWatch.Text;

namespace OriginWatch.Reporting;

/// <summary>
/// Security Hub's finding format, as <c>aws securityhub batch-import-findings --findings file://…</c> takes it
/// (https://docs.aws.amazon.com/securityhub/latest/userguide/finding-update-batchimportfindings.html). A finding keeps its id from run to run; one that a
/// baseline had and that passes now is archived; of a run that is not complete nothing is imported.
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
            ?? throw new OperatorException("asff: the account is not known, because the inventory contains no ARN, and Security Hub takes findings of its own account only. Scan the account itself.");
        if (!report.Run.Complete)
        {
            return ["[]\n"];
        }

        var build = new AsffBuilder(report, account, options);
        var findings = report.Findings.Select(build.Of)
            .Concat(Resolved(report, account, options).Select(resolved => build.Archived(resolved.Origin, resolved.Rule, resolved.Key)));
        var parts = findings.Chunk(MostFindings).Select(Array).ToList();
        return parts.Count > 0 ? parts : ["[]\n"];
    }

    /// <summary>What the baseline had of an origin that was judged in this run, where the rule passes now; what could not be asked is not resolved.</summary>
    private static IEnumerable<(PlannedOrigin Origin, RuleMetadata Rule, string Key)> Resolved(AuditReport report, string account, ReportOptions options)
    {
        if (options.Baseline is not { } baseline)
        {
            yield break;
        }

        var open = report.Findings.Select(finding => finding.Key).ToHashSet(StringComparer.Ordinal);
        var before = baseline.Select(key => key.Split('\n')[0]).Where(key => !open.Contains(key)).Distinct(StringComparer.Ordinal).ToList();
        var judged = report.Origins.SelectMany(origin => origin.Judgements.GroupBy(judgement => judgement.Rule.Id, StringComparer.Ordinal)
                .Where(group => group.Any(judgement => judgement.Verdict is Verdict.Pass) && group.All(judgement => judgement.Verdict is Verdict.Pass or Verdict.NotApplicable))
                .Select(group => (Prefix: $"{account}/{OriginKey.Of(origin.Planned)}/{group.Key}", origin.Planned, group.First().Rule)))
            .DistinctBy(judged => judged.Prefix, StringComparer.Ordinal)
            .ToDictionary(judged => judged.Prefix, judged => (judged.Planned, judged.Rule), StringComparer.Ordinal);
        foreach (var key in before)
        {
            if (judged.TryGetValue(key, out var whole) || (key.LastIndexOf('/') is > 0 and var slash && judged.TryGetValue(key[..slash], out whole)))
            {
                yield return (whole.Planned, whole.Rule, key);
            }
        }
    }

    private static string Array(AsffFinding[] findings) => JsonSerializer.Serialize(findings, AsffContext.Default.AsffFindingArray) + "\n";
}
