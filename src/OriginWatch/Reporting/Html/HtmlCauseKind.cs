using OriginWatch.Audit;

namespace OriginWatch.Reporting.Html;

/// <summary>Causes of one rule in one section, when there are many: one article with a row per cause instead of an article each.</summary>
internal static class HtmlCauseKind
{
    /// <summary>From this many causes of one rule on, a table is read faster than articles.</summary>
    public const int FewestForTable = 4;

    private const int OpenRows = 10;
    private const int MostRows = 500;

    public static Markup Article(IReadOnlyList<Cause> causes, CauseAnchors anchors)
    {
        var first = causes[0];
        var id = $"kind-{anchors.Number(first)}";
        var remedies = causes.Select(Phrases.Remedy).Distinct(StringComparer.Ordinal).ToList();
        var tone = first.Section == ReportSection.NotJudged ? "unknown" : WireNames.Of(first.Severity);
        return Markup.Of(
            $"""
            <article class="cause {tone}" id="{id}" aria-labelledby="{id}-name" data-rule="{first.Rule.Id}">
            <h3 id="{id}-name">{HtmlCauses.Pill(first)} <span class="place">{first.Rule.Fault}</span></h3>
            <p class="reach">{Phrases.Count(causes.Count, "cause")}, {Phrases.Count(
                causes.SelectMany(cause => cause.Origins).Distinct(StringComparer.Ordinal).Count(),
                "origin"
            )}</p>
            {Markup.If(remedies.Count == 1, $"""<p class="remedy"><b>{HtmlCauses.Action(first)}:</b> {remedies[0]}</p>""")}
            {Rows(causes, anchors, withRemedy: remedies.Count > 1)}
            <p class="why muted">{first.Rule.Rationale} <a href="{first.Rule.Reference.AbsoluteUri}" rel="noreferrer noopener">{first.Rule.Id}</a></p>
            </article>
            """
        );
    }

    private static Markup Rows(IReadOnlyList<Cause> causes, CauseAnchors anchors, bool withRemedy)
    {
        var table = Markup.Of(
            $"""
            <section class="scroll" aria-label="{causes[0].Rule.Id}, a row per cause" tabindex="0">
            <table class="kind">
            <thead><tr><th scope="col">Where</th><th scope="col">What</th>{Markup.If(
                withRemedy,
                $"""<th scope="col">{HtmlCauses.Action(causes[0])}</th>"""
            )}<th scope="col">Origins</th></tr></thead>
            <tbody>
            {Markup.Join(causes.Take(MostRows).Select(cause => Row(cause, anchors.Number(cause), withRemedy)), "\n")}
            </tbody>
            </table>
            </section>
            {Markup.If(causes.Count > MostRows, $"<p>{Phrases.Number(causes.Count - MostRows)} more are in the JSON and CSV reports.</p>")}
            """
        );
        return causes.Count <= OpenRows
            ? table
            : Markup.Of($"""<details class="rows"><summary>All {Phrases.Number(causes.Count)} causes</summary>{table}</details>""");
    }

    private static Markup Row(Cause cause, int number, bool withRemedy) =>
        Markup.Of(
            $"""
            <tr id="cause-{number}" data-severity="{WireNames.Of(cause.Severity)}" data-rule="{cause.Rule.Id}"><th scope="row">{Markup.Host(
                Phrases.Place(cause)
            )}</th><td>{Phrases.What(cause)}</td>{Markup.If(
                withRemedy,
                $"<td>{Phrases.FirstSentence(Phrases.Remedy(cause))}</td>"
            )}<td>{Phrases.Number(cause.Origins.Count)}</td></tr>
            """
        );
}
