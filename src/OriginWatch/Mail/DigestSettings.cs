using OriginWatch.History;

namespace OriginWatch.Mail;

/// <summary>When a run speaks.</summary>
public enum NotifyMode
{
    /// <summary>When something changed, a reminder is due, or the run itself needs attention.</summary>
    Changes,

    /// <summary>After every run.</summary>
    Always,
    Never,
}

/// <summary>What an operator may decide about the digest.</summary>
public sealed record DigestSettings
{
    public NotifyMode Notify { get; init; } = NotifyMode.Changes;

    /// <summary>How often a High finding that stays open is mailed again.</summary>
    public TimeSpan ReminderInterval { get; init; } = TimeSpan.FromDays(7);

    /// <summary>The same for a Critical one.</summary>
    public TimeSpan CriticalReminderInterval { get; init; } = TimeSpan.FromDays(1);

    /// <summary>An installation that nobody has named: its account stands in the subject instead.</summary>
    public const string UnnamedEnvironment = "default";

    /// <summary>The installation's name, in the subject and beside the account, e.g. <c>prod</c>.</summary>
    public string? Environment { get; init; }

    /// <summary>Where the run's report is: lines that are copied into the mail as they are and never wrapped.</summary>
    public Func<RunReview, IReadOnlyList<string>> ReportLocation { get; init; } = _ => [];
}
