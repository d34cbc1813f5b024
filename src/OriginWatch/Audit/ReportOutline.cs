using OriginWatch.Rules;

namespace OriginWatch.Audit;

/// <summary>The headings of a report for people, in the order of urgency.</summary>
public enum ReportSection
{
    FailsNow,
    WillFail,
    ClearText,
    Policy,
    NotJudged,
    Suppressed,
    WorthKnowing,
}

/// <summary>A report's findings, grouped so that one cause is one item. Every reporter for people starts here.</summary>
public sealed class ReportOutline
{
    private const int MostFirstSteps = 3;
    private readonly ILookup<ReportSection, Cause> _all;
    private readonly ILookup<ReportSection, Cause> _listed;

    private ReportOutline(AuditReport report, ReportOptions options, IEnumerable<Cause> all, IEnumerable<Cause> listed)
    {
        Report = report;
        Options = options;
        _all = all.ToLookup(cause => cause.Section);
        _listed = listed.ToLookup(cause => cause.Section);
    }

    public AuditReport Report { get; }

    public ReportOptions Options { get; }

    /// <summary>What is listed, the most urgent first.</summary>
    public IReadOnlyList<Cause> this[ReportSection section] => [.. _listed[section]];

    /// <summary>The few that cannot wait, the first to do first. One step that fixes several things of the same origins is named
    /// once.</summary>
    public IReadOnlyList<Cause> FirstSteps =>
        [
            .. new[] { ReportSection.FailsNow, ReportSection.WillFail, ReportSection.ClearText, ReportSection.Policy }
                .SelectMany(section => _listed[section].Where(cause => section != ReportSection.Policy || cause.Severity >= Severity.High))
                .DistinctBy(cause => (string.Join('\n', cause.Remedies.Select(remedy => remedy.Text)), string.Join('\n', cause.Origins)))
                .Take(MostFirstSteps),
        ];

    /// <summary>Everything, also where only what is new is listed: headlines count this.</summary>
    public IEnumerable<Cause> Everything(ReportSection section) => _all[section];

    public int OriginsIn(ReportSection section) => OriginsOf(_all[section]);

    public int ListedOriginsIn(ReportSection section) => OriginsOf(_listed[section]);

    /// <summary>Origins with a finding that the baseline did not have; null where there is none to compare with.</summary>
    public int? NewOriginsIn(ReportSection section) =>
        Options.Baseline is null
            ? null
            : _all[section]
                .SelectMany(cause => cause.Findings)
                .Where(finding => Options.IsNew(finding) == true)
                .DistinctBy(finding => (finding.DistributionId, finding.OriginId))
                .Count();

    public static ReportOutline Of(AuditReport report, ReportOptions options)
    {
        ArgumentNullException.ThrowIfNull(report);
        ArgumentNullException.ThrowIfNull(options);
        var reached = report.Findings.Where(finding => finding.WasReached).ToList();
        var all = Causes(reached, options);
        return new(
            report,
            options,
            all,
            options is { OnlyNew: true, Baseline: not null }
                ? Causes(reached.Where(finding => options.IsNew(finding) == true), options)
                : all
        );
    }

    public static ReportSection SectionOf(Finding finding, ReportOptions options)
    {
        ArgumentNullException.ThrowIfNull(finding);
        ArgumentNullException.ThrowIfNull(options);
        return options.SuppressedBecause(finding) is not null ? ReportSection.Suppressed
            : finding.Status == FindingStatus.Undetermined ? ReportSection.NotJudged
            : finding.Severity == Severity.Informational ? ReportSection.WorthKnowing
            : finding.Rejects || finding.Severity == Severity.Critical ? ReportSection.FailsNow
            : finding.Rule.Topic switch
            {
                RuleTopic.Expiry => ReportSection.WillFail,
                RuleTopic.ClearText => ReportSection.ClearText,
                _ => ReportSection.Policy,
            };
    }

    private static List<Cause> Causes(IEnumerable<Finding> findings, ReportOptions options)
    {
        var causes = findings
            .GroupBy(finding => (Section: SectionOf(finding, options), finding.Cause))
            .Select(group => Build(group.Key.Section, [.. group.OrderByDescending(finding => finding.Severity)]));
        return
        [
            .. causes
                .OrderBy(cause => cause.Section)
                .ThenBy(cause => cause.FailsAt ?? DateTimeOffset.MinValue)
                .ThenByDescending(cause => cause.Severity)
                .ThenByDescending(cause => cause.Distributions)
                .ThenByDescending(cause => cause.Origins.Count),
        ];
    }

    private static int OriginsOf(IEnumerable<Cause> causes) =>
        causes.SelectMany(cause => cause.Origins).Distinct(StringComparer.Ordinal).Count();

    private static Cause Build(ReportSection section, List<Finding> findings)
    {
        var chain = findings.Select(finding => finding.Chain).FirstOrDefault(found => found is not null);
        return new Cause
        {
            Section = section,
            Findings = findings,
            Chain = chain,
            Certificates = findings[0].Rule.IsAboutRoots
                ? Math.Max(
                    1,
                    findings
                        .Select(finding => finding.Chain?.ServerCertificate?.Sha256)
                        .OfType<string>()
                        .Distinct(StringComparer.Ordinal)
                        .Count()
                )
                : 1,
            Edge = [.. findings.SelectMany(EdgeStory.EvidenceFor).Distinct()],
            Origins = [.. findings.Select(finding => OriginKey.Of(finding.Planned)).Distinct(StringComparer.Ordinal)],
            Distributions = findings.DistinctBy(finding => finding.DistributionId, StringComparer.Ordinal).Count(),
            Targets = [.. findings.Select(finding => finding.Target).OfType<string>().Distinct(StringComparer.Ordinal)],
            FailsAt = section == ReportSection.WillFail ? findings.Min(finding => finding.DueAt) ?? OriginStory.ExpiresAt(chain) : null,
        };
    }
}
