using System.Globalization;
using OriginWatch.Inventory;

namespace OriginWatch.Edge;

/// <summary>
/// Answers with <c>X-Cache: Error from cloudfront</c>: CloudFront's own page, an error of the origin that it passed on, or a custom error
/// page
/// (https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/http-502-bad-gateway.html).
/// </summary>
internal static class ErrorAnswers
{
    private const int BadGateway = 502;
    private const int GatewayTimeout = 504;

    /// <summary>What a web ACL answers by itself, with a body of the owner's choice: block, CAPTCHA and challenge, rate limit.</summary>
    private static readonly int[] WebAclStatuses = [401, 403, 405, 429];

    public static EdgeAnswer Classify(EdgeReply.Http reply, EdgeHeaders headers, EdgeQuestion question)
    {
        var page = EdgePage.Parse(reply.Body);
        var masksFailures = question.Origin.Distribution.CustomErrorResponses.Any(response =>
            response.ErrorCode is >= 500 and <= 504 && IsMask(response)
        );
        if (page is { IsByCloudFront: true, RequestId: { } other } && other != headers.RequestId && !masksFailures)
        {
            return AnswerOfOtherDistribution(reply, question);
        }

        return page.IsByCloudFront || headers.IsServedByCloudFront || (headers.Server is null && IsGatewayError(reply))
                ? OwnPage(reply, headers, page)
            : masksFailures ? Hidden()
            : OfOrigin(reply, question);
    }

    private static EdgeAnswer OwnPage(EdgeReply.Http reply, EdgeHeaders headers, EdgePage page)
    {
        if (reply.CutBecause is { } cut)
        {
            return new(EdgeAnswerKind.NotCloudFront, $"the error page is not one of CloudFront's: {cut}");
        }

        return page.Sentence switch
        {
            EdgeSentence.FunctionFailed => AnswerClassifier.ByItself("an edge function failed"),
            _ when IsGatewayError(reply) => Failure(reply, page.RequestId == headers.RequestId ? page.Sentence : EdgeSentence.Unknown),
            EdgeSentence.Blocked => AnswerClassifier.ByItself("the web ACL blocked the request"),
            EdgeSentence.CountryBlocked => AnswerClassifier.ByItself("the geographic restriction blocked the request"),
            EdgeSentence.SignatureMissing => AnswerClassifier.ByItself("the behavior requires a signed URL or cookie"),
            EdgeSentence.UnknownHost => AnswerClassifier.ByItself("CloudFront has no distribution for this Host header"),
            EdgeSentence.AccessDenied => AnswerClassifier.ByItself("CloudFront denied access"),
            _ => AnswerClassifier.ByItself(
                string.Create(CultureInfo.InvariantCulture, $"CloudFront returned HTTP {reply.Status} by itself")
            ),
        };
    }

    private static EdgeAnswer Failure(EdgeReply.Http reply, EdgeSentence sentence) =>
        (reply.Status, sentence) switch
        {
            (BadGateway, EdgeSentence.OriginNameNotResolved) => new(
                EdgeAnswerKind.DnsFailed,
                "CloudFront could not resolve the origin domain (HTTP 502)"
            ),
            (BadGateway, EdgeSentence.OriginNotConnected) => new(
                EdgeAnswerKind.ConnectionFailed,
                "CloudFront could not connect to the origin, or the origin closed the connection (HTTP 502)"
            ),
            (GatewayTimeout, EdgeSentence.OriginNotConnected) => new(
                EdgeAnswerKind.NoAnswerInTime,
                "CloudFront got no connection to the origin or no response in time (HTTP 504)"
            ),
            _ => new(
                EdgeAnswerKind.FailedForUnknownReason,
                string.Create(CultureInfo.InvariantCulture, $"CloudFront returned HTTP {reply.Status} and its page does not say why")
            ),
        };

    private static EdgeAnswer OfOrigin(EdgeReply.Http reply, EdgeQuestion question)
    {
        var distribution = question.Origin.Distribution;
        var masked = distribution
            .CustomErrorResponses.Where(response => IsMask(response) && (response.ResponseCode ?? response.ErrorCode) == reply.Status)
            .ToList();
        if (masked.Exists(response => !OnlyOriginGives(response.ErrorCode, distribution)))
        {
            return Hidden();
        }

        return distribution.WebAclId is not null && WebAclStatuses.Contains(reply.Status)
            ? AnswerClassifier.ByItself(
                string.Create(CultureInfo.InvariantCulture, $"HTTP {reply.Status} may have been sent by the web ACL")
            )
            : AnswerClassifier.AnswerOf(reply, question);
    }

    private static EdgeAnswer AnswerOfOtherDistribution(EdgeReply.Http reply, EdgeQuestion question) =>
        AnswerClassifier.AnswerOf(reply, question) is { Kind: EdgeAnswerKind.Reached } reached
            ? reached with
            {
                Reason = string.Create(
                    CultureInfo.InvariantCulture,
                    $"CloudFront received HTTP {reply.Status} from the origin, which is another CloudFront distribution"
                ),
            }
            : AnswerClassifier.AnswerOf(reply, question);

    private static EdgeAnswer Hidden() =>
        new(EdgeAnswerKind.HiddenByErrorPage, "a custom error response of the distribution hides the status");

    /// <summary>An entry without a page only says how long the error is cached.</summary>
    private static bool IsMask(CustomErrorResponse response) => response.ResponsePagePath is not null || response.ResponseCode is not null;

    /// <summary>The edge itself gives no 404 and no 416 to a GET, and a 403 only where something may refuse the viewer.</summary>
    private static bool OnlyOriginGives(int status, Distribution distribution) =>
        status switch
        {
            404 or 416 => true,
            403 => distribution is { WebAclId: null, HasGeoRestriction: false },
            _ => false,
        };

    private static bool IsGatewayError(EdgeReply.Http reply) => reply.Status is BadGateway or GatewayTimeout;
}
