using Amazon;
using OriginWatch.Edge;
using OriginWatch.Mail;
using OriginWatch.Rules;

namespace OriginWatch.Aws;

/// <summary>What the operator of the Lambda decided.</summary>
internal sealed record Settings
{
    public required TopicArn Topic { get; init; }

    /// <summary>Gets chat notifications; null where there is no chat.</summary>
    public TopicArn? ChatTopic { get; init; }

    /// <summary>The installation's name, in subjects and as a metric dimension.</summary>
    public required string Environment { get; init; }

    public required RuleThresholds Thresholds { get; init; }

    /// <summary>Connections at the same time.</summary>
    public required int Connections { get; init; }

    /// <summary>Which origins CloudFront itself is asked about.</summary>
    public EdgeMode Edge { get; init; } = EdgeMode.Undetermined;

    /// <summary>Null where nothing is remembered.</summary>
    public string? Bucket { get; init; }

    public NotifyMode Notify { get; init; }

    /// <summary>Days after which a High finding that stays open is mailed again.</summary>
    public int ReminderDays { get; init; }

    /// <summary>True to read the client certificates of origin mutual TLS from ACM.</summary>
    public bool ReadsClientCertificates { get; init; }

    /// <summary>True to read what CloudFront counted for distributions with findings.</summary>
    public bool ReadsMetrics { get; init; }
}

/// <summary><c>arn:partition:sns:region:account:name</c>; the topic is called in its own region.</summary>
internal sealed record TopicArn(string Text, RegionEndpoint Region, string AccountId)
{
    private const int AccountDigits = 12;

    /// <summary>Null for anything else.</summary>
    public static TopicArn? Parse(string text)
    {
        var parts = text.Split(':');
        return
            parts is ["arn", _, "sns", var region, var account, { Length: > 0 }]
            && account.Length == AccountDigits
            && account.All(char.IsAsciiDigit)
            && RegionEndpoint.EnumerableAllRegions.FirstOrDefault(known => known.SystemName == region) is { } endpoint
            ? new(text, endpoint, account)
            : null;
    }
}
