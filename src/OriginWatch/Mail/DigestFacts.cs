using OriginWatch.Audit;
using OriginWatch.Edge;
using OriginWatch.History;
using OriginWatch.Reporting;
using OriginWatch.Rules;
using static System.FormattableString;

namespace OriginWatch.Mail;

/// <summary>What stands below the findings: what nobody could judge, the suppressions, the run, the report.</summary>
internal static class DigestFacts
{
    private const int MaxReasons = 20;
    private const int MaxEntries = 20;
    private const int MaxSeenOnce = 100;
    private const int MaxNames = 5;

    /// <summary>What was seen is told by name, also where the run had no time to look again.</summary>
    public static void SeenOnce(MailText mail, DigestView view)
    {
        if (view.SeenOnce.Count == 0)
        {
            return;
        }

        mail.Heading("SEEN ONCE, NOT CONFIRMED");
        foreach (var finding in view.SeenOnce.Take(MaxSeenOnce))
        {
            mail.Paragraph(
                $"{finding.Target ?? finding.OriginId} ({OriginKey.Of(finding.Planned)}): {MailText.Clean(finding.Detail, 300)}",
                2,
                2
            );
        }

        if (view.SeenOnce.Count > MaxSeenOnce)
        {
            mail.Paragraph(Invariant($"And {view.SeenOnce.Count - MaxSeenOnce} more: see {view.InFull}."), 2);
        }
    }

    public static void NotJudged(MailText mail, DigestView view)
    {
        var silent = view.Review.Suspicion?.Silent ?? [];
        if (view.NotJudged.Count == 0 && silent.Count == 0)
        {
            return;
        }

        mail.Heading("NOT EVALUATED");
        if (silent.Count > 0)
        {
            mail.Paragraph($"Answered last time, silent now: {DigestGroup.Listed(silent, 4 * MaxNames)}.", 2, 2);
        }

        var reasons = view
            .NotJudged.GroupBy(finding => finding.Detail, StringComparer.Ordinal)
            .OrderByDescending(group => group.Count())
            .ToList();
        foreach (var reason in reasons.Take(MaxReasons))
        {
            var origins = reason.Select(finding => OriginKey.Of(finding.Planned)).Distinct(StringComparer.Ordinal).ToList();
            mail.Paragraph($"{Phrases.Count(origins.Count, "origin")}: {MailText.Clean(reason.Key, 300)}", 2, 2)
                .Paragraph(DigestGroup.Listed(origins, MaxNames), 4, 2);
            mail.Field("CloudFront", Edge(reason.First()), 4);
        }

        if (reasons.Count > MaxReasons)
        {
            mail.Paragraph(Invariant($"And {reasons.Count - MaxReasons} more reasons: see {view.InFull}."), 2);
        }
    }

    public static void Suppressions(MailText mail, DigestView view)
    {
        var review = view.Review.Suppressions;
        if (review is { Findings: 0, Expired.Count: 0, Lapsing.Count: 0, Unused.Count: 0, Problem: null })
        {
            return;
        }

        mail.Heading("SUPPRESSIONS");
        var count =
            review.Findings == 0
                ? ""
                : $"{Phrases.Count(review.Findings, "finding")} on {Phrases.Count(review.Origins, "origin")} "
                    + $"{(review.Findings == 1 ? "is" : "are")} suppressed: in {view.InFull}, not in this mail.";
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
            mail.Field(
                label,
                MailText.Clean($"{entry.Distribution} / {entry.Origin} / {entry.Rule} (line {entry.Line}), {say(entry)}", 400),
                2
            );
        }

