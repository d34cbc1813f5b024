using OriginWatch.Edge;
using OriginWatch.Inventory;
using OriginWatch.Tests.Targets;
using static OriginWatch.Edge.EdgeAnswerKind;
using static OriginWatch.Tests.EdgeSample;

namespace OriginWatch.Tests.Edge;

public class AnswerClassifierTests
{
    private const string Dns = "CloudFront wasn't able to resolve the origin domain name.";
    private const string Attempted =
        "CloudFront attempted to establish a connection with the origin, but either the attempt failed or the origin closed the connection.";
    private const string Older = "CloudFront wasn&#39;t able to connect to the\n  origin.";
    private const string Miss = "Miss from cloudfront";
    private const string Error = "Error from cloudfront";
    private const string CloudFront = "CloudFront";

    private static readonly Distribution Plain = Sample.Distribution(Sample.Origin());
    private static readonly Distribution WithWebAcl = Plain with { WebAclId = "arn:acl" };
    private static readonly Distribution WithGeography = Plain with { HasGeoRestriction = true };
    private static readonly Distribution Masking502 = Plain with { CustomErrorResponses = [new(502, 503, "/sorry.html")] };
    private static readonly Distribution Caching502 = Plain with { CustomErrorResponses = [new(502, null, null)] };
    private static readonly Distribution SinglePage = Plain with
    {
        CustomErrorResponses = [new(403, 200, "/index.html"), new(404, 200, "/index.html")],
    };
    private static readonly Distribution With400Page = Plain with { CustomErrorResponses = [new(400, 400, "/400.html")] };
    private static readonly Distribution WithOriginFunction = Plain with
    {
        DefaultCacheBehavior = Sample.Behavior() with { RequestFunctionArns = ["arn:l"], OriginRequestFunctionArns = ["arn:l"] },
    };
    private static readonly Distribution WithViewerFunction = Plain with
    {
        DefaultCacheBehavior = Sample.Behavior() with { RequestFunctionArns = ["arn:f"] },
    };

