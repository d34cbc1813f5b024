using OriginWatch.Audit;
using OriginWatch.Rules;

namespace OriginWatch.Reporting.Html;

/// <summary>One article per cause: what is wrong, the evidence, the chain as sent, the remedy with its commands, whom it
/// concerns.</summary>
internal static class HtmlCauses
{
    private const int Lines = 500;
    private const int ListedRemedies = 20;
    private const int ListedOrigins = 6;
    private const int ListedInAll = 200;

    public static Markup Sections(ReportOutline outline, CauseAnchors anchors, ReportOptions options) =>
        Markup.Join(Enum.GetValues<ReportSection>().Select(section => Section(outline, section, anchors, options)), "\n");

    /// <summary>The severity as a word in its colour.</summary>
    public static Markup Pill(Cause cause) =>
        cause.Section == ReportSection.NotJudged
            ? Markup.Of($"""<span class="pill unknown">unknown</span>""")
            : Markup.Of($"""<span class="pill {WireNames.Of(cause.Severity)}">{WireNames.Of(cause.Severity)}</span>""");

    /// <summary>How the remedy is introduced.</summary>
    public static string Action(Cause cause) => cause.Section == ReportSection.NotJudged ? "To evaluate it" : "Fix";

    private static Markup Section(ReportOutline outline, ReportSection section, CauseAnchors anchors, ReportOptions options)
    {
        var causes = outline[section];
        var id = CauseAnchors.Section(section);
        var (now, folded) = (outline.Report.Run.JudgedAt, section == ReportSection.WorthKnowing);
        var kinds = causes.GroupBy(cause => cause.Rule.Id, StringComparer.Ordinal).Select(kind => kind.ToList()).ToList();
        var articles = kinds.ConvertAll(kind =>
            kind.Count >= HtmlCauseKind.FewestForTable
                ? HtmlCauseKind.Article(kind, anchors)
                : Markup.Join(kind.Select(cause => Article(cause, anchors.Number(cause), now, options)), "\n")
        );
        return Markup.If(
            causes.Count > 0,
            $"""
            <section aria-labelledby="{id}">
            <h2 id="{id}">{Phrases.Heading(section)} <span class="muted">{Phrases.Count(causes.Count, "cause")}, {Phrases.Count(
                outline.ListedOriginsIn(section),
                "origin"
            )}</span></h2>
            {(folded ? Short(causes, anchors) : Markup.Join(articles, "\n"))}
            </section>
            """
        );
    }

    /// <summary>Informational findings: nobody has to read them.</summary>
    private static Markup Short(IReadOnlyList<Cause> causes, CauseAnchors anchors) =>
        Markup.Of(
            $"""
            <details class="rows"><summary>Show {Phrases.Count(causes.Count, "informational finding")}</summary>
            <ul class="short">
            {Markup.Join(causes.Take(Lines).Select(cause => Line(cause, anchors.Number(cause))), "\n")}
            {Markup.If(
                causes.Count > Lines,
                $"<li>and {Phrases.Number(causes.Count - Lines)} more, which the JSON and CSV reports list</li>"
            )}
            </ul>
            </details>
            """
        );

    private static Markup Line(Cause cause, int number) =>
        Markup.Of(
            $"""
            <li id="cause-{number}" data-severity="{WireNames.Of(cause.Severity)}" data-rule="{cause.Rule.Id}">{Pill(
                cause
            )} <b>{Markup.Host(Phrases.Place(cause))}</b>: {cause.Findings[0].Detail} <span class="muted">{cause.Rule.Id}, {Phrases.Reach(
                cause
            )}</span></li>
            """
        );

