using OriginWatch.History;
using OriginWatch.Rules;

namespace OriginWatch.Mail;

/// <summary>The verdict in one line: what a locked telephone shows.</summary>
internal static class DigestSubject
{
    /// <summary>SNS: fewer than 100 characters, ASCII, no line breaks or control characters.</summary>
    public const int MaxLength = 99;

    private const int MaxEnvironment = 20;

    public static string Of(DigestView view)
    {
        var verdict = $"[{Verdict(view)}] CloudFront origins: ";
        var where = Where(view);
        var counts = Counts(view).ToList();
        while (verdict.Length + string.Join(", ", counts).Length + where.Length > MaxLength && counts.Count > 1)
        {
            counts.RemoveAt(counts.Count - 1);
        }

        return $"{verdict}{string.Join(", ", counts)}{where}";
    }

    private static string Verdict(DigestView view)
        => view.Worst is { } worst && (worst >= Severity.High || view.Run.Complete) ? $"{worst}".ToUpperInvariant()
            : !view.Run.Complete ? "INCOMPLETE"
            : view.KnowsChanges && view.Review.Notices.Count == 0 ? "OK" : "WARNING";

    /// <summary>Origins, not findings: the most important first, since the last ones go when the line is too long.</summary>
    private static IEnumerable<string> Counts(DigestView view)
    {
        yield return $"{view.Failing} failing";
        if (!view.Run.Complete)
        {
            yield return "run incomplete";
        }

        if (!view.KnowsChanges)
        {
            yield return "history missing";
        }

        foreach (var kind in view.KnowsChanges ? new[] { ChangeKind.New, ChangeKind.Changed, ChangeKind.Resolved, ChangeKind.Gone } : [])
        {
            if (view.OriginsWith(kind) is > 0 and var count)
            {
                yield return $"{count} {kind.ToString().ToLowerInvariant()}";
            }
        }

        if (view is { Worst: null, OriginsNotJudged: > 0 })
        {
            yield return $"{view.OriginsNotJudged} not judged";
        }
    }

    private static string Where(DigestView view)
    {
        var parts = new[] { MailText.Clean(view.Run.AccountId, MaxEnvironment), MailText.Clean(view.Settings.Environment, MaxEnvironment) };
        return parts.Any(part => part.Length > 0) ? $" ({string.Join(' ', parts.Where(part => part.Length > 0))})" : "";
    }
}
