using System.Globalization;
using OriginWatch.History;
using OriginWatch.Rules;
using static System.FormattableString;

namespace OriginWatch.Reporting.Digest;

/// <summary>The mail, in the order in which somebody who was just woken needs it.</summary>
internal static class DigestText
{
    /// <summary>Design, section 7. The text is ASCII, so characters are bytes.</summary>
    public const int MaxBytes = 120_000;

    private const int MaxChanges = 40;
    private const int MaxFailing = 40;
    private const int MaxDue = 40;
    private const int MaxOthers = 40;
    private const int MaxReasons = 20;
    private const int MaxNotices = 20;
    private const int MaxEntries = 20;
    private const int MaxNames = 5;

    private const string Ending = "\n(The rest did not fit: see the report.)\n";

    /// <summary>The facts of the run and the way to the report are never cut off.</summary>
    public static string Of(DigestView view, int most = MaxBytes)
    {
        var tail = new MailText();
        Facts(tail, view);
        Where(tail, view);
        var mail = new MailText();
        Body(mail, view);
        return $"{Bound(mail.ToString(), most - tail.Length - Ending.Length)}\n{tail}";
    }

    public static string Minute(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture);

    private static void Body(MailText mail, DigestView view)
    {
        Headline(mail, view);
        Changes(mail, view);
        var (failing, rest) = Split(view.Open, group => group.Rejects);
        var (due, others) = Split(rest, group => group.DueAt(view.Now) is not null);
        Section(mail, "FAILING NOW", failing, MaxFailing, (group, number) => DigestGroupText.Full(mail, view, group, number));
        Section(mail, "DUE SOON", [.. due.OrderBy(group => group.DueAt(view.Now))], MaxDue, (group, _) => DigestGroupText.Due(mail, view, group));
        Section(mail, failing.Count + due.Count > 0 ? "ALSO OPEN" : "OPEN", others, MaxOthers, (group, number) => DigestGroupText.Full(mail, view, group, number));
        NotJudged(mail, view);
        Suppressions(mail, view);
    }

    /// <summary>Ends at a line's end, and says that it ends.</summary>
    private static string Bound(string text, int most)
        => text.Length <= most ? text : text[..(text.LastIndexOf('\n', Math.Max(0, most - 1)) + 1)] + Ending;

    private static (List<DigestGroup> Yes, List<DigestGroup> No) Split(IReadOnlyList<DigestGroup> groups, Func<DigestGroup, bool> condition)
        => ([.. groups.Where(condition)], [.. groups.Where(group => !condition(group))]);

    private static void Headline(MailText mail, DigestView view)
    {
        if (view.Run.IncompleteBecause is { } incomplete)
        {
            mail.Paragraph($"THIS RUN WAS INCOMPLETE. {incomplete}").Blank();
        }

        mail.Paragraph(view.Failing switch
        {
            0 when view.Worst is null && view.OriginsNotJudged == 0 && view.Run.Complete => "All clear: no origin is failing and no finding needs attention.",
            0 => "No origin is known to be failing now.",
            var failing => $"{(view.Review.Suspicion is null ? "" : "As of the last run that is believed, ")}{Phrases.Count(failing, "origin is", "origins are")} failing: CloudFront answers the viewers with an error.",
        });
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
            return view.Review.HistoryMissing ?? "There was no earlier run to compare with: everything found is new.";
        }

