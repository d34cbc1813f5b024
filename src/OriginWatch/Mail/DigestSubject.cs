using OriginWatch.History;
using OriginWatch.Names;
using OriginWatch.Reporting;
using OriginWatch.Rules;

namespace OriginWatch.Mail;

/// <summary>The verdict in one line, the first name concerned before everything else: what a locked telephone shows.</summary>
internal static class DigestSubject
{
    /// <summary>SNS: fewer than 100 characters, ASCII, no line breaks or control characters.</summary>
    public const int MaxLength = 99;

    private const int MaxEnvironment = 20;
    private const int MaxName = 38;
    private const int NameTail = 21;
    private const string NoName = "CloudFront origins";

    public static string Of(DigestView view) =>
        Line($"[{Verdict(view)}] ", [.. Facts(view)], Where(view.Run.AccountId, view.Settings.Environment));

    /// <summary>For a run that evaluated nothing.</summary>
    public static string OfFault(string? accountId, string? environment) =>
        Line("[FAILED] ", [$"{NoName}: no origin was evaluated"], Where(accountId, environment));

    /// <summary>The most important facts first, since the last ones go when the line is too long.</summary>
    private static string Line(string verdict, List<string> facts, string where)
    {
        while (facts.Count > 1 && verdict.Length + string.Join(", ", facts).Length + where.Length > MaxLength)
        {
            facts.RemoveAt(facts.Count - 1);
        }

        var line = $"{verdict}{string.Join(", ", facts)}{where}";
        return line.Length <= MaxLength ? line : $"{line[..(MaxLength - 3)]}...";
    }

    private static string Verdict(DigestView view) =>
        view.Worst is { } worst && (worst >= Severity.High || view.Run.Complete) ? $"{worst}".ToUpperInvariant()
        : !view.Run.Complete ? "INCOMPLETE"
        : view.Review.HistoryMissing is null && view.Review.Notices.Count == 0 ? "OK"
        : "WARNING";

    /// <summary>Origins, not findings.</summary>
    private static IEnumerable<string> Facts(DigestView view)
    {
        var (lead, more, told) = Lead(view);
        yield return lead;
        if (more > 0)
        {
            yield return $"{more} more";
        }

        if (!view.Run.Complete && Verdict(view) != "INCOMPLETE")
        {
            yield return "run incomplete";
        }

        if (view.Review.HistoryMissing is not null)
        {
            yield return "history missing";
        }

        foreach (var kind in view.KnowsChanges ? new[] { ChangeKind.New, ChangeKind.Changed, ChangeKind.Resolved, ChangeKind.Gone } : [])
        {
            if (kind != told && view.OriginsWith(kind) is > 0 and var count)
            {
                yield return $"{count} {kind.ToString().ToLowerInvariant()}";
            }
        }

        if (view is { Worst: null, OriginsNotJudged: > 0 })
        {
            yield return $"{view.OriginsNotJudged} not evaluated";
        }
    }

    /// <summary>The first fact, how many more origins it is true of, and the kind of change that it has told.</summary>
    private static (string Fact, int More, ChangeKind? Told) Lead(DigestView view)
    {
        if (view.Failing > 0 && view.Open.FirstOrDefault(group => group.Rejects) is { } failing)
        {
            return ($"{Name(failing)} failing", view.Failing - 1, null);
        }

        if (view.Open is [var open, ..] && view.Worst is not null)
        {
            return (
                $"{Name(open)} {Due(open, view.Now)}",
                view.Open.SelectMany(group => group.Origins).Distinct(StringComparer.Ordinal).Count() - 1,
                null
            );
        }

        return !view.Run.Complete ? ($"{NoName}{view.OfPart}: none known to fail", 0, null)
            : view.KnowsChanges && DigestGroup.Of(view.Review.Changes.Of(ChangeKind.Resolved), view.Review.Report) is [var resolved, ..]
                ? ($"{Name(resolved)} resolved", view.OriginsWith(ChangeKind.Resolved) - 1, ChangeKind.Resolved)
            : ($"{NoName}{view.OfPart}: none failing", 0, null);
    }

    private static string Due(DigestGroup group, DateTimeOffset now) =>
        group.DueAt(now) switch
        {
            null => "needs attention",
            var due when Phrases.Days(due.Value, now) is > 0 and var days => $"has {Phrases.Count(days, "day")} left",
            _ => "has under 1 day left",
        };

    /// <summary>Both ends of a long name: the host and the domain are what people tell it by.</summary>
    private static string Name(DigestGroup group)
    {
        var name = MailText.Clean(DomainNames.Canonical(group.Victim) ?? group.Victim, 300);
        return name.Length <= MaxName ? name : $"{name[..(MaxName - NameTail - 3)]}...{name[^NameTail..]}";
    }

    /// <summary>The installation's name where it has one of its own, the account otherwise.</summary>
    private static string Where(string? accountId, string? environment)
    {
        var where = MailText.Clean(
            environment is null or DigestSettings.UnnamedEnvironment ? accountId ?? environment : environment,
            MaxEnvironment
        );
        return where.Length > 0 ? $" ({where})" : "";
    }
}
