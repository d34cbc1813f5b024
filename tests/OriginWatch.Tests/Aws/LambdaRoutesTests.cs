using System.Text.Json;
using OriginWatch.Aws;
using OriginWatch.Loopback;

namespace OriginWatch.Tests.Aws;

/// <summary>The function with <c>config/routes.yaml</c> in its bucket: one account, distributions E1 to E3 with an expired certificate, two
/// owners.</summary>
public sealed class LambdaRoutesTests : IAsyncDisposable
{
    /// <summary>In another region and account than the function.</summary>
    private const string Shop = "arn:aws:sns:eu-west-1:222233334444:shop";

    private const string News = "arn:aws:sns:us-east-1:123456789012:news";
    private const string ById =
        $"routes:\n  - {{name: shop, topic: '{Shop}', distribution: E1}}\n  - {{name: news, topic: '{News}', distribution: E2}}\n";

    private readonly LambdaRig _rig = new LambdaRig(new CertificateShape { NotAfter = DateTimeOffset.UtcNow.AddDays(-2) })
        .With("BUCKET", FakeBucket.Name)
        .With("CHAT_TOPIC_ARN", FakeTopic.ChatArn);

    public ValueTask DisposeAsync() => _rig.DisposeAsync();

    [Fact]
    public async Task Each_owner_gets_his_part_in_the_region_of_his_topic_and_the_default_topic_and_its_chat_the_rest()
    {
        await using var fake = Account(ById, Shop, News);
        var summary = await _rig.InvokeAsync(fake);
        (summary.Rejected, summary.New).ShouldBe((3, 3)); // of the account, whoever hears of it
        fake.Topic.Routed.Select(mail => (mail.Topic, mail.Scope)).ShouldBe([(Shop, "route"), (News, "route")]);
        fake.Topic.Routed.ShouldAllBe(mail => mail.Subject == "[CRITICAL] origin.example failing, 1 new (123456789012)");
        var (subject, text) = fake.Topic.Mails.ShouldHaveSingleItem();
        subject.ShouldBe("[CRITICAL] origin.example failing, 1 new (123456789012)");
        text.ShouldContain("E3/origin");
        text.ShouldNotContain("E1/origin");
        fake.Topic.Chats.Count.ShouldBe(1);
        _rig.Run().GetProperty("FindingsCritical").GetDouble().ShouldBe(3);
        await _rig.InvokeAsync(fake);
        (fake.Topic.Mails.Count, fake.Topic.Routed.Count).ShouldBe((1, 2));
    }

    [Fact]
    public async Task A_topic_that_refuses_is_named_and_gets_its_mail_from_the_next_run_alone()
    {
        await using var fake = Account(ById, Shop);
        (await Should.ThrowAsync<RunFailedException>(_rig.InvokeAsync(fake))).Message.ShouldBe(
            $"The mail for {News}, which config/routes.yaml names, could not be sent: AWS denied sns:Publish (AuthorizationError: not authorized). Allow the action sns:Publish to this identity. Name the topic in the template's parameter RouteTopicArns; the policy of a topic in another account must allow this role, too."
        );
        fake.Topic.Others[News] = 1;
        await _rig.InvokeAsync(fake);
        fake.Topic.Routed.Select(mail => mail.Topic).ShouldBe([Shop, News]);
        fake.Topic.Mails.Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_topic_that_nobody_hears_fails_the_run_after_the_mail()
    {
        await using var fake = Account(ById, Shop, News);
        fake.Topic.Others[News] = 0;
        (await Should.ThrowAsync<RunFailedException>(_rig.InvokeAsync(fake))).Message.ShouldBe(
            $"No subscription is confirmed for {News} (0 pending), which config/routes.yaml names, so nobody received its mail. Confirm or add a subscription."
        );
        await _rig.InvokeAsync(fake);
        fake.Topic.Routed.Count.ShouldBe(2);
    }

    [Fact]
    public async Task Tags_choose_where_they_may_be_read_and_otherwise_the_run_fails_after_the_mails()
    {
        await using var fake = Account($"routes:\n  - {{name: shop, topic: '{Shop}', tag: team=shop}}\n", Shop)
            .Fail("tagging?Resource=", FakeCloudFront.Error(403, "AccessDenied", "no"), times: 3);
        (await Should.ThrowAsync<RunFailedException>(_rig.InvokeAsync(fake))).Message.ShouldStartWith(
            "The tags of 3 distributions could not be read, so no route was chosen by them: AWS denied cloudfront:ListTagsForResource (AccessDenied: no)."
        );
        fake.Topic.Mails.Count.ShouldBe(1);
        fake.Topic.Routed.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_malformed_file_is_mailed_by_line_and_everything_goes_to_the_default_topic()
    {
        await using var fake = Account(ById + "  - {name: blog, topic: blog}\n", Shop, News);
        await _rig.InvokeAsync(fake);
        fake.Topic.Routed.ShouldBeEmpty();
        string.Join(' ', fake.Topic.Mails.Single().Text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))
            .ShouldContain(
                "Attention: The routes file is ignored as a whole, so every mail goes to the default topic: line 4: a route (route 'blog') has none of account, path, distribution, alias, tag, so it would take everything."
            );
        JsonElement.Parse(fake.Topic.Messages.Single()).GetProperty("scope").GetString().ShouldBe("account");
    }

    private FakeCloudFront Account(string routes, params string[] topics)
    {
        var fake = _rig.Account(distributions: 3);
        fake.Bucket.Objects["config/routes.yaml"] = routes;
        foreach (var topic in topics)
        {
            fake.Topic.Others[topic] = 1;
        }

        return fake;
    }
}
