using OriginWatch.Audit;
using OriginWatch.Rules;

namespace OriginWatch.Reporting.Html;

/// <summary>One article per cause: what is wrong, the evidence, the chain as sent, the remedy with its commands, whom it concerns.</summary>
internal static class HtmlCauses
{
    /// <summary>Articles per heading; the rest are lines, so that a thousand faults stay readable and small.</summary>
    private const int Articles = 60;

    private const int Lines = 500;
    private const int ListedOrigins = 6;
    private const int ListedInAll = 200;

    public static Markup Sections(ReportOutline outline, CauseAnchors anchors, ReportOptions options)
        => Markup.Join(Enum.GetValues<ReportSection>().Select(section => Section(outline, section, anchors, options)), "\n");

    /// <summary>The severity as a word in its colour.</summary>
    public static Markup Pill(Cause cause)
        => cause.Section == ReportSection.NotJudged
            ? Markup.Of($"""<span class="pill unknown">unknown</span>""")
            : Markup.Of($"""<span class="pill {WireNames.Of(cause.Severity)}">{WireNames.Of(cause.Severity)}</span>""");

    private static Markup Section(ReportOutline outline, ReportSection section, CauseAnchors anchors, ReportOptions options)
    {
        var causes = outline[section];
        var id = CauseAnchors.Section(section);
        var articles = section == ReportSection.WorthKnowing ? 0 : Articles;
        return Markup.If(causes.Count > 0, $"""
            <section aria-labelledby="{id}">
            <h2 id="{id}">{Phrases.Heading(section)} <span class="muted">{Phrases.Count(causes.Count, "cause")}, {Phrases.Count(outline.ListedOriginsIn(section), "origin")}</span></h2>
            {Markup.Join(causes.Take(articles).Select(cause => Article(cause, anchors.Number(cause), outline.Report.Run.JudgedAt, options)), "\n")}
            {Rest([.. causes.Skip(articles)], anchors, heading: articles > 0)}
            </section>
            """);
    }

    private static Markup Rest(List<Cause> causes, CauseAnchors anchors, bool heading) => Markup.If(causes.Count > 0, $"""
        {Markup.If(heading, $"<h3>{Phrases.Count(causes.Count, "more cause")}, in short</h3>")}
        <ul class="short">
        {Markup.Join(causes.Take(Lines).Select(cause => Markup.Of($"""<li id="cause-{anchors.Number(cause)}">{Pill(cause)} <b>{Phrases.Place(cause)}</b>: {cause.Findings[0].Detail} <span class="muted">{cause.Rule.Id}, {Phrases.Reach(cause)}</span></li>""")), "\n")}
        {Markup.If(causes.Count > Lines, $"<li>and {Phrases.Number(causes.Count - Lines)} more, which the JSON and CSV reports list</li>")}
        </ul>
        """);

    private static Markup Article(Cause cause, int number, DateTimeOffset now, ReportOptions options)
    {
        var chain = cause.IsAboutCertificate ? HtmlChain.Draw(cause.Chain, now) : Markup.None;
        return Markup.Of($"""
            <article class="cause {(cause.Section == ReportSection.NotJudged ? "unknown" : WireNames.Of(cause.Severity))}" id="cause-{number}" aria-labelledby="cause-{number}-name">
            <div class="story">
            <h3 id="cause-{number}-name">{Pill(cause)}{Markup.If(cause.Findings.Any(finding => options.IsNew(finding) == true), $""" <span class="pill new">new</span>""")} <span class="place">{Phrases.Place(cause)}</span></h3>
            <p class="what">{Phrases.What(cause)}</p>
            {Remedy(cause, options)}
            {Commands(cause)}
            {Whom(cause)}
            <p class="why muted">{cause.Rule.Rationale} <a href="{cause.Rule.Reference.AbsoluteUri}" rel="noreferrer noopener">{cause.Rule.Id}: {cause.Rule.Title}</a></p>
            </div>
            {chain}
            </article>
            """);
    }

    private static Markup Remedy(Cause cause, ReportOptions options) => cause.Section == ReportSection.Suppressed
        ? Markup.Of($"""<p class="remedy"><b>Accepted:</b> {options.SuppressedBecause(cause.Findings[0])}</p>""")
        : Markup.Of($"""<p class="remedy"><b>{(cause.Section == ReportSection.NotJudged ? "To judge it" : "Fix")}:</b> {Phrases.Remedy(cause)}</p>""");

    /// <summary>The ready change. Where many origins need one each, the first is shown.</summary>
    private static Markup Commands(Cause cause)
    {
        var commands = Phrases.Commands(cause.Findings[0]);
        var whose = cause.Origins.Count > 1 && !cause.Findings.All(finding => finding.Remediation == cause.Findings[0].Remediation) ? $" for {cause.Origins[0]}, the first of {cause.Origins.Count}" : "";
        return Markup.If(commands.Count > 0, $"""
            <details class="commands"><summary>The change, ready to run{whose}</summary>
            <pre tabindex="0"><code>{Markup.Join(commands.Select(line => Markup.Of($"{line}")), "\n")}</code></pre>
            {Markup.Join(Phrases.Templates(cause.Findings[0]).Select(line => Markup.Of($"<p>{line}</p>")))}
            </details>
            """);
    }

    private static Markup Whom(Cause cause)
    {
        var lines = cause.HasOneDetail
            ? Phrases.NamedOrigins(cause).Select(origin => Markup.Of($"<li>{origin}</li>")).ToList()
            : [.. cause.Findings.Select(finding => Markup.Of($"<li>{Phrases.Named(finding)}{Markup.If(cause.Targets.Count > 1 && finding.Target is not null, $" ({finding.Target})")}: {finding.Detail}</li>"))];
        var list = Markup.Of($"""
            <ul class="whom">{Markup.Join(lines.Take(ListedInAll))}{Markup.If(lines.Count > ListedInAll, $"<li>and {Phrases.Number(lines.Count - ListedInAll)} more</li>")}</ul>
            """);
        return lines.Count <= ListedOrigins
            ? Markup.Of($"""<p class="reach">{Phrases.Reach(cause)}</p>{list}""")
            : Markup.Of($"""<details><summary>{Phrases.Reach(cause)}</summary>{list}</details>""");
    }
}
