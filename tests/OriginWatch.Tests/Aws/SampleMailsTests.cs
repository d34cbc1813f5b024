using System.Text.Json;
using OriginWatch.Aws;
using OriginWatch.Cli;
using OriginWatch.Tests.Cli;

namespace OriginWatch.Tests.Aws;

public class SampleMailsTests
{
    [Fact]
    public async Task One_of_each_kind_is_sent_and_says_that_it_is_a_sample()
    {
        await using var fake = new FakeCloudFront();
        var subjects = await SampleMails.SendAsync(
            LoopbackClients.On(fake.Http.Url),
            TopicArn.Parse(FakeTopic.Arn)!,
            TestContext.Current.CancellationToken
        );
        fake.Topic.Mails.Select(mail => mail.Subject).ShouldBe(subjects);
        subjects.Select(subject => subject.Split(']')[0]).ShouldBe(["[CRITICAL", "[CRITICAL", "[CRITICAL", "[OK", "[FAILED"]);
        subjects.ShouldAllBe(subject => subject.EndsWith("(SAMPLE)"));
        subjects[0].ShouldContain(" new");
        subjects[1].ShouldNotContain(" new");
        subjects[2].ShouldContain("run incomplete");
        subjects[3].ShouldContain("resolved");
        fake.Topic.Mails.ElementAt(3)
            .Text.ShouldSatisfyAllConditions(text => text.ShouldContain("RESOLVED"), text => text.ShouldContain("All clear"));
        fake.Topic.Mails.ShouldAllBe(mail => mail.Text.StartsWith("This is a sample"));
        fake.Topic.Messages.Select(message => JsonElement.Parse(message).GetProperty("environment").GetString())
            .Distinct()
            .ShouldBe(["SAMPLE"]);
    }

    [Fact]
    public async Task The_command_wants_a_topic()
    {
        using var shell = new Shell();
        (await shell.RunAsync("notify", "--test")).Code.ShouldBe(ExitCode.WrongUsage);
    }

    [Fact]
    public async Task What_is_no_topic_is_said()
    {
        using var shell = new Shell();
        var result = await shell.RunAsync("notify", "--topic", "originwatch");
        result.Code.ShouldBe(ExitCode.CouldNotDoTheJob);
        result.Error.ShouldBe(
            "originwatch: \"originwatch\" is not the ARN of an SNS topic, such as arn:aws:sns:eu-central-1:123456789012:originwatch.\n"
        );
    }
}