    private static Markup Article(Cause cause, int number, DateTimeOffset now, ReportOptions options)
    {
        var chain = cause.IsAboutCertificate ? HtmlChain.Draw(cause.Chain, now) : Markup.None;
        return Markup.Of(
            $"""
            <article class="cause {(
                cause.Section == ReportSection.NotJudged ? "unknown" : WireNames.Of(cause.Severity)
            )}" id="cause-{number}" aria-labelledby="cause-{number}-name" data-severity="{WireNames.Of(
                cause.Severity
            )}" data-rule="{cause.Rule.Id}">
            <div class="story">
            <h3 id="cause-{number}-name">{Pill(cause)}{Markup.If(
                cause.Findings.Any(finding => options.IsNew(finding) == true),
                $""" <span class="pill new">new</span>"""
            )} <span class="place">{Markup.Host(Headline.Place(cause))}</span></h3>
            <p class="what">{Headline.Fault(cause, now)}</p>
            {Markup.If(Headline.Evidence(cause) is not null, $"""<p class="evidence">{Headline.Evidence(cause)}</p>""")}
            {Edge(cause)}
            {Markup.Join(cause.Traffic.Take(ListedOrigins).Select(traffic => Markup.Of($"""<p class="traffic">{traffic}.</p>""")), "\n")}
            {Remedy(cause, options)}
            {Commands(cause)}
            {Whom(cause)}
            <p class="why muted">{cause.Rule.Rationale} <a href="{cause.Rule.Reference.AbsoluteUri}" rel="noreferrer noopener">{cause.Rule.Id}: {cause.Rule.Title}</a></p>
            </div>
            {chain}
            </article>
            """
        );
    }

    private static Markup Edge(Cause cause) =>
        Markup.If(
            cause.Edge.Count > 0,
            $"""
            <ul class="edge">{Markup.Join(
                cause.Edge.Take(ListedOrigins).Select(sighting => Markup.Of($"<li><b>CloudFront:</b> {EdgeStory.Of(sighting)}</li>"))
            )}{Markup.If(
                cause.Edge.Count > ListedOrigins,
                $"<li>and {Phrases.Count(cause.Edge.Count - ListedOrigins, "more answer")}</li>"
            )}</ul>
            """
        );

    private static Markup Remedy(Cause cause, ReportOptions options) =>
        cause.Section == ReportSection.Suppressed
            ? Markup.Of($"""<p class="remedy"><b>Accepted:</b> {options.SuppressedBecause(cause.Findings[0])}</p>""")
        : cause.Remedies is [var only] ? Markup.Of($"""<p class="remedy"><b>{Action(cause)}:</b> {only.Text}</p>""")
        : Remedies(cause);

    private static Markup Remedies(Cause cause)
    {
        var lines = cause.Remedies.Take(ListedRemedies).Select(remedy => Markup.Of($"<li>{Phrases.WithOrigins(remedy)}</li>"));
        var more = cause.Remedies.Count - ListedRemedies;
        return Markup.Of(
            $"""<div class="remedy"><b>{Action(cause)}:</b><ul>{Markup.Join(lines)}{Markup.If(more > 0, $"<li>and {Phrases.Number(more)} more</li>")}</ul></div>"""
        );
    }

    /// <summary>The ready change. Where many origins need one each, the first is shown.</summary>
    private static Markup Commands(Cause cause)
    {
        var commands = Phrases.Commands(cause.Findings[0]);
        var whose =
            cause.Origins.Count > 1 && !cause.Findings.All(finding => finding.Remediation == cause.Findings[0].Remediation)
                ? $" for {cause.Origins[0]}, the first of {cause.Origins.Count}"
                : "";
        return Markup.If(
            commands.Count > 0,
            $"""
            <details class="commands"><summary>The change, ready to run{whose}</summary>
            <pre tabindex="0"><code>{Markup.Join(commands.Select(line => Markup.Of($"{line}")), "\n")}</code></pre>
            {Markup.Join(Phrases.Templates(cause.Findings[0]).Select(line => Markup.Of($"<p>{line}</p>")))}
            </details>
            """
        );
    }

    private static Markup Whom(Cause cause)
    {
        var lines = cause.HasOneDetail
            ? Phrases.NamedOrigins(cause).Select(origin => Markup.Of($"<li>{origin}</li>")).ToList()
            :
            [
                .. cause.Findings.Select(finding =>
                    Markup.Of(
                        $"<li>{Phrases.Named(finding)}{Markup.If(cause.Targets.Count > 1 && finding.Target is not null, $" ({finding.Target})")}: {finding.Detail}</li>"
                    )
                ),
            ];
        var list = Markup.Of(
            $"""
            <ul class="whom">{Markup.Join(lines.Take(ListedInAll))}{Markup.If(
                lines.Count > ListedInAll,
                $"<li>and {Phrases.Number(lines.Count - ListedInAll)} more</li>"
            )}</ul>
            """
        );
        return lines.Count <= ListedOrigins
            ? Markup.Of($"""<p class="reach">{Phrases.Reach(cause)}</p>{list}""")
            : Markup.Of($"""<details><summary>{Phrases.Reach(cause)}</summary>{list}</details>""");
    }
}
