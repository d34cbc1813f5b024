using OriginWatch.Audit;
using OriginWatch.History;
using OriginWatch.Reporting;
using OriginWatch.Rules;
using OriginWatch.Text;
using static System.FormattableString;

namespace OriginWatch.Mail;

/// <summary>One cause, as long or as short as its section wants it.</summary>
internal static class DigestGroupText
{
    private const int MaxNames = 5;
    private const int MaxRemedies = 3;
    private const int MaxRemedyOrigins = 2;
    private const int MaxAnswers = 2;
    private const int MaxDetail = 400;
    private const int MaxVictim = 100;
    private const int ChangeHang = 10;

    public static void Change(MailText mail, DigestGroup group)
    {
        var what = $"{group.Where}: {Fault(group)}";
        mail.Paragraph(
            $"{group.Kind.ToString().ToUpperInvariant(), -ChangeHang}"
                + group.Kind switch
                {
                    ChangeKind.Resolved => $"was {Phrases.Label(group.Severity)} since {Phrases.Date(group.Since)}, {what}",
                    ChangeKind.Gone => $"was {Phrases.Label(group.Severity)}, {group.Where}: {group.Because}",
                    ChangeKind.Changed => $"{Phrases.Label(group.Severity)}, {what} ({group.Because})",
                    _ => $"{Phrases.Label(group.Severity)}, {what}",
                },
            2,
            ChangeHang
        );
    }

    /// <summary>Evidence, who is hit, why it matters and what to do.</summary>
    public static void Full(MailText mail, DigestView view, DigestGroup group, int number)
    {
        mail.Paragraph(
            Invariant(
                $"{number}. {Phrases.Label(group.Severity)} {Since(view, group)}: {MailText.Clean(group.Victim, MaxVictim)}: {Fault(group)}"
            ),
            0,
            3
        );
        mail.Field("Evidence", Details(view, group), 3)
            .Field("Certificate", Certificate(group), 3)
            .Field("Endpoint", DigestGroup.Listed(group.Endpoints, MaxNames), 3)
            .Field(group.Origins.Count == 1 ? "Origin" : "Origins", DigestGroup.Listed(group.Origins, MaxNames), 3)
            .Field(group.Accounts.Count == 1 ? "Account" : "Accounts", DigestGroup.Listed(group.Accounts, MaxNames), 3)
            .Field("Viewers of", DigestGroup.Listed(group.Viewers, MaxNames), 3)
            .Field("Not tested", NotJudged(group), 3)
            .Field("CloudFront", Edge(group), 3)
            .Field("Traffic", Traffic(group), 3)
            .Field("Why", group.Rule?.Rationale ?? "", 3)
            .Field("Remedy", Remedy(view, group), 3)
            .Field("Commands", Commands(view, group), 3)
            .Field("Rule", $"{group.Record.RuleId} {group.Record.Title}", 3);
    }

    public static void Due(MailText mail, DigestView view, DigestGroup group)
    {
        var end = group.DueAt(view.Now)!.Value;
        mail.Paragraph(
                $"{Phrases.Date(end)}, {Phrases.Distance(end, view.Now)}: {Phrases.Label(group.Severity)} {Since(view, group)}",
                2,
                2
            )
            .Field("What", group.Certificate is null || group.Rule is { IsAboutRoots: true } ? Detail(group) : "", 4)
            .Field("Certificate", Certificate(group), 4)
            .Field("Endpoint", DigestGroup.Listed(group.Endpoints, MaxNames), 4)
            .Field(group.Origins.Count == 1 ? "Origin" : "Origins", DigestGroup.Listed(group.Origins, MaxNames), 4)
            .Field(group.Accounts.Count == 1 ? "Account" : "Accounts", DigestGroup.Listed(group.Accounts, MaxNames), 4)
            .Field("Viewers of", DigestGroup.Listed(group.Viewers, MaxNames), 4)
            .Field("Not tested", NotJudged(group), 4)
            .Field("Remedy", Remedy(view, group), 4)
            .Field("Rule", $"{group.Record.RuleId} {group.Record.Title}", 4);
    }