    private static readonly Row[] Rows =
    [
        new("a miss with 200", Plain, Reply(200, Miss), Reached, "HTTP 200"),
        new("a miss with 404", Plain, Reply(404, Miss), Reached, "HTTP 404"),
        new(
            "a miss with a redirect of the origin",
            Plain,
            Reply(302, Miss, headers: ("Location", "https://10.0.0.1/")),
            Reached,
            "HTTP 302"
        ),
        new("a miss in other capitals", Plain, Reply(200, "MISS FROM CLOUDFRONT"), Reached, "HTTP 200"),
        new("a refresh hit", Plain, Reply(200, "RefreshHit from cloudfront"), Reached, "HTTP 200"),
        new("a miss beside an X-Cache of the origin", Plain, Reply(200, $"HIT, MISS|{Miss}"), Reached, "HTTP 200"),
        new("a miss with age zero", Plain, Reply(200, Miss, headers: ("Age", "0")), Reached, "HTTP 200"),
        new("a miss with an age that is no number", Plain, Reply(200, Miss, headers: ("Age", "-1e9")), Reached, "HTTP 200"),
        new("a miss behind a viewer-request function", WithViewerFunction, Reply(200, Miss), Reached, "HTTP 200"),
        new("a miss behind an origin-request function", WithOriginFunction, Reply(200, Miss), AnsweredByEdge, "origin-request function"),
        new("a miss that is older than the request", Plain, Reply(200, Miss, headers: ("Age", "512")), FromCache, "older than the request"),
        new("a miss with two ages", Plain, Reply(200, Miss, headers: ("Age", "0|86400")), FromCache, "older than the request"),
        new("a hit", Plain, Reply(200, "Hit from cloudfront"), FromCache, "cache"),
        new("a hit at Origin Shield", Plain, Reply(200, "OriginShieldHit from cloudfront"), FromCache, "cache"),
        new(
            "an error out of the cache",
            Plain,
            Reply(502, Error, CloudFront, Page(Attempted), ("Age", "7")),
            FromCache,
            "older than the request"
        ),
        new("an error of nginx", Plain, Reply(404, Error), Reached, "HTTP 404"),
        new("a refusal of nginx", Plain, Reply(403, Error), Reached, "HTTP 403"),
        new("a server error of the origin", Plain, Reply(500, Error, "awselb/2.0"), Reached, "HTTP 500"),
        new("a 502 that the origin itself sent", Plain, Reply(502, Error, "nginx"), Reached, "HTTP 502"),
        new("a 504 that the origin itself sent", Plain, Reply(504, Error, "nginx"), Reached, "HTTP 504"),
        new("a 404 without Server", Plain, Reply(404, Error, server: null), Reached, "HTTP 404"),
        new("a 502 without Server and without a page", Plain, Reply(502, Error, server: null), FailedForUnknownReason, "does not say why"),
        new(
            "an error of an origin behind an origin-request function",
            WithOriginFunction,
            Reply(404, Error),
            AnsweredByEdge,
            "origin-request function"
        ),
        new("401 under a web ACL", WithWebAcl, Reply(401, Error), AnsweredByEdge, "web ACL"),
        new("403 under a web ACL", WithWebAcl, Reply(403, Error), AnsweredByEdge, "web ACL"),
        new("405 under a web ACL", WithWebAcl, Reply(405, Error), AnsweredByEdge, "web ACL"),
        new("429 under a web ACL", WithWebAcl, Reply(429, Error), AnsweredByEdge, "web ACL"),
        new("404 under a web ACL", WithWebAcl, Reply(404, Error), Reached, "HTTP 404"),
        new(
            "a name that does not resolve",
            Plain,
            Reply(502, Error, CloudFront, Page(Dns)),
            DnsFailed,
            "could not resolve the origin domain"
        ),
        new("a connection that failed", Plain, Reply(502, Error, CloudFront, Page(Attempted)), ConnectionFailed, "could not connect"),
        new(
            "a connection that failed, in older words",
            Plain,
            Reply(502, Error, CloudFront, Page(Older)),
            ConnectionFailed,
            "could not connect"
        ),
        new(
            "a connection that failed, in capitals",
            Plain,
            Reply(502, Error, CloudFront, Page(Attempted.ToUpperInvariant())),
            ConnectionFailed,
            "could not connect"
        ),
        new("a page of CloudFront without Server", Plain, Reply(502, Error, null, Page(Dns)), DnsFailed, "could not resolve"),
        new("a page of CloudFront under another Server", Plain, Reply(502, Error, "shop", Page(Dns)), DnsFailed, "could not resolve"),
        new("no connection in time", Plain, Reply(504, Error, CloudFront, Page(Attempted)), NoAnswerInTime, "in time"),
        new("no answer in time, in older words", Plain, Reply(504, Error, CloudFront, Page(Older)), NoAnswerInTime, "in time"),
        new("a 504 that is about DNS", Plain, Reply(504, Error, CloudFront, Page(Dns)), FailedForUnknownReason, "HTTP 504"),
        new(
            "a 502 with a sentence of tomorrow",
            Plain,
            Reply(502, Error, CloudFront, Page("The origin is on holiday.")),
            FailedForUnknownReason,
            "HTTP 502"
        ),
        new("a 504 without any body", Plain, Reply(504, Error, CloudFront), FailedForUnknownReason, "HTTP 504"),
        new(
            "a known sentence without a request id",
            Plain,
            Reply(502, Error, CloudFront, Attempted),
            FailedForUnknownReason,
            "does not say why"
        ),
        new(
            "a known sentence of another distribution",
            Plain,
            Reply(502, Error, CloudFront, Page(Attempted, OtherRequestId)),
            Reached,
            "another CloudFront distribution"
        ),
        new(
            "a block of another distribution's web ACL",
            Plain,
            Reply(403, Error, CloudFront, Page("Request blocked.", OtherRequestId)),
            Reached,
            "another CloudFront distribution"
        ),
        new(
            "another distribution behind an origin-request function",
            WithOriginFunction,
            Reply(502, Error, CloudFront, Page(Attempted, OtherRequestId)),
            AnsweredByEdge,
            "origin-request function"
        ),
        new(
            "a block of the web ACL",
            WithWebAcl,
            Reply(403, Error, CloudFront, Page("Request blocked. We can't connect to the server for this app or website at this time.")),
            AnsweredByEdge,
            "web ACL blocked"
        ),
        new("a body of the web ACL's owner", WithWebAcl, Reply(418, Error, CloudFront, "<p>no robots</p>"), AnsweredByEdge, "by itself"),
        new(
            "a country that is blocked",
            WithGeography,
            Reply(403, Error, CloudFront, Page("The Amazon CloudFront distribution is configured to block access from your country.")),
            AnsweredByEdge,
            "geographic restriction"
        ),
        new(
            "a signature that is missing",
            Plain,
            Reply(
                403,
                Error,
                CloudFront,
                "<Error><Code>MissingKey</Code><Message>Missing Key-Pair-Id query parameter or cookie value</Message></Error>"
            ),
            AnsweredByEdge,
            "signed URL"
        ),
        new(
            "access that is denied",
            Plain,
            Reply(403, Error, CloudFront, "<Error><Code>AccessDenied</Code></Error>"),
            AnsweredByEdge,
            "denied access"
        ),
        new(
            "an unknown Host",
            Plain,
            Reply(403, Error, CloudFront, Page("Bad request. We can't connect to the server for this app or website at this time.")),
            AnsweredByEdge,
            "no distribution for this Host"
        ),
        new("a bad request", Plain, Reply(400, Error, CloudFront, Page("Bad request.")), AnsweredByEdge, "no distribution for this Host"),
        new(
            "a 502 that says the server cannot be connected to",
            Plain,
            Reply(502, Error, CloudFront, Page($"{Older} We can't connect to the server for this app or website at this time.")),
            ConnectionFailed,
            "could not connect"
        ),
        new(
            "a Lambda function that failed",
            Plain,
            Reply(502, Error, CloudFront, Page("The Lambda function returned an invalid entry.")),
            AnsweredByEdge,
            "edge function failed"
        ),
        new(
            "a CloudFront function that failed",
            Plain,
            Reply(503, Error, CloudFront, Page("The CloudFront function associated with the distribution is invalid.")),
            AnsweredByEdge,
            "edge function failed"
        ),
        new(
            "a capacity of CloudFront",
            Plain,
            Reply(503, Error, CloudFront, Page("CloudFront is at capacity.")),
            AnsweredByEdge,
            "HTTP 503 by itself"
        ),
        new(
            "an answer of a CloudFront function",
            Plain,
            Reply(200, "FunctionGeneratedResponse from cloudfront"),
            AnsweredByEdge,
            "function answered"
        ),
        new(
            "an answer of a Lambda function",
            Plain,
            Reply(302, "LambdaGeneratedResponse from cloudfront"),
            AnsweredByEdge,
            "function answered"
        ),
        new(
            "an error of a Lambda function",
            Plain,
            Reply(503, "LambdaExecutionError from cloudfront", CloudFront),
            AnsweredByEdge,
            "function answered"
        ),
        new("a redirect of CloudFront", Plain, Reply(301, "Redirect from cloudfront", CloudFront), AnsweredByEdge, "redirected"),
        new("an X-Cache of tomorrow", Plain, Reply(200, "Teleport from cloudfront"), AnsweredByEdge, "does not know"),
        new("a custom page for 502", Masking502, Reply(503, Error, "AmazonS3", "<p>sorry</p>"), HiddenByErrorPage, "custom error response"),
        new("any error where 502 has a custom page", Masking502, Reply(404, Error), HiddenByErrorPage, "custom error response"),
        new(
            "CloudFront's own page although 502 has a custom one",
            Masking502,
            Reply(502, Error, CloudFront, Page(Dns)),
            DnsFailed,
            "could not resolve"
        ),
        new(
            "a page of CloudFront's with another id where 502 has a custom one",
            Masking502,
            Reply(502, Error, CloudFront, Page(Dns, OtherRequestId)),
            FailedForUnknownReason,
            "does not say why"
        ),
        new("a 502 that is only cached for another time", Caching502, Reply(404, Error), Reached, "HTTP 404"),
        new("a single-page site", SinglePage, Reply(200, Error, "AmazonS3", "<html></html>"), Reached, "HTTP 200"),
        new(
            "a single-page site under a web ACL",
            SinglePage with
            {
                WebAclId = "arn:acl",
            },
            Reply(200, Error, "AmazonS3"),
            HiddenByErrorPage,
            "custom error response"
        ),
        new(
            "a single-page site with a geographic restriction",
            SinglePage with
            {
                HasGeoRestriction = true,
            },
            Reply(200, Error, "AmazonS3"),
            HiddenByErrorPage,
            "custom error response"
        ),
        new(
            "a custom page for what the edge gives too",
            With400Page,
            Reply(400, Error, "AmazonS3"),
            HiddenByErrorPage,
            "custom error response"
        ),
        new("no Via", Plain, Reply(200, Miss, headers: ("Via", null)), NotCloudFront, "no Via"),
        new("a Via of somebody else", Plain, Reply(200, Miss, headers: ("Via", "1.1 varnish")), NotCloudFront, "no Via"),
        new(
            "a Via with more proxies before",
            Plain,
            Reply(200, Miss, headers: ("Via", "1.1 varnish, 1.1 abc.cloudfront.net (CloudFront)")),
            Reached,
            "HTTP 200"
        ),
        new(
            "a Via that only is about CloudFront",
            Plain,
            Reply(200, Miss, headers: ("Via", "1.1 cloudfront.net.evil.example (CloudFront)")),
            NotCloudFront,
            "no Via"
        ),
        new("no request id", Plain, Reply(200, Miss, headers: ("X-Amz-Cf-Id", null)), NotCloudFront, "X-Amz-Cf-Id"),
        new(
            "a request id that is markup",
            Plain,
            Reply(200, Miss, headers: ("X-Amz-Cf-Id", "<script>alert(1)</script>")),
            NotCloudFront,
            "X-Amz-Cf-Id"
        ),
        new(
            "two request ids",
            Plain,
            Reply(200, Miss, headers: ("X-Amz-Cf-Id", $"{RequestId}|{OtherRequestId}")),
            NotCloudFront,
            "X-Amz-Cf-Id"
        ),
        new(
            "a location that is an escape sequence",
            Plain,
            Reply(200, Miss, headers: ("X-Amz-Cf-Pop", "\u001b[2J")),
            NotCloudFront,
            "X-Amz-Cf-Pop"
        ),
        new("no X-Cache", Plain, Reply(200, Miss, headers: ("X-Cache", null)), NotCloudFront, "X-Cache"),
        new("two X-Cache that disagree", Plain, Reply(200, $"{Miss}|Hit from cloudfront"), NotCloudFront, "X-Cache"),
        new(
            "an X-Cache that lies without the rest",
            Plain,
            new EdgeReply.Http(
                502,
                new Dictionary<string, IReadOnlyList<string>>(StringComparer.OrdinalIgnoreCase) { ["X-Cache"] = [Error] },
                Page(Dns),
                TimeSpan.Zero
            ),
            NotCloudFront,
            "not CloudFront"
        ),
        new(
            "an error page without end",
            Plain,
            Reply(502, Error, CloudFront, Page(Dns)) with
            {
                CutBecause = "it is longer than 64 KiB",
            },
            NotCloudFront,
            "longer than 64 KiB"
        ),
        new(
            "an error of the origin without end",
            Plain,
            Reply(404, Error, "nginx", new string('x', 70_000)) with
            {
                CutBecause = "it is longer than 64 KiB",
            },
            Reached,
            "HTTP 404"
        ),
        new("no answer", Plain, new EdgeReply.Nothing("no answer within 60 seconds"), NotCloudFront, "no answer within 60 seconds"),
        new(
            "a failed handshake",
            Plain,
            new EdgeReply.Nothing("the TLS handshake failed", IsTlsFailure: true),
            NotCloudFront,
            "handshake failed"
        ),
    ];