        var counts = new[] { ChangeKind.New, ChangeKind.Changed, ChangeKind.Resolved, ChangeKind.Gone }
            .Select(kind => (kind, Count: view.Review.Changes.Of(kind).Count()))
            .Where(item => item.Count > 0)
            .Select(item => $"{item.Count} {item.kind.ToString().ToLowerInvariant()}")
            .ToList();
        return $"Findings since the run of {Minute(view.Review.Previous.LastRun.StartedAt)}: {(counts.Count == 0 ? "no change" : string.Join(", ", counts))}.";
    }

    private static void Changes(MailText mail, DigestView view)
    {
        if (view.Review.Previous is null)
        {
            return; // everything is new, and stands below
        }

        var changed = DigestGroup.Of(view.Review.Changes.Mailed.Where(change => change.Kind != ChangeKind.Ongoing), view.Review.Report);
        Section(mail, "WHAT CHANGED", [.. changed.OrderBy(group => group.Kind)], MaxChanges, (group, _) => DigestGroupText.Change(mail, group), spaced: false);
    }

    private static void Section(MailText mail, string heading, List<DigestGroup> groups, int most, Action<DigestGroup, int> write, bool spaced = true)
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
            mail.Blank().Paragraph(Invariant($"And {groups.Count - most} more, of {groups.Count}: see the report."), 2);
        }
    }

    private static void NotJudged(MailText mail, DigestView view)
    {
        var silent = view.Review.Suspicion?.Silent ?? [];
        if (view.NotJudged.Count == 0 && silent.Count == 0)
        {
            return;
        }

        mail.Heading("NOT JUDGED");
        if (silent.Count > 0)
        {
            mail.Paragraph($"Answered last time, silent now: {DigestGroup.Listed(silent, 4 * MaxNames)}.", 2, 2);
        }

        var reasons = view.NotJudged.GroupBy(finding => finding.Detail, StringComparer.Ordinal).OrderByDescending(group => group.Count()).ToList();
        foreach (var reason in reasons.Take(MaxReasons))
        {
            var origins = reason.Select(finding => $"{finding.DistributionId}/{finding.OriginId}").Distinct(StringComparer.Ordinal).ToList();
            mail.Paragraph($"{Phrases.Count(origins.Count, "origin")}: {MailText.Clean(reason.Key, 300)}", 2, 2)
                .Paragraph(DigestGroup.Listed(origins, MaxNames), 4, 2);
        }

        if (reasons.Count > MaxReasons)
        {
            mail.Paragraph(Invariant($"And {reasons.Count - MaxReasons} more reasons: see the report."), 2);
        }
    }

    private static void Suppressions(MailText mail, DigestView view)
    {
        var review = view.Review.Suppressions;
        if (review is { Findings: 0, Expired.Count: 0, Lapsing.Count: 0, Unused.Count: 0, Problem: null })
        {
            return;
        }

        mail.Heading("SUPPRESSIONS");
        var count = review.Findings == 0 ? "" : $"{Phrases.Count(review.Findings, "finding")} on {Phrases.Count(review.Origins, "origin")} {(review.Findings == 1 ? "is" : "are")} suppressed: in the report, not in this mail.";
        if (review.Problem is not null || count.Length > 0)
        {
            mail.Paragraph(review.Problem ?? count, 2, 2);
        }

        Entries(mail, "Lapses soon", review.Lapsing, entry => $"on {entry.Expires:yyyy-MM-dd}, {entry.Owner}: {entry.Reason}");
        Entries(mail, "Expired", review.Expired, entry => $"on {entry.Expires:yyyy-MM-dd}, {entry.Owner}: renew or remove it");
        Entries(mail, "Unused", review.Unused, entry => $"{entry.Owner}: it matches nothing and can be removed");
    }

    private static void Entries(MailText mail, string label, IReadOnlyList<Suppression> entries, Func<Suppression, string> say)
    {
        foreach (var entry in entries.Take(MaxEntries))
        {
            mail.Field(label, MailText.Clean($"{entry.Distribution} / {entry.Origin} / {entry.Rule} (line {entry.Line}), {say(entry)}", 400), 2);
        }

        if (entries.Count > MaxEntries)
        {
            mail.Field("", Invariant($"and {entries.Count - MaxEntries} more"), 2);
        }
    }

    private static void Facts(MailText mail, DigestView view)
    {
        var (run, totals) = (view.Run, view.Review.Report.Totals);
        mail.Heading("THE RUN")
            .Field("Account", $"{run.AccountId ?? "unknown"} {view.Settings.Environment}".TrimEnd(), 2)
            .Field("Started", Invariant($"{Minute(run.StartedAt)}, took {(run.FinishedAt - run.StartedAt).TotalSeconds:0} s"), 2)
            .Field("Looked at", $"{Phrases.Count(totals.Distributions, "distribution")}, {Phrases.Count(totals.Origins, "origin")}, {Phrases.Count(totals.Targets, "target")}", 2)
            .Field("Origins", Invariant($"{totals.ByVerdict[OriginVerdict.Accepts]} fine, {totals.ByVerdict[OriginVerdict.Rejects]} failing, {totals.ByVerdict[OriginVerdict.Undetermined]} not judged, {totals.ByVerdict[OriginVerdict.NotProbed]} not probed{(view.Review.Suspicion is null ? "" : ", as seen from here")}"), 2)
            .Field("Complete", run.Complete ? "yes" : "no", 2)
            .Field("Roots", run.TrustStoreAgeDays is { } age ? $"{run.TrustStore}, {Phrases.Count(age, "day")} old" : run.TrustStore, 2)
            .Field("Sent because", view.Because, 2)
            .Field("Digest", view.Review.RunId, 2);
        foreach (var remark in run.Remarks.Take(MaxNotices))
        {
            mail.Field("Remark", MailText.Clean(remark, 400), 2);
        }

        if (run.Remarks.Count > MaxNotices)
        {
            mail.Field("", Invariant($"and {run.Remarks.Count - MaxNotices} more remarks in the report"), 2);
        }
    }

    private static void Where(MailText mail, DigestView view)
    {
        var lines = view.Settings.ReportLocation(view.Review);
        if (lines.Count == 0)
        {
            return;
        }

        mail.Heading("THE REPORT");
        foreach (var line in lines)
        {
            mail.Line(line);
        }
    }
}
