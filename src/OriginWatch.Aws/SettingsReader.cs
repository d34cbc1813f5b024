using System.Globalization;
using OriginWatch.Edge;
using OriginWatch.Mail;
using OriginWatch.Probing;
using OriginWatch.Reporting;
using OriginWatch.Rules;
using OriginWatch.Text;

namespace OriginWatch.Aws;

/// <summary>One environment variable of the Lambda.</summary>
/// <param name="Name">As the template sets it.</param>
/// <param name="Meaning">What it decides.</param>
/// <param name="Allowed">In words, for the README and for the message about a wrong value.</param>
/// <param name="Default">In words; null where it must be set.</param>
public sealed record SettingDefinition(string Name, string Meaning, string Allowed, string? Default);

/// <summary>Reads and validates every setting, in one place. An empty variable counts as not set.</summary>
public static class SettingsReader
{
    private const string YesOrNo = "yes or no";
    private const int MostDays = 999;
    private const int LongestEnvironment = 32;
    private const int MostReminderDays = 365;
    private static readonly int UsualReminderDays = new DigestSettings().ReminderInterval.Days;

    private static readonly SettingDefinition Topic = new(
        "TOPIC_ARN",
        "SNS topic that the report and the alarms go to",
        "the ARN of an SNS topic",
        Default: null
    );
    private static readonly SettingDefinition ChatTopic = new(
        "CHAT_TOPIC_ARN",
        "SNS topic of Amazon Q Developer in chat applications, for Slack and Teams; it gets a notification with each mail",
        "the ARN of an SNS topic other than TOPIC_ARN",
        "none: no chat"
    );
    private static readonly SettingDefinition Environment = new(
        "ENVIRONMENT",
        "name of this installation, in the subject (without one: the account) and as a dimension of the metrics",
        $"1 to {LongestEnvironment} letters, digits, hyphens or underscores",
        DigestSettings.UnnamedEnvironment
    );
    private static readonly SettingDefinition Warning = new(
        "EXPIRY_WARNING_DAYS",
        "days before expiry from which a certificate is a Medium finding",
        $"a whole number from 1 to {MostDays}",
        "the smaller of 21 and a quarter of the lifetime"
    );
    private static readonly SettingDefinition Urgent = new(
        "EXPIRY_URGENT_DAYS",
        "days before expiry from which it is High",
        $"a whole number from 1 to {MostDays}, not above EXPIRY_WARNING_DAYS",
        "the smaller of 7 and a tenth of the lifetime, at least 24 hours"
    );
    private static readonly SettingDefinition Connections = new(
        "CONNECTIONS",
        "connections open at the same time",
        $"a whole number from 1 to {ProbeLimits.MaxConnections}",
        $"{ProbeLimits.DefaultConnections}"
    );

    private static readonly SettingDefinition Edge = new(
        "EDGE",
        "about which origins one request each is sent to the distribution, to learn what CloudFront gets from them",
        "off, undetermined (those that the handshake rejects or cannot evaluate) or all",
        "undetermined"
    );
    private static readonly SettingDefinition Bucket = new(
        "BUCKET",
        "bucket that keeps the state, the reports and the suppressions",
        "the name of an S3 bucket",
        "none: nothing is remembered, no report is kept and every run is mailed"
    );
    private static readonly SettingDefinition Notify = new(
        "NOTIFY",
        "which runs are mailed; after `never` only alarms are",
        "changes, always or never",
        "changes"
    );
    private static readonly SettingDefinition Reminder = new(
        "REMINDER_DAYS",
        "days after which a High finding that is still open is mailed again; a Critical one is every day",
        $"a whole number from 1 to {MostReminderDays}",
        $"{UsualReminderDays}"
    );

    private static readonly SettingDefinition ClientCertificates = new(
        "CLIENT_CERTIFICATES",
        "whether the client certificates of origin mutual TLS are read from ACM",
        YesOrNo,
        "no"
    );

    private static readonly SettingDefinition CloudFrontMetrics = new(
        "CLOUDFRONT_METRICS",
        "whether CloudFront's own error rates are read for distributions with findings",
        YesOrNo,
        "no"
    );

    /// <summary>In the order of the README.</summary>
    public static IReadOnlyList<SettingDefinition> All { get; } =
    [Topic, Environment, Warning, Urgent, Connections, Edge, Bucket, Notify, Reminder, ClientCertificates, CloudFrontMetrics, ChatTopic];

