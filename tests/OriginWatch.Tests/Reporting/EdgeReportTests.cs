using System.Text.Json;
using OriginWatch.Audit;
using OriginWatch.Aws.Publishing;
using OriginWatch.Edge;
using OriginWatch.Reporting;
using OriginWatch.Tests.Aws;
using OriginWatch.Tests.Edge;
using static OriginWatch.Tests.Audit.EdgeAudit;

namespace OriginWatch.Tests.Reporting;

/// <summary>What CloudFront said, in every medium, from whole audits.</summary>
public class EdgeReportTests
{
    private static readonly Dictionary<string, EdgeReply> Answers = new(StringComparer.Ordinal)
    {
        ["reached"] = Reached,
        ["dnsFailed"] = Unresolved,
        ["connectionFailed"] = Refused,
        ["noAnswerInTime"] = Slow,
        ["failedForUnknownReason"] = Unknown,
        ["answeredByEdge"] = EdgeSample.Reply(200, "FunctionGeneratedResponse from cloudfront"),
        ["fromCache"] = Cached,
        ["notCloudFront"] = Stranger,
    };

    public static TheoryData<string> Words => [.. Answers.Keys];

    [Theory]
    [MemberData(nameof(Words))]
    public async Task Json_names_the_answer_and_keeps_the_contract(string word)
    {
        var report = await RunAsync(Silence, Answers[word]);

        using var json = JsonDocument.Parse(JsonReportTests.Bytes(report, null));
        JsonSchemaTests.Problems(report, null).ShouldBeEmpty();
        var edge = json.RootElement.GetProperty("origins")[0].GetProperty("edge");
        (edge.GetProperty("asked").GetBoolean(), edge.GetProperty("answer").GetString()).ShouldBe((true, word));
        edge.GetProperty("reason").GetString().ShouldNotBeNullOrEmpty();
        (edge.GetProperty("pop").GetString(), edge.GetProperty("requestId").GetString()).ShouldBe(
            word == "notCloudFront" ? (null, null) : (EdgeSample.Pop, EdgeSample.RequestId)
        );
        json.RootElement.GetProperty("totals").GetProperty("originsAskedAtEdge").GetInt32().ShouldBe(1);
    }

    [Fact]
    public async Task Json_says_why_an_origin_was_not_asked_about()
    {
        var report = await RunAsync(Silence, EdgeMode.Undetermined, new Replies(Reached), edgeBudget: TimeSpan.Zero);

        using var json = JsonDocument.Parse(JsonReportTests.Bytes(report, null));
        var edge = json.RootElement.GetProperty("origins")[0].GetProperty("edge");
        (edge.GetProperty("asked").GetBoolean(), edge.GetProperty("answer").ValueKind, edge.GetProperty("reason").GetString()).ShouldBe(
            (false, JsonValueKind.Null, "no request to CloudFront in time")
        );
    }

    [Fact]
    public async Task The_log_line_of_an_origin_holds_the_answer()
    {
        var report = await RunAsync(Silence, Refused);
        await using var output = new KeptStream();

        new LogStream(output).WriteOrigin(report.Origins[0], report.Findings);

        var line = output.Lines().ShouldHaveSingleItem().RootElement;
        line.GetProperty("edgeAnswer").GetString().ShouldBe("connectionFailed");
        line.GetProperty("edgeStatus").GetInt32().ShouldBe(502);
        (line.GetProperty("edgePop").GetString(), line.GetProperty("edgeRequestId").GetString()).ShouldBe(
            (EdgeSample.Pop, EdgeSample.RequestId)
        );
    }

    [Fact]
    public async Task The_log_line_of_an_origin_that_was_not_asked_about_holds_none()
    {
        await using var output = new KeptStream();

        new LogStream(output).WriteOrigin((await RunAsync(Silence, EdgeMode.Off, Refused)).Origins[0], []);

        output.Lines().ShouldHaveSingleItem().RootElement.EnumerateObject().ShouldNotContain(member => member.Name.StartsWith("edge"));
    }

    [Fact]
    public async Task The_page_has_a_column_for_CloudFront_where_it_was_asked()
    {
        var html = HtmlReport.Render(await RunAsync(Silence, Refused));
        html.ShouldContain("<th scope=\"col\">CloudFront</th>");
        html.ShouldContain($"<td class=\"edge failed\">connection failed<span class=\"sub\">HTTP 502 at {EdgeSample.Pop}</span></td>");
        html.ShouldContain(
            $"<li><b>CloudFront:</b> CloudFront could not connect to the origin, or the origin closed the connection (HTTP 502), twice, at {EdgeSample.Pop}, request id {EdgeSample.RequestId}"
        );

        HtmlReport.Render(await RunAsync(Refusal, Reached)).ShouldContain("<span class=\"sub\">contradicts the handshake</span>");
        HtmlReport.Render(await RunAsync(Silence, EdgeMode.Off, Refused)).ShouldNotContain(">CloudFront</th>");
    }

    [Fact]
    public async Task The_story_is_told_with_its_evidence()
    {
        Story(await RunAsync(Silence, Reached))
            .ShouldBe(
                $"CloudFront received HTTP 404 from the origin, at {EdgeSample.Pop}, request id {EdgeSample.RequestId} (asked as d111111abcdef8.cloudfront.net)"
            );
        Story(await RunAsync(Refusal, Refused)).ShouldStartWith("confirmed: CloudFront could not connect");
        Story(await RunAsync(Refusal, Reached)).ShouldStartWith("contradicted: CloudFront received HTTP 404");
        Story(await RunAsync(Silence, EdgeMode.Undetermined, new Replies(Reached), edgeBudget: TimeSpan.Zero))
            .ShouldBe("no request to CloudFront in time (asked as d111111abcdef8.cloudfront.net)");
    }

    [Fact]
    public async Task Text_gives_the_answer_under_its_finding() =>
        string.Join('\n', TextReport.Render(await RunAsync(Silence, Refused)).Select(line => line.ToString()))
            .ShouldContain(EdgeSample.Pop);

    private static string Story(AuditReport report) => EdgeStory.Of(report.Origins[0]).ShouldHaveSingleItem();
}