        if (entries.Count > MaxEntries)
        {
            mail.Field("", Invariant($"and {entries.Count - MaxEntries} more"), 2);
        }
    }

    /// <summary>What other mails are about, so that nobody takes this one for all of it.</summary>
    public static void Routed(MailText mail, DigestView view)
    {
        var shares = view.Review.Part?.Routed ?? [];
        if (shares.Count == 0)
        {
            return;
        }

        mail.Heading("MAILED BY ROUTE");
        foreach (var share in shares)
        {
            mail.Paragraph(
                $"{Phrases.Listed(share.Routes, MaxNames)}: {Phrases.Count(share.Failing, "origin")} failing, "
                    + $"{Phrases.Count(share.Open, "finding")} open ({share.Topic})",
                2,
                2
            );
        }
    }

    public static void Run(MailText mail, DigestView view)
    {
        var (run, totals) = (view.Run, view.Review.Report.Totals);
        mail.Heading("THE RUN")
            .Field("Account", $"{run.AccountId ?? "unknown"} {view.Settings.Environment}".TrimEnd(), 2)
            .Field("Started", Invariant($"{DigestText.Minute(run.StartedAt)}, took {(run.FinishedAt - run.StartedAt).TotalSeconds:0} s"), 2)
            .Field(
                "Looked at",
                $"{Phrases.Count(totals.Distributions, "distribution")}, {Phrases.Count(totals.Origins, "origin")}, "
                    + $"{Phrases.Count(totals.Targets, "target")}",
                2
            )
            .Field("Origins", Origins(view.Review.Part?.WholeRun ?? view.Review.Counts), 2)
            .Field(
                "Route",
                view.Review.Part is { IsRoute: true } part
                    ? $"{Phrases.Listed(part.Routes, MaxNames)}: "
                        + $"{Phrases.Count(view.Failing, "origin")} failing, {view.OriginsNotJudged} not evaluated"
                    : "",
                2
            )
            .Field("Complete", run.Complete ? "yes" : "no", 2)
            .Field("Roots", run.TrustStoreAgeDays is { } age ? $"{run.TrustStore}, {Phrases.Count(age, "day")} old" : run.TrustStore, 2)
            .Field("Sent because", view.Because, 2)
            .Field("Run id", view.Review.RunId, 2);
        foreach (var remark in run.Remarks.Take(DigestText.MaxNotices))
        {
            mail.Field("Remark", MailText.Clean(remark, 400), 2);
        }

        if (run.Remarks.Count > DigestText.MaxNotices)
        {
            mail.Field("", Invariant($"and {run.Remarks.Count - DigestText.MaxNotices} more remarks in {view.InFull}"), 2);
        }
    }

    private static string Origins(RunCounts counts) =>
        Invariant($"{counts.Fine} fine, {counts.Failing} failing, {counts.NotJudged} not evaluated, {counts.NotProbed} not probed")
        + (counts.FailingSuppressed > 0 ? Invariant($", {counts.FailingSuppressed} failing and suppressed") : "")
        + (counts.FailingUnused > 0 ? Invariant($", {counts.FailingUnused} failing that no viewer reaches") : "");

    public static void Where(MailText mail, DigestView view)
    {
        if (view.Report.Count == 0)
        {
            return;
        }

        mail.Line("Report:");
        foreach (var line in view.Report)
        {
            mail.Line(line);
        }
    }

    /// <summary>Once, in the first mail about a run that asked CloudFront: what asking sends to the sites, and how to end it.</summary>
    public static void Requests(MailText mail, DigestView view)
    {
        if (!view.Review.RestsOnEdge || view.Review.IsEdgeExplained)
        {
            return;
        }

        var which =
            view.Run.Edge == EdgeMode.All ? "For each custom origin" : "For each origin that the handshake rejects or cannot evaluate";
        mail.Heading("REQUESTS TO YOUR SITES")
            .Paragraph(
                $"CloudFront was asked about {Phrases.Count(view.Review.Report.Totals.AskedAtEdge, "origin")} in this "
                    + $"run. {which}, OriginWatch sends one HTTPS request to the distribution, "
                    + "and a second one after a failure: "
                    + "GET for a random path that no cache holds, with the User-Agent OriginWatch/<version>. "
                    + "The origin logs it, usually with status 404. "
                    + "To send none, set EDGE=off (template parameter "
                    + $"EdgeRequests).{(view.Review.KeepsHistory ? " This note is sent once." : "")}",
                2
            );
    }

    private static string Edge(Finding finding) =>
        EdgeStory.EvidenceFor(finding).FirstOrDefault() is { } sighting ? MailText.Clean(EdgeStory.Of(sighting), 300) : "";
}