    /// <param name="variable">An environment variable by name; null where it is not set.</param>
    /// <exception cref="OperatorException">One or more are wrong; the message names all of them.</exception>
    internal static Settings Read(Func<string, string?> variable)
    {
        var reading = new Reading(variable);
        var settings = new Settings
        {
            Topic = reading.Take(Topic, TopicArn.Parse)!,
            ChatTopic = reading.Take(ChatTopic, TopicArn.Parse),
            Environment = reading.Take(Environment, ParseEnvironment) ?? Environment.Default!,
            Thresholds = new RuleThresholds
            {
                ExpiryWarningDays = reading.Number(Warning, MostDays),
                ExpiryUrgentDays = reading.Number(Urgent, MostDays),
            },
            Connections = reading.Number(Connections, ProbeLimits.MaxConnections) ?? ProbeLimits.DefaultConnections,
            Edge = reading.Take(Edge, ParseEdge) as EdgeMode? ?? EdgeMode.Undetermined,
            Bucket = reading.Take(Bucket, ParseBucket),
            Notify = reading.Take(Notify, ParseNotify) as NotifyMode? ?? NotifyMode.Changes,
            ReminderDays = reading.Number(Reminder, MostReminderDays) ?? UsualReminderDays,
            ReadsClientCertificates = reading.Take(ClientCertificates, ParseYesOrNo) as bool? ?? false,
            ReadsMetrics = reading.Take(CloudFrontMetrics, ParseYesOrNo) as bool? ?? false,
        };
        if (settings.Thresholds is { ExpiryUrgentDays: { } urgent, ExpiryWarningDays: { } warning } && urgent > warning)
        {
            reading.Refuse(Urgent, urgent.ToString(CultureInfo.InvariantCulture));
        }

        if (settings.ChatTopic is { } chat && chat.Text == settings.Topic?.Text)
        {
            reading.Refuse(ChatTopic, chat.Text);
        }

        return reading.Problems.Count == 0 ? settings : throw new OperatorException(string.Join(' ', reading.Problems));
    }

    private static string? ParseEnvironment(string text) =>
        text.Length <= LongestEnvironment && text.All(character => char.IsAsciiLetterOrDigit(character) || character is '-' or '_')
            ? text
            : null;

    /// <summary>https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html</summary>
    private static string? ParseBucket(string text) =>
        text.Length is >= 3 and <= 63
        && char.IsAsciiLetterOrDigit(text[0])
        && char.IsAsciiLetterOrDigit(text[^1])
        && text.All(character => char.IsAsciiLetterLower(character) || char.IsAsciiDigit(character) || character is '-' or '.')
            ? text
            : null;

    private static object? ParseEdge(string text) =>
        text switch
        {
            "off" => EdgeMode.Off,
            "undetermined" => EdgeMode.Undetermined,
            "all" => EdgeMode.All,
            _ => null,
        };

    private static object? ParseNotify(string text) =>
        text switch
        {
            "changes" => NotifyMode.Changes,
            "always" => NotifyMode.Always,
            "never" => NotifyMode.Never,
            _ => null,
        };

    private static object? ParseYesOrNo(string text) =>
        text switch
        {
            "yes" => true,
            "no" => false,
            _ => null,
        };

    private sealed class Reading(Func<string, string?> variable)
    {
        public List<string> Problems { get; } = [];

        public T? Take<T>(SettingDefinition setting, Func<string, T?> parse)
            where T : class
        {
            if (variable(setting.Name) is not { Length: > 0 } text)
            {
                if (setting.Default is null)
                {
                    Problems.Add($"{setting.Name} is not set. It must be {setting.Allowed}.");
                }

                return null;
            }

            var value = parse(text);
            if (value is null)
            {
                Refuse(setting, text);
            }

            return value;
        }

        public int? Number(SettingDefinition setting, int most) =>
            Take(
                setting,
                text =>
                    int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= 1 && number <= most
                        ? (object)number
                        : null
            ) as int?;

        public void Refuse(SettingDefinition setting, string text) =>
            Problems.Add(
                $"{setting.Name} is \"{Escape.Text(text, 100)}\". It must be {setting.Allowed}{(setting.Default is { } usual ? $", or empty for {usual}" : "")}."
            );
    }
}
