using OriginWatch.Audit;
using OriginWatch.Edge;
using OriginWatch.Probing;
using OriginWatch.Rules;
using OriginWatch.Tls;

namespace OriginWatch.Reporting.Html;

/// <summary>All origins in one table, the worst first. It reads without a script, which adds search, sort and filter.</summary>
internal static class HtmlOrigins
{
    /// <summary>Above this many, only those that do not pass are listed.</summary>
    public const int MaxOrigins = 2000;

    public static Markup Section(ReportOutline outline, CauseAnchors anchors, ReportOptions options)
    {
        var findings = outline.Report.Findings.ToLookup(finding => OriginKey.Of(finding.Planned), StringComparer.Ordinal);
        var all = outline
            .Report.Origins.Select(origin => (Origin: origin, Worst: Worst(findings[OriginKey.Of(origin.Planned)], options)))
            .ToList();
        var rows = (
            all.Count > MaxOrigins
                ? all.Where(row => row.Worst is not null || row.Origin.Verdict is OriginVerdict.Rejects or OriginVerdict.Undetermined)
                : all
        )
            .OrderBy(row => Rank(row.Worst, options))
            .ToList();
        return Markup.If(
            all.Count > 0,
            $"""
            <section aria-labelledby="origins">
            <h2 id="origins">Origins <span class="muted">{Phrases.Number(all.Count)}</span></h2>
            {Note(all.Count, rows.Count)}
            <section class="scroll" aria-label="Table of origins" tabindex="0">
            <table class="origins">
            <thead><tr><th scope="col">Origin</th><th scope="col">Distribution</th><th scope="col">Verdict</th><th scope="col">Valid until</th><th scope="col">TLS</th>{Markup.If(
                HasEdge(outline.Report),
                $"""<th scope="col">CloudFront</th>"""
            )}<th scope="col">Finding or reason</th></tr></thead>
            <tbody>
            {Markup.Join(
                rows.Take(MaxOrigins).Select(row =>
                    Row(row.Origin, row.Worst, RulesOf(findings, row.Origin), anchors, outline.Report, options)
                ),
                "\n"
            )}
            </tbody>
            </table>
            </section>
            <p class="pager" hidden><button type="button" id="previous">Previous</button> <span id="page"></span> <button type="button" id="next">Next</button></p>
            </section>
            """
        );
    }

    private static string RulesOf(ILookup<string, Finding> findings, OriginReport origin) =>
        string.Join(' ', findings[OriginKey.Of(origin.Planned)].Select(finding => finding.Rule.Id).Distinct(StringComparer.Ordinal));

    private static Finding? Worst(IEnumerable<Finding> findings, ReportOptions options) =>
        findings
            .Where(finding => finding.Severity > Severity.Informational || finding.Status == FindingStatus.Undetermined)
            .MinBy(finding => Rank(finding, options));

    private static int Rank(Finding? finding, ReportOptions options) =>
        finding is null
            ? int.MaxValue
            : ((int)ReportOutline.SectionOf(finding, options) * 10) + (int)Severity.Critical - (int)finding.Severity;

    private static Markup Note(int all, int listed) =>
        Markup.If(
            all > MaxOrigins,
            $"""
            <p>Of {Phrases.Number(all)} origins, the {Phrases.Number(Math.Min(listed, MaxOrigins))} {(
                listed > MaxOrigins ? "worst" : "that do not pass"
            )} are listed{Markup.If(
                listed > MaxOrigins,
                $"; {Phrases.Number(listed - MaxOrigins)} more do not pass"
            )}. The JSON and CSV reports list all of them.</p>
            """
        );

