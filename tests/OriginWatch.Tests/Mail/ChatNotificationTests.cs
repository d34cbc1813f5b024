using System.Text.Json;
using OriginWatch.History;
using OriginWatch.Mail;
using OriginWatch.Tests.Reporting;

namespace OriginWatch.Tests.Mail;

public class ChatNotificationTests
{
    [Fact]
    public void It_keeps_the_schema_of_custom_notifications()
    {
        var root = Parse(
            Digest(
                """{"accountId":"123456789012","environment":"prod","severity":"critical","findings":[{"rule":"OW301","severity":"critical","change":"new","distribution":"E1","origin":"app","target":"app.example.com:443","detail":"expired"}],"nextSteps":["app.example.com:443: Renew the certificate."],"report":["s3://bucket/reports/1.html"]}"""
            )
        );
        root.GetProperty("version").GetString().ShouldBe("1.0");
        root.GetProperty("source").GetString().ShouldBe("custom");
        var content = root.GetProperty("content");
        content.GetProperty("textType").GetString().ShouldBe("client-markdown");
        content.GetProperty("title").GetString().ShouldBe("1 origin fails");
        content
            .GetProperty("description")
            .GetString()
            .ShouldBe("• critical, new: `app.example.com:443` `expired` (OW301)\nReport: s3://bucket/reports/1.html");
        content.GetProperty("nextSteps")[0].GetString().ShouldBe("app.example.com:443: Renew the certificate.");
        content.GetProperty("keywords").EnumerateArray().Select(word => word.GetString()).ShouldBe(["critical", "123456789012"]);
        root.GetProperty("metadata").GetProperty("threadId").GetString().ShouldBe("originwatch-123456789012-prod");
        root.GetProperty("metadata").GetProperty("enableCustomActions").GetBoolean().ShouldBeFalse();
    }

    [Fact]
    public void Lengths_stay_within_the_schemas_bounds()
    {
        var much = new string('x', 20_000);
        var findings = string.Join(
            ',',
            Enumerable.Repeat(
                $$"""{"rule":"OW301","severity":"critical","change":"new","distribution":"E1","origin":"app","detail":"{{much}}"}""",
                100
            )
        );
        var content = Parse(
                Digest(
                    $$"""{"accountId":"{{much}}","environment":"{{much}}","severity":"{{much}}","findings":[{{findings}}],"nextSteps":["{{much}}"],"report":["{{much}}","{{much}}","{{much}}"],"fault":"{{much}}"}"""
                ) with
                {
                    Subject = much,
                }
            )
            .GetProperty("content");
        content.GetProperty("title").GetString()!.Length.ShouldBeLessThanOrEqualTo(250);
        content.GetProperty("description").GetString()!.Length.ShouldBeLessThanOrEqualTo(8000);
        content.GetProperty("nextSteps").EnumerateArray().ShouldAllBe(step => step.GetString()!.Length <= 350);
        content.GetProperty("keywords").EnumerateArray().ShouldAllBe(word => word.GetString()!.Length <= 75);
    }

    [Fact]
    public void Nobody_is_mentioned_and_nothing_is_formatted_by_a_certificate()
    {
        const string Mention = "<!channel> <@U123> @here *bold* _x_ ~y~ `code` [link](https://evil.example) #general & |";
        var detail = JsonSerializer.Serialize(Mention + HostileText.All);
        var text = Parse(
                Digest(
                    $$"""{"severity":"critical","findings":[{"rule":"OW301","severity":"critical","change":"new","distribution":"E1","origin":"app","detail":{{detail}}}],"nextSteps":[{{detail}}]}"""
                )
            )
            .GetProperty("content");
        var shown = text.GetProperty("description").GetString()![15..] + text.GetProperty("nextSteps")[0].GetString();
        shown.ShouldNotContain('<');
        shown.ShouldNotContain('@');
        shown.ShouldNotContain('[');
        shown.ShouldNotContain('*');
        shown.Count(character => character == '`').ShouldBeLessThanOrEqualTo(4);
        shown.ShouldNotContain('\u001b');
    }

    [Fact]
    public void A_run_that_judged_nothing_says_why() =>
        Parse(Digest("""{"severity":"unknown","fault":"AWS denied cloudfront:ListDistributions."}"""))
            .GetProperty("content")
            .GetProperty("description")
            .GetString()
            .ShouldBe("AWS denied cloudfront:ListDistributions.");

    private static DigestMessage Digest(string json) =>
        new()
        {
            Id = "run-1",
            Subject = "1 origin fails",
            Text = "text",
            Json = json,
            Attributes = new Dictionary<string, string>(),
        };

    private static JsonElement Parse(DigestMessage digest) => JsonDocument.Parse(ChatNotification.Of(digest)).RootElement;
}