    /// <summary>What CloudFront counted for the first of the distributions.</summary>
    private static string Traffic(DigestGroup group) =>
        group.Changes.Select(change => change.Finding?.Traffic).OfType<string>().FirstOrDefault() ?? "";

    /// <summary>The first answers that say something else; a finding may rest on them alone.</summary>
    private static string Edge(DigestGroup group)
    {
        var answers = group
            .Edge.Select(sighting => MailText.Clean(EdgeStory.Of(sighting), MaxDetail))
            .Distinct(StringComparer.Ordinal)
            .ToList();
        return string.Join("; and ", answers.Take(MaxAnswers))
            + (answers.Count > MaxAnswers ? $"; and {Phrases.Count(answers.Count - MaxAnswers, "more answer")}" : "");
    }

    private static string NotJudged(DigestGroup group) =>
        group.LastJudgedBefore is { } last ? $"in this run; the above was seen on {DigestText.Minute(last)}" : "";

    private static string Since(DigestView view, DigestGroup group)
    {
        return !view.KnowsChanges ? "(since when is not known)"
            : group.IsNew ? "(new)"
            : $"(since {Phrases.Date(group.Since)}, "
                + $"{Phrases.Count(-Phrases.Days(group.Since, view.Now), "day")}{(group.Kind == ChangeKind.Changed ? ", changed" : "")})";
    }

    /// <summary>What is wrong; where this run did not look, what the last one saw.</summary>
    private static string Fault(DigestGroup group) =>
        group.Changes.Select(change => change.Finding).OfType<Finding>().ToList() is { Count: > 0 } findings
            ? Headline.Fault(findings)
            : Detail(group);

    /// <summary>The evidence, where all have the same; otherwise what is wrong.</summary>
    private static string Detail(DigestGroup group) =>
        group.Details.Count == 1 ? MailText.Clean(group.Record.Detail, MaxDetail) : group.Finding?.Rule.Fault ?? group.Record.Title;

    private static string Details(DigestView view, DigestGroup group) =>
        group.Details.Count == 1
            ? group.Finding is null
                ? ""
                : Detail(group)
            : Several(
                view,
                [.. group.Details.Select(change => $"{DigestGroup.OriginOf(change)}: {MailText.Clean(change.Record.Detail, MaxDetail)}.")]
            );

    /// <summary>Each remedy of the group, with its origins where there are several.</summary>
    public static string Remedy(DigestView view, DigestGroup group) =>
        group.Remedies switch
        {
            [] => OwnCommands.InMail(group.Rule?.Remediation.Split('\n')[0].Trim() ?? ""),
            [var only] => OwnCommands.InMail(only.Text),
            var remedies => Several(
                view,
                [.. remedies.Select(remedy => $"{Phrases.Listed(remedy.Origins, MaxRemedyOrigins)}: {OwnCommands.InMail(remedy.Text)}")]
            ),
        };

    private static string Several(DigestView view, IReadOnlyList<string> items) =>
        string.Join(" ", items.Take(MaxRemedies))
        + (items.Count > MaxRemedies ? $" {Phrases.Number(items.Count - MaxRemedies)} more in {view.InFull}." : "");

    private static string Commands(DigestView view, DigestGroup group) =>
        group.Finding is { } finding && Phrases.Commands(finding).Count > 0
            ? OwnCommands.InMail($"{(view.Report.Count > 0 ? "in the report, or by " : "by ")}'originwatch explain {group.Origins[0]}'")
            : "";

    private static string Certificate(DigestGroup group) =>
        group.Certificate is { } certificate
            ? $"{MailText.Clean(certificate.Subject, 200)}, until {DigestText.Minute(certificate.NotAfter)}, "
                + $"serial {MailText.Clean(certificate.SerialNumber, 40)}"
        : group is { Rule.IsAboutRoots: true, Certificates: > 1 }
            ? Invariant($"{group.Certificates} certificates lead to this root; the report lists them")
        : "";
}
