using System.Security.Cryptography;
using System.Text;
using OriginWatch.Audit;
using OriginWatch.Reporting.Contract;
using OriginWatch.Rules;
using OriginWatch.Text;

namespace OriginWatch.Reporting.Sarif;

/// <summary>Findings as results, rules as the tool's rules, the run as its invocation.</summary>
internal static class SarifBuilder
{
    public static SarifLog Of(AuditReport report, ReportOptions options, int maxResults)
    {
        var rules = report
            .Findings.Select(finding => finding.Rule)
            .DistinctBy(rule => rule.Id, StringComparer.Ordinal)
            .OrderBy(rule => rule.Id, StringComparer.Ordinal)
            .ToList();
        var index = rules.Index().ToDictionary(rule => rule.Item.Id, rule => rule.Index, StringComparer.Ordinal);
        var version = typeof(SarifBuilder).Assembly.GetName().Version?.ToString(3) ?? "0.0.0";
        var run = new SarifRun(
            new(new("OriginWatch", version, [.. rules.Select(RuleOf)])),
            [InvocationOf(report, Math.Max(0, report.Findings.Count - maxResults))],
            new($"originwatch/{Escape.Text(report.Run.AccountId ?? "unknown")}/"),
            "utf16CodeUnits",
            report.Findings.Take(maxResults).Select(finding => ResultOf(finding, index[finding.Rule.Id], options))
        );
        return new() { Runs = [run] };
    }

    private static SarifRule RuleOf(RuleMetadata rule) =>
        new()
        {
            Id = rule.Id,
            ShortDescription = MessageOf($"{rule.Title}."),
            FullDescription = MessageOf(rule.Rationale),
            Help = MessageOf($"{rule.Rationale} {rule.Remediation}"),
            HelpUri = rule.Reference.AbsoluteUri,
            DefaultConfiguration = new(LevelOf(rule.Severity)),
            Properties = new() { SecuritySeverity = ScoreOf(rule.Severity), Tags = ["security", "cloudfront"] },
        };

    private static SarifInvocation InvocationOf(AuditReport report, int leftOut)
    {
        var notifications = new List<SarifNotification>();
        if (report.Run.IncompleteBecause is { } reason)
        {
            notifications.Add(new("error", MessageOf(reason)));
        }

        if (leftOut > 0)
        {
            notifications.Add(
                new("warning", MessageOf($"{Phrases.Number(leftOut)} findings of lower severity are left out; the JSON report has all."))
            );
        }

        notifications.AddRange(report.Run.Remarks.Select(remark => new SarifNotification("note", MessageOf(remark))));
        return new(report.Run.Complete, WireNames.Of(report.Run.StartedAt), WireNames.Of(report.Run.FinishedAt), notifications);
    }

    private static SarifResult ResultOf(Finding finding, int ruleIndex, ReportOptions options)
    {
        var failed = finding.Status == FindingStatus.Fail;
        return new()
        {
            RuleId = finding.Rule.Id,
            RuleIndex = ruleIndex,
            Kind = failed ? "fail" : "open",
            Level = failed ? LevelOf(finding.Severity) : "none",
            Message = MessageOf($"{Where(finding)}: {finding.Detail}. {finding.Remediation.Split('\n')[0]}"),
            Locations = [LocationOf(finding, options)],
            PartialFingerprints = new(Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(finding.Key)))),
            BaselineState = options.IsNew(finding) switch
            {
                true => "new",
                false => "unchanged",
                null => null,
            },
            Suppressions = options.SuppressedBecause(finding) is { } reason ? [new("external", Escape.Text(reason))] : null,
            Properties = new(WireNames.Of(finding.Severity), Bounded.Text(finding.Cause)),
        };
    }

    /// <summary>The alternate domain names first, then the name that was asked for.</summary>
    private static string Where(Finding finding) => Phrases.Named(finding.Aliases, finding.Target ?? finding.OriginId);

    /// <summary>
    /// An origin is no file, so it has a logical location. Code scanning shows nothing without a physical one:
    /// that is the saved listing, or where there is none a path that names distribution and origin.
    /// </summary>
    private static SarifLocation LocationOf(Finding finding, ReportOptions options) =>
        new(
            new(new(PathOf(options.InventoryPath?.Split('/', '\\') ?? ["cloudfront", finding.DistributionId, finding.OriginId])), new(1)),
            [new(Escape.Text(finding.OriginId), Escape.Text(OriginKey.Of(finding.Planned)), "resource")]
        );

    /// <summary>A relative reference without steps upwards.</summary>
    private static string PathOf(IEnumerable<string> segments) =>
        string.Join(
            '/',
            segments.Where(segment => segment is not ("" or "." or "..")).Select(segment => Uri.EscapeDataString(Escape.Json(segment)))
        );

    private static SarifMessage MessageOf(string text) => new(Escape.Sarif(text));

    private static string LevelOf(Severity severity) =>
        severity switch
        {
            Severity.Critical or Severity.High => "error",
            Severity.Medium => "warning",
            _ => "note",
        };

    /// <summary>GitHub's scale: over 9.0 is critical, 7.0 high, 4.0 medium, below low. Informational rules have none.</summary>
    private static string? ScoreOf(Severity severity) =>
        severity switch
        {
            Severity.Critical => "9.0",
            Severity.High => "7.0",
            Severity.Medium => "4.0",
            Severity.Low => "2.0",
            _ => null,
        };
}
