using OriginWatch.Audit;
using OriginWatch.Inventory.Organization;
using OriginWatch.Rules;

namespace OriginWatch.Reporting.Html;

/// <summary>The verdict with its counts, what to do first, and the facts of the run.</summary>
internal static class HtmlSummary
{
    public static Markup Header(ReportOutline outline, string verdict)
    {
        var run = outline.Report.Run;
        var mood =
            VerdictSentence.SeverityOf(outline) is { } severity ? WireNames.Of(severity)
            : outline.Report.Totals.ByVerdict.GetValueOrDefault(OriginVerdict.Accepts) > 0 ? "good"
            : "unknown";
        return Markup.Of(
            $"""
            <header class="top {mood}">
            <p class="brand">OriginWatch <span>CloudFront origins{Whose(run)}, {WireNames.Of(run.StartedAt)}</span></p>
            <h1>{Markup.Join(verdict.Split(' ').Select(Word), " ")}</h1>
            {Markup.If(!run.Complete, $"""<p class="incomplete" role="note">{run.IncompleteBecause}</p>""")}
            <nav aria-label="Sections"><ul class="tiles">
            {Markup.Join(Tiles(outline))}
            </ul></nav>
            </header>
            """
        );
    }

    public static Markup FirstSteps(ReportOutline outline, CauseAnchors anchors)
    {
        return Markup.If(
            outline.FirstSteps.Count > 0,
            $"""
            <section aria-labelledby="first">
            <h2 id="first">Do first</h2>
            <ol class="steps">
            {Markup.Join(outline.FirstSteps.Select(cause => Step(cause, anchors, outline.Report.Run.JudgedAt)), "\n")}
            </ol>
            </section>
            """
        );
    }

    public static Markup Facts(ReportOutline outline, ReportOptions options) =>
        Markup.Of(
            $"""
            <section aria-labelledby="run">
            <h2 id="run">This run</h2>
            <dl class="facts">
            {Markup.Join(ReportFacts.Of(outline, options).Select(Fact), "\n")}
            </dl>
            </section>
            """
        );

    /// <summary>A date is not broken at its hyphens.</summary>
    private static Markup Word(string word) =>
        word.Contains('-', StringComparison.Ordinal) ? Markup.Of($"""<span class="whole">{word}</span>""") : Markup.Of($"{word}");

    private static Markup Step(Cause cause, CauseAnchors anchors, DateTimeOffset now) =>
        Markup.Of(
            $"""
            <li><a href="#cause-{anchors.Number(cause)}">{Markup.Host(Headline.Place(cause))}</a> {HtmlCauses.Pill(cause)} {Headline.Fault(
                cause,
                now
            )}{Markup.If(
                cause.Origins.Count > 1,
                $" <span class=\"muted\">({Phrases.Count(cause.Origins.Count, "origin")})</span>"
            )}<br>{Phrases.FirstSentence(Phrases.Remedy(cause))}</li>
            """
        );

    private static Markup Fact((string Name, IReadOnlyList<string> Facts) fact) =>
        Markup.Of($"<dt>{fact.Name}</dt>{Markup.Join(fact.Facts.Select(text => Markup.Of($"<dd>{text}</dd>")))}");

    /// <summary>Every origin counts in one tile, that of the worst that is known of it, so that the tiles add up to all origins.</summary>
    private static IEnumerable<Markup> Tiles(ReportOutline outline)
    {
        var worst = Worst(outline);
        foreach (
            var (section, tone) in new[]
            {
                (ReportSection.FailsNow, "critical"),
                (ReportSection.WillFail, "high"),
                (ReportSection.ClearText, "high"),
                (ReportSection.Policy, "medium"),
                (ReportSection.NotJudged, "unknown"),
                (ReportSection.Suppressed, "unknown"),
            }
        )
        {
            if (worst.Values.Count(of => of == section) is > 0 and var count)
            {
                yield return Tile(
                    outline[section].Count > 0 ? CauseAnchors.Section(section) : "origins",
                    tone,
                    count,
                    Phrases.Heading(section)
                );
            }
        }

        var rest = outline.Report.Origins.Where(origin => !worst.ContainsKey(OriginKey.Of(origin.Planned))).ToList();
        var accepted = rest.Count(origin => origin.Verdict == OriginVerdict.Accepts);
        yield return Tile("origins", accepted > 0 ? "good" : "unknown", accepted, "No findings");
        if (rest.Count > accepted)
        {
            yield return Tile("origins", "unknown", rest.Count - accepted, "Not probed");
        }

        yield return Tile("origins", "unknown", outline.Report.Totals.Origins, "Origins in all");
    }

    private static Dictionary<string, ReportSection> Worst(ReportOutline outline)
    {
        var worst = new Dictionary<string, ReportSection>(StringComparer.Ordinal);
        foreach (var section in Enum.GetValues<ReportSection>().Where(section => section != ReportSection.WorthKnowing))
        {
            foreach (var origin in outline[section].SelectMany(cause => cause.Origins))
            {
                worst.TryAdd(origin, section);
            }
        }

        return worst;
    }

    private static string Whose(RunFacts run) =>
        run.Accounts.Count(account => account.Outcome == AccountOutcome.Read) is > 0 and var read ? $" of {Phrases.Count(read, "account")}"
        : run.AccountId is { } id ? $" of account {id}"
        : "";

    private static Markup Tile(string anchor, string tone, int count, string label) =>
        Markup.Of($"""<li><a class="tile {tone}" href="#{anchor}"><strong>{Phrases.Number(count)}</strong> {label}</a></li>""");
}
