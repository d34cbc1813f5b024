using System.Globalization;
using OriginWatch.History;
using OriginWatch.Reporting;
using OriginWatch.Rules;
using static System.FormattableString;

namespace OriginWatch.Mail;

/// <summary>The mail, in the order in which somebody who was just woken needs it.</summary>
internal static class DigestText
{
    /// <summary>Less than half of the 256 KiB that SNS takes, since the JSON variant goes with it. The text is ASCII, so characters are
    /// bytes.</summary>
    public const int MaxBytes = 120_000;

    /// <summary>Of a kind, each as long as it likes within a paragraph's bound.</summary>
    public const int MaxNotices = 20;

    private const int MaxChanges = 40;
    private const int MaxFailing = 40;
    private const int MaxDue = 40;
    private const int MaxOthers = 40;

    /// <summary>The way to the report stands first. It and the facts of the run are never cut off.</summary>
    public static string Of(DigestView view, int most = MaxBytes)
    {
        var (head, tail) = (new MailText(), new MailText());
        DigestFacts.Where(head, view);
        DigestFacts.Requests(tail, view);
        DigestFacts.Run(tail, view);
        var mail = new MailText();
        Body(mail, view);
        var ending = $"\n(The rest did not fit: see {view.InFull}.)\n";
        return $"{head}{(head.Length > 0 ? "\n" : "")}{Bound(mail.ToString(), most - head.Length - tail.Length - ending.Length, ending)}\n{tail}";
    }

    public static string Minute(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture);

    private static void Body(MailText mail, DigestView view)
    {
        Headline(mail, view);
        Changes(mail, view);
        var (failing, rest) = Split(view.Open, group => group.Rejects);
        var (due, others) = Split(rest, group => group.DueAt(view.Now) is not null);
        Section(mail, view, "FAILING NOW", failing, MaxFailing, (group, number) => DigestGroupText.Full(mail, view, group, number));
        DigestAccounts.NotScanned(mail, view);
        Section(
            mail,
            view,
            "DUE SOON",
            [.. due.OrderBy(group => group.DueAt(view.Now))],
            MaxDue,
            (group, _) => DigestGroupText.Due(mail, view, group)
        );
        Section(
            mail,
            view,
            failing.Count + due.Count > 0 ? "ALSO OPEN" : "OPEN",
            others,
            MaxOthers,
            (group, number) => DigestGroupText.Full(mail, view, group, number)
        );
        DigestFacts.SeenOnce(mail, view);
        DigestFacts.NotJudged(mail, view);
        DigestFacts.Suppressions(mail, view);
        DigestAccounts.Table(mail, view);
        DigestFacts.Routed(mail, view);
    }

    /// <summary>Ends at a line's end, and says that it ends.</summary>
    private static string Bound(string text, int most, string ending) =>
        text.Length <= most ? text : text[..(text.LastIndexOf('\n', Math.Max(0, most - 1)) + 1)] + ending;

    private static (List<DigestGroup> Yes, List<DigestGroup> No) Split(
        IReadOnlyList<DigestGroup> groups,
        Func<DigestGroup, bool> condition
    ) => ([.. groups.Where(condition)], [.. groups.Where(group => !condition(group))]);

    private static void Headline(MailText mail, DigestView view)
    {
        if (view.Run.IncompleteBecause is { } incomplete)
        {
            mail.Paragraph($"THIS RUN WAS INCOMPLETE. {incomplete}").Blank();
        }

        mail.Paragraph(
            view.Failing switch
            {
                0 when view.Worst is null && view.OriginsNotJudged == 0 && view.Run.Complete =>
                    $"All clear: no origin{view.OfPart} is failing and no finding needs attention.",
                0 => $"No origin{view.OfPart} is known to be failing now.",
                var failing when view.OfPart.Length > 0 =>
                    $"{Phrases.Count(failing, "origin")}{view.OfPart} {(failing == 1 ? "is" : "are")} failing: "
                        + "viewers get an error from CloudFront.",
                var failing => $"{Phrases.Count(failing, "origin is", "origins are")} failing: viewers get an error from CloudFront.",
            }
        );
        mail.Paragraph(Comparison(view));
        foreach (var notice in view.Review.Notices.Take(MaxNotices))
        {
            mail.Blank().Paragraph($"Attention: {notice}");
        }
    }

    private static string Comparison(DigestView view)
    {
        if (view.Review is { Previous: null })
        {
            return view.Review.HistoryMissing
                ?? (
                    view.Review.KeepsHistory
                        ? "There was no earlier run to compare with: everything found is new."
                        : "No history is kept, so it is not known what is new."
                );
        }

        var counts = new[] { ChangeKind.New, ChangeKind.Changed, ChangeKind.Resolved, ChangeKind.Gone }
            .Select(kind => (kind, Count: view.Review.Changes.Of(kind).Count()))
            .Where(item => item.Count > 0)
            .Select(item => $"{item.Count} {item.kind.ToString().ToLowerInvariant()}")
            .ToList();
        return $"Findings since the run of {Minute(view.Review.Previous.LastRun.StartedAt)}: "
            + $"{(counts.Count == 0 ? "no change" : string.Join(", ", counts))}.";
    }

    private static void Changes(MailText mail, DigestView view)
    {
        if (view.Review.Previous is null)
        {
            return; // everything is new, and stands below
        }

        var changed = DigestGroup.Of(view.Review.Changes.Mailed.Where(change => change.Kind != ChangeKind.Ongoing), view.Review.Report);
        Section(
            mail,
            view,
            "WHAT CHANGED",
            [.. changed.OrderBy(group => group.Kind)],
            MaxChanges,
            (group, _) => DigestGroupText.Change(mail, group),
            spaced: false
        );
    }

    private static void Section(
        MailText mail,
        DigestView view,
        string heading,
        List<DigestGroup> groups,
        int most,
        Action<DigestGroup, int> write,
        bool spaced = true
    )
    {
        if (groups.Count == 0)
        {
            return;
        }

        mail.Heading(heading);
        foreach (var (i, group) in groups.Take(most).Index())
        {
            if (i > 0 && spaced)
            {
                mail.Blank();
            }

            write(group, i + 1);
        }

        if (groups.Count > most)
        {
            mail.Blank().Paragraph(Invariant($"And {groups.Count - most} more, of {groups.Count}: see {view.InFull}."), 2);
        }
    }
}