    /// <summary>Search and filters over cards and rows alike; the script shows them.</summary>
    public static Markup Controls(AuditReport report)
    {
        var findings = report
            .Findings.Where(finding => finding.Severity > Severity.Informational || finding.Status == FindingStatus.Undetermined)
            .ToList();
        var rules = findings
            .DistinctBy(finding => finding.Rule.Id, StringComparer.Ordinal)
            .Select(finding => finding.Rule)
            .OrderBy(rule => rule.Id, StringComparer.Ordinal);
        return Markup.If(
            report.Origins.Count > 1,
            $"""
            <div class="controls" role="search" aria-label="Filter the report" hidden>
            <label for="search">Search</label> <input id="search" type="search" placeholder="name, id, reason" autocomplete="off" spellcheck="false">
            <label for="verdict">Verdict</label> <select id="verdict"><option value="">all verdicts</option>{Markup.Join(
                report.Origins.Select(origin => origin.Verdict).Distinct().Order().Select(verdict =>
                    Markup.Of($"""<option value="{WireNames.Of(verdict)}">{Words(verdict)}</option>""")
                )
            )}</select>
            <label for="severity">Severity</label> <select id="severity"><option value="">all severities</option>{Markup.Join(
                findings.Select(finding => finding.Severity).Distinct().OrderDescending().Select(severity =>
                    Markup.Of($"""<option value="{WireNames.Of(severity)}">{WireNames.Of(severity)}</option>""")
                )
            )}</select>
            <label for="rule">Rule</label> <select id="rule"><option value="">all rules</option>{Markup.Join(
                rules.Select(rule => Markup.Of($"""<option value="{rule.Id}">{rule.Id}</option>"""))
            )}</select>
            <output id="shown" for="search verdict severity rule" data-all="{(
                report.Origins.Count > MaxOrigins ? Phrases.Number(report.Origins.Count) : ""
            )}" data-unlisted="{(
                report.Origins.Count > MaxOrigins ? "Origins that pass are not listed in a report of this size." : ""
            )}"></output>
            </div>
            """
        );
    }

    private static Markup Row(
        OriginReport origin,
        Finding? worst,
        string rules,
        CauseAnchors anchors,
        AuditReport report,
        ReportOptions options
    )
    {
        var (use, now) = (origin.Planned, report.Run.JudgedAt);
        var expiry = OriginStory.ExpiresAt(OriginStory.Chain(origin));
        var state = use.Distribution.Enabled
            ? use.Distribution.Staging
                ? "staging"
                : null
            : "disabled";
        return Markup.Of(
            $"""
            <tr data-verdict="{WireNames.Of(origin.Verdict)}" data-severity="{(
                worst is null ? "" : WireNames.Of(worst.Severity)
            )}" data-rule="{rules}"><th scope="row">{Markup.Host(
                use.Origin.DomainName
            )}<span class="sub">{use.Origin.Id}</span></th><td class="whose">{use.Distribution.Id}<span class="sub">{Markup.Host(
                string.Join(", ", use.Distribution.Aliases.Take(2))
            )}{Markup.If(state is not null, $" ({state})")}</span></td><td data-key="{Rank(worst, options)}"><span class="pill {Tone(
                origin.Verdict
            )}">{Words(origin.Verdict)}</span></td><td data-key="{(expiry is { } at ? Phrases.Days(at, now) : int.MaxValue)}">{Markup.If(
                expiry is not null,
                $"""{Phrases.Date(expiry ?? now)}<span class="sub">{Phrases.Distance(expiry ?? now, now)}</span>"""
            )}</td><td>{Protocol(origin)}</td>{(HasEdge(report) ? HtmlEdge.Cell(origin) : Markup.None)}<td>{Why(
                origin,
                worst,
                anchors
            )}</td></tr>
            """
        );
    }

    private static Markup Why(OriginReport origin, Finding? worst, CauseAnchors anchors) =>
        worst is null ? Markup.Of($"{origin.Planned.NotProbedBecause ?? (origin.Remarks is [var remark, ..] ? remark : "")}")
        : anchors.Number(worst) is { } number ? Markup.Of($"""<a href="#cause-{number}">{worst.Rule.Id}</a> {worst.Detail}""")
        : Markup.Of($"{worst.Rule.Id} {worst.Detail}");

    private static string? Protocol(OriginReport origin) =>
        origin
            .Observation.Targets.SelectMany(target => OriginStory.Attempts(target.Addresses))
            .Select(attempt => attempt.Result)
            .OfType<Handshake>()
            .FirstOrDefault()
            ?.Seen.Protocol?.CloudFrontName();

    /// <summary>Where CloudFront was asked about nothing there is no column for it.</summary>
    private static bool HasEdge(AuditReport report) => report.Run.Edge != EdgeMode.Off;

    private static string Tone(OriginVerdict verdict) =>
        verdict switch
        {
            OriginVerdict.Accepts => "good",
            OriginVerdict.Rejects => "critical",
            _ => "unknown",
        };

    private static string Words(OriginVerdict verdict) =>
        verdict switch
        {
            OriginVerdict.Accepts => "accepted",
            OriginVerdict.Rejects => "rejected",
            OriginVerdict.Undetermined => "undetermined",
            _ => "not probed",
        };
}
