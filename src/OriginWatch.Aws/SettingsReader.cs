using System.Globalization;
using OriginWatch.Edge;
using OriginWatch.Mail;
using OriginWatch.Probing;
using OriginWatch.Reporting;
using OriginWatch.Rules;
using OriginWatch.Text;

namespace OriginWatch.Aws;

/// <summary>Reads and validates every setting, in one place. An empty variable counts as not set.</summary>
public static class SettingsReader
{
    /// <param name="variable">An environment variable by name; null where it is not set.</param>
    /// <exception cref="OperatorException">One or more are wrong; the message names all of them.</exception>
    internal static Settings Read(Func<string, string?> variable)
    {
        var reading = new Reading(variable);
        var settings = new Settings
        {
            Topic = reading.Take(SettingDefinitions.Topic, TopicArn.Parse)!,
            ChatTopic = reading.Take(SettingDefinitions.ChatTopic, TopicArn.Parse),
            Environment = reading.Take(SettingDefinitions.Environment, ParseEnvironment) ?? SettingDefinitions.Environment.Default!,
            Thresholds = new RuleThresholds
            {
                ExpiryWarningDays = reading.Number(SettingDefinitions.Warning, SettingDefinitions.MostDays),
                ExpiryUrgentDays = reading.Number(SettingDefinitions.Urgent, SettingDefinitions.MostDays),
            },
            Connections = reading.Number(SettingDefinitions.Connections, ProbeLimits.MaxConnections) ?? ProbeLimits.DefaultConnections,
            Edge = reading.Take(SettingDefinitions.Edge, ParseEdge) as EdgeMode? ?? EdgeMode.Undetermined,
            Bucket = reading.Take(SettingDefinitions.Bucket, ParseBucket),
            Notify = reading.Take(SettingDefinitions.Notify, ParseNotify) as NotifyMode? ?? NotifyMode.Changes,
            ReminderDays =
                reading.Number(SettingDefinitions.Reminder, SettingDefinitions.MostReminderDays) ?? SettingDefinitions.UsualReminderDays,
            ReadsClientCertificates = reading.Take(SettingDefinitions.ClientCertificates, ParseYesOrNo) as bool? ?? false,
            ReadsMetrics = reading.Take(SettingDefinitions.CloudFrontMetrics, ParseYesOrNo) as bool? ?? false,
        };
        if (settings.Thresholds is { ExpiryUrgentDays: { } urgent, ExpiryWarningDays: { } warning } && urgent > warning)
        {
            reading.Refuse(SettingDefinitions.Urgent, urgent.ToString(CultureInfo.InvariantCulture));
        }

        if (settings.ChatTopic is { } chat && chat.Text == settings.Topic?.Text)
        {
            reading.Refuse(SettingDefinitions.ChatTopic, chat.Text);
        }

        return reading.Problems.Count == 0 ? settings : throw new OperatorException(string.Join(' ', reading.Problems));
    }

    private static string? ParseEnvironment(string text) =>
        text.Length <= SettingDefinitions.LongestEnvironment
        && text.All(character => char.IsAsciiLetterOrDigit(character) || character is '-' or '_')
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
                $"{setting.Name} is \"{Escape.Text(text, 100)}\". It must be "
                    + $"{setting.Allowed}{(setting.Default is { } usual ? $", or empty for {usual}" : "")}."
            );
    }
}
