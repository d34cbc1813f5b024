using OriginWatch.Mail;
using OriginWatch.Probing;

namespace OriginWatch.Aws;

/// <summary>One environment variable of the Lambda.</summary>
/// <param name="Name">As the template sets it.</param>
/// <param name="Meaning">What it decides.</param>
/// <param name="Allowed">In words, for the README and for the message about a wrong value.</param>
/// <param name="Default">In words; null where it must be set.</param>
public sealed record SettingDefinition(string Name, string Meaning, string Allowed, string? Default);

/// <summary>Every setting of the Lambda, in words.</summary>
public static class SettingDefinitions
{
    internal const int MostDays = 999;
    internal const int LongestEnvironment = 32;
    internal const int MostReminderDays = 365;
    internal static readonly int UsualReminderDays = new DigestSettings().ReminderInterval.Days;

    private const string YesOrNo = "yes or no";

    internal static readonly SettingDefinition Topic = new(
        "TOPIC_ARN",
        "SNS topic that the report and the alarms go to",
        "the ARN of an SNS topic",
        Default: null
    );
    internal static readonly SettingDefinition ChatTopic = new(
        "CHAT_TOPIC_ARN",
        "SNS topic of Amazon Q Developer in chat applications, for Slack and Teams; it gets a notification with each mail",
        "the ARN of an SNS topic other than TOPIC_ARN",
        "none: no chat"
    );
    internal static readonly SettingDefinition Environment = new(
        "ENVIRONMENT",
        "name of this installation, in the subject (without one: the account) and as a dimension of the metrics",
        $"1 to {LongestEnvironment} letters, digits, hyphens or underscores",
        DigestSettings.UnnamedEnvironment
    );
    internal static readonly SettingDefinition Warning = new(
        "EXPIRY_WARNING_DAYS",
        "days before expiry from which a certificate is a Medium finding",
        $"a whole number from 1 to {MostDays}",
        "the smaller of 21 and a quarter of the lifetime"
    );
    internal static readonly SettingDefinition Urgent = new(
        "EXPIRY_URGENT_DAYS",
        "days before expiry from which it is High",
        $"a whole number from 1 to {MostDays}, not above EXPIRY_WARNING_DAYS",
        "the smaller of 7 and a tenth of the lifetime, at least 24 hours"
    );
    internal static readonly SettingDefinition Connections = new(
        "CONNECTIONS",
        "connections open at the same time",
        $"a whole number from 1 to {ProbeLimits.MaxConnections}",
        $"{ProbeLimits.DefaultConnections}"
    );

    internal static readonly SettingDefinition Edge = new(
        "EDGE",
        "about which origins one request each is sent to the distribution, to learn what CloudFront gets from them",
        "off, undetermined (those that the handshake rejects or cannot evaluate) or all",
        "undetermined"
    );
    internal static readonly SettingDefinition Bucket = new(
        "BUCKET",
        "bucket that keeps the state, the reports and the suppressions",
        "the name of an S3 bucket",
        "none: nothing is remembered, no report is kept and every run is mailed"
    );
    internal static readonly SettingDefinition Notify = new(
        "NOTIFY",
        "which runs are mailed; after `never` only alarms are",
        "changes, always or never",
        "changes"
    );
    internal static readonly SettingDefinition Reminder = new(
        "REMINDER_DAYS",
        "days after which a High finding that is still open is mailed again; a Critical one is every day",
        $"a whole number from 1 to {MostReminderDays}",
        $"{UsualReminderDays}"
    );

    internal static readonly SettingDefinition ClientCertificates = new(
        "CLIENT_CERTIFICATES",
        "whether the client certificates of origin mutual TLS are read from ACM",
        YesOrNo,
        "no"
    );

    internal static readonly SettingDefinition CloudFrontMetrics = new(
        "CLOUDFRONT_METRICS",
        "whether CloudFront's own error rates are read for distributions with findings",
        YesOrNo,
        "no"
    );

    /// <summary>In the order of the README.</summary>
    public static IReadOnlyList<SettingDefinition> All { get; } =
    [Topic, Environment, Warning, Urgent, Connections, Edge, Bucket, Notify, Reminder, ClientCertificates, CloudFrontMetrics, ChatTopic];
}
