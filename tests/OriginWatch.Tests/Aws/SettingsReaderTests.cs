using OriginWatch.Aws;
using OriginWatch.Edge;
using OriginWatch.Mail;
using OriginWatch.Text;

namespace OriginWatch.Tests.Aws;

public class SettingsReaderTests
{
    private const string Topic = "arn:aws:sns:eu-central-1:123456789012:originwatch";

    [Fact]
    public void Only_the_topic_must_be_set()
    {
        var settings = Read(("TOPIC_ARN", Topic));
        settings.Topic.Region.SystemName.ShouldBe("eu-central-1");
        settings.Topic.AccountId.ShouldBe("123456789012");
        settings.Environment.ShouldBe("default");
        settings.Connections.ShouldBe(64);
        settings.Edge.ShouldBe(EdgeMode.Undetermined);
        settings.Thresholds.ShouldBe(new OriginWatch.Rules.RuleThresholds());
        (settings.Bucket, settings.Notify, settings.ReminderDays).ShouldBe((null, NotifyMode.Changes, 7));
    }

    [Fact]
    public void Everything_can_be_set()
    {
        var settings = Read(
            ("TOPIC_ARN", "arn:aws-cn:sns:cn-north-1:123456789012:t"),
            ("ENVIRONMENT", "prod_1"),
            ("EXPIRY_WARNING_DAYS", "30"),
            ("EXPIRY_URGENT_DAYS", "10"),
            ("CONNECTIONS", "512"),
            ("BUCKET", "my.bucket-1"),
            ("NOTIFY", "always"),
            ("REMINDER_DAYS", "14")
        );
        settings.Topic.Region.PartitionName.ShouldBe("aws-cn");
        settings.Environment.ShouldBe("prod_1");
        settings.Thresholds.ShouldBe(new OriginWatch.Rules.RuleThresholds { ExpiryWarningDays = 30, ExpiryUrgentDays = 10 });
        settings.Connections.ShouldBe(512);
        (settings.Bucket, settings.Notify, settings.ReminderDays).ShouldBe(("my.bucket-1", NotifyMode.Always, 14));
    }

    [Theory]
    [InlineData("off", EdgeMode.Off)]
    [InlineData("undetermined", EdgeMode.Undetermined)]
    [InlineData("all", EdgeMode.All)]
    public void Whether_CloudFront_is_asked_is_the_operators_choice(string value, EdgeMode mode) =>
        Read(("TOPIC_ARN", Topic), ("EDGE", value)).Edge.ShouldBe(mode);

    [Theory]
    [InlineData("TOPIC_ARN", "")]
    [InlineData("TOPIC_ARN", "arn:aws:sqs:eu-central-1:123456789012:queue")]
    [InlineData("TOPIC_ARN", "arn:aws:sns:nowhere-1:123456789012:topic")]
    [InlineData("TOPIC_ARN", "arn:aws:sns:eu-central-1:12345:topic")]
    [InlineData("TOPIC_ARN", "arn:aws:sns:eu-central-1:123456789012:")]
    [InlineData("TOPIC_ARN", "arn:aws:sns:eu-central-1:123456789012:topic:subscription")]
    [InlineData("ENVIRONMENT", "a\nb")]
    [InlineData("ENVIRONMENT", "123456789012345678901234567890123")]
    [InlineData("EXPIRY_WARNING_DAYS", "0")]
    [InlineData("EXPIRY_WARNING_DAYS", "1000")]
    [InlineData("EXPIRY_URGENT_DAYS", "-1")]
    [InlineData("EXPIRY_URGENT_DAYS", "1.5")]
    [InlineData("CONNECTIONS", "0")]
    [InlineData("CONNECTIONS", "513")]
    [InlineData("CONNECTIONS", " 64")]
    [InlineData("BUCKET", "s3://bucket")]
    [InlineData("BUCKET", "Bucket")]
    [InlineData("BUCKET", "-bucket")]
    [InlineData("EDGE", "on")]
    [InlineData("EDGE", "ALL")]
    [InlineData("EDGE", "undetermined,all")]
    [InlineData("NOTIFY", "Always")]
    [InlineData("NOTIFY", "sometimes")]
    [InlineData("REMINDER_DAYS", "0")]
    [InlineData("REMINDER_DAYS", "366")]
    public void A_wrong_value_is_named_with_what_is_allowed(string name, string value)
    {
        var definition = SettingDefinitions.All.Single(setting => setting.Name == name);
        var message = Should.Throw<OperatorException>(() => Read([("TOPIC_ARN", Topic), (name, value)])).Message;
        message.ShouldStartWith(name);
        message.ShouldContain(definition.Allowed);
        message.ShouldNotContain("\n");
    }

    private static Settings Read(params (string Name, string Value)[] variables)
    {
        var byName = variables
            .GroupBy(variable => variable.Name, StringComparer.Ordinal)
            .ToDictionary(group => group.Key, group => group.Last().Value, StringComparer.Ordinal);
        return SettingsReader.Read(name => byName.GetValueOrDefault(name));
    }
}