    public static TheoryData<string> Names => [.. Rows.Select(row => row.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Classifies(string name)
    {
        var row = Rows.Single(row => row.Name == name);

        var answer = AnswerClassifier.Classify(row.Reply, Question(row.Distribution));

        answer.Kind.ShouldBe(row.Kind);
        answer.Reason.ShouldContain(row.Reason);
    }

    [Fact]
    public void Keeps_status_location_and_request_id_and_nothing_of_the_body()
    {
        var answer = AnswerClassifier.Classify(Reply(502, Error, CloudFront, Page($"{Attempted} <b>secret</b>")), Question());

        (answer.Status, answer.Pop, answer.RequestId).ShouldBe((502, Pop, RequestId));
        answer.ToString().ShouldNotContain("secret");
    }

    [Fact]
    public void Keeps_nothing_of_a_server_that_is_not_CloudFront()
    {
        var answer = AnswerClassifier.Classify(Reply(200, Miss, headers: ("Via", null)), Question());

        (answer.Status, answer.Pop, answer.RequestId).ShouldBe((null, null, null));
    }

    [Fact]
    public void Takes_a_failed_handshake_for_mutual_TLS_where_the_distribution_requires_it()
    {
        var question = Question();
        var mutual = question with
        {
            Origin = question.Origin with { Distribution = question.Origin.Distribution with { RequiresViewerCertificate = true } },
        };

        AnswerClassifier.Classify(new EdgeReply.Nothing("alert", IsTlsFailure: true), mutual).Kind.ShouldBe(AnsweredByEdge);
    }

    [Fact]
    public void Says_which_answers_are_failures()
    {
        Rows.Select(row => AnswerClassifier.Classify(row.Reply, Question(row.Distribution)))
            .Where(answer => answer.IsFailure)
            .ShouldAllBe(answer => answer.Status == 502 || answer.Status == 504);
        AnswerClassifier.Classify(Reply(502, Error, CloudFront, Page(Dns)), Question()).IsCertainFailure.ShouldBeTrue();
        AnswerClassifier.Classify(Reply(504, Error, CloudFront, Page(Attempted)), Question()).IsCertainFailure.ShouldBeFalse();
        AnswerClassifier.Classify(Reply(503, Error, "nginx"), Question()).IsServerError.ShouldBeTrue();
    }

    private sealed record Row(string Name, Distribution Distribution, EdgeReply Reply, EdgeAnswerKind Kind, string Reason);
}
