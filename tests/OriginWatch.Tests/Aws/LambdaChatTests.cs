using System.Text.Json;
using OriginWatch.Aws;
using OriginWatch.Loopback;

namespace OriginWatch.Tests.Aws;

/// <summary>The chat's topic gets a notification when a mail is sent, and decides nothing.</summary>
public sealed class LambdaChatTests : IAsyncDisposable
{
    private readonly LambdaRig _rig = new LambdaRig(new CertificateShape { NotAfter = DateTimeOffset.UtcNow.AddDays(-2) }).With(
        "CHAT_TOPIC_ARN",
        FakeTopic.ChatArn
    );

    [Fact]
    public async Task It_hears_of_each_mail_in_one_thread_and_nothing_on_a_quiet_night()
    {
        _rig.With("BUCKET", FakeBucket.Name);
        await using var fake = _rig.Account();
        await _rig.InvokeAsync(fake);
        await _rig.InvokeAsync(fake);
        (fake.Topic.Mails.Count, fake.Topic.Chats.Count).ShouldBe((1, 1), "the second run has no news");

        _rig.With("NOTIFY", "always");
        await _rig.InvokeAsync(fake);

        var chats = fake.Topic.Chats.Select(text => JsonElement.Parse(text)).ToList();
        (fake.Topic.Mails.Count, chats.Count).ShouldBe((2, 2));
        chats
            .Select(chat => chat.GetProperty("metadata").GetProperty("threadId").GetString())
            .ShouldAllBe(id => id == "originwatch-123456789012-default");
        chats.ShouldAllBe(chat => chat.GetProperty("content").GetProperty("nextSteps").GetArrayLength() == 1);
        chats[0]
            .GetProperty("content")
            .GetProperty("title")
            .GetString()
            .ShouldBe(fake.Topic.Mails.First().Subject.Replace('[', '(').Replace(']', ')'));
        chats[0]
            .GetProperty("content")
            .GetProperty("description")
            .GetString()!
            .ShouldStartWith($"• critical, new: `origin.example:{_rig.Server.EndPoint.Port}` `");
    }

    [Fact]
    public async Task Without_a_bucket_it_hears_of_every_mail_too()
    {
        await using var fake = _rig.Account();
        await _rig.InvokeAsync(fake);
        fake.Topic.Mails.Count.ShouldBe(1);
        var content = JsonElement.Parse(fake.Topic.Chats.ShouldHaveSingleItem()).GetProperty("content");
        content.GetProperty("description").GetString()!.ShouldStartWith($"• critical: `origin.example:{_rig.Server.EndPoint.Port}` `");
        content.GetProperty("nextSteps")[0].GetString()!.ShouldContain("reload the server");
    }

    [Fact]
    public async Task What_fails_there_fails_the_run_and_mails_nothing_twice()
    {
        _rig.With("BUCKET", FakeBucket.Name);
        await using var fake = _rig.Account()
            .Fail(
                "originwatch-chat",
                new(
                    403,
                    "<ErrorResponse><Error><Type>Sender</Type><Code>AuthorizationError</Code><Message>not authorized</Message></Error></ErrorResponse>"
                )
            );
        (await Should.ThrowAsync<RunFailedException>(_rig.InvokeAsync(fake))).Message.ShouldContain(
            "The chat's topic: AWS denied sns:Publish"
        );
        await _rig.InvokeAsync(fake);
        (fake.Topic.Mails.Count, fake.Topic.Chats.Count).ShouldBe((1, 0));
    }

    [Fact]
    public async Task A_run_that_judged_nothing_is_told_there_as_well()
    {
        await using var fake = _rig.Account().Fail("/2020-05-31/distribution", FakeCloudFront.Error(403, "AccessDenied", "no"), times: 3);
        await Should.ThrowAsync<RunFailedException>(_rig.InvokeAsync(fake));
        JsonElement
            .Parse(fake.Topic.Chats.ShouldHaveSingleItem())
            .GetProperty("content")
            .GetProperty("description")
            .GetString()!
            .ShouldContain("AWS denied cloudfront:ListDistributions");
    }

    public ValueTask DisposeAsync() => _rig.DisposeAsync();
}
