using OriginWatch.Audit;
using OriginWatch.History;
using OriginWatch.Rules;

namespace OriginWatch.Mail;

/// <summary>Whether a run speaks at all: one mail or none.</summary>
internal static class DigestDecision
{
    /// <summary>A schedule is never exact; a reminder due within this part of its interval is due now.</summary>
    private const int SlackDivisor = 24;

    /// <summary>Why a digest is sent, as one clause; null for a quiet night.</summary>
    public static string? Because(RunReview review, DigestSettings settings) =>
        settings.Notify == NotifyMode.Never ? null
        : review.Part is { IsRoute: true } && !HasSomethingToSay(review) ? Always(review, settings)
        : review.HistoryMissing is not null ? "history is missing"
        : !review.KeepsHistory ? "no history is kept, so every run is mailed"
        : review.Changes.HasNews ? "something changed"
        : review.Notices.Count > 0 ? "the run itself needs attention"
        : review.Report.Findings.Any(IsSeenOnce) ? "a failure was seen and not confirmed"
        : review.Report.Run.Scope is not null ? null // reminders and gaps are the night's
        : review.Overlaps ? null // the run that finished meanwhile has said the rest
        : review.Part is { IsRoute: true } && AccountGaps.Of(review.Report.Run).Count > 0 ? "an account of this route could not be read"
        : review.Part is not { IsRoute: true } && !review.Report.Run.Complete ? "the run was incomplete"
        : !review.FollowsLateDigest && IsReminderDue(review, settings) ? "a finding is still open and the reminder interval has passed"
        : Always(review, settings);

    /// <summary>What is wrong with the run as a whole is said to the default topic.</summary>
    private static bool HasSomethingToSay(RunReview review) =>
        review.Changes.Mailed.Count > 0 || review.Report.Findings.Any(IsSeenOnce) || AccountGaps.Of(review.Report.Run).Count > 0;

    private static bool IsSeenOnce(Finding finding) => finding is { SeenOnce: true, SuppressedBy: null };

    private static string? Always(RunReview review, DigestSettings settings) =>
        settings.Notify == NotifyMode.Always && review.Report.Run.Scope is null && !review.Overlaps ? "every run is to be mailed" : null;

    private static bool IsReminderDue(RunReview review, DigestSettings settings) =>
        review.Changes.Open.Any(change =>
            Interval(change.Record.Severity, settings) is { } interval
            && review.Report.Run.StartedAt - (change.Record.LastMailed ?? change.Record.FirstSeen) >= interval - (interval / SlackDivisor)
        );

    private static TimeSpan? Interval(Severity severity, DigestSettings settings) =>
        severity switch
        {
            Severity.Critical => settings.CriticalReminderInterval,
            Severity.High => settings.ReminderInterval,
            _ => null,
        };
}
