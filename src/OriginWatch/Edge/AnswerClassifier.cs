using System.Globalization;

namespace OriginWatch.Edge;

/// <summary>From what came back to what it says of the origin. What cannot be known is never a verdict.</summary>
internal static class AnswerClassifier
{
    public static EdgeAnswer Classify(EdgeReply reply, EdgeQuestion question) =>
        reply switch
        {
            EdgeReply.Nothing { IsTlsFailure: true } when question.Origin.Distribution.RequiresViewerCertificate => new(
                EdgeAnswerKind.AnsweredByEdge,
                "the distribution requires a client certificate of its viewers"
            ),
            EdgeReply.Nothing nothing => new(EdgeAnswerKind.NotCloudFront, nothing.Reason),
            EdgeReply.Http http => Classify(http, question),
            _ => throw new ArgumentException("There are two kinds of replies.", nameof(reply)),
        };

    private static EdgeAnswer Classify(EdgeReply.Http reply, EdgeQuestion question)
    {
        var (headers, problem) = EdgeHeaders.Read(reply);
        if (headers is null)
        {
            return new(
                EdgeAnswerKind.NotCloudFront,
                string.Create(CultureInfo.InvariantCulture, $"HTTP {reply.Status} came from a server that is not CloudFront: {problem}")
            );
        }

        return ByCache(reply, headers, question) with
        {
            Status = reply.Status,
            Pop = headers.Pop,
            RequestId = headers.RequestId,
        };
    }

    private static EdgeAnswer ByCache(EdgeReply.Http reply, EdgeHeaders headers, EdgeQuestion question) =>
        headers.Cache switch
        {
            _ when headers.Cache.StartsWith("function", StringComparison.Ordinal)
                    || headers.Cache.StartsWith("lambda", StringComparison.Ordinal) => ByItself(
                "an edge function answered in the origin's place"
            ),
            "hit" or "originshieldhit" => new(EdgeAnswerKind.FromCache, "the answer came from the cache"),
            "miss" or "refreshhit" or "error" when headers.Age > Math.Ceiling(reply.Elapsed.TotalSeconds) => new(
                EdgeAnswerKind.FromCache,
                "the answer is older than the request, so it came from a cache"
            ),
            "miss" or "refreshhit" => AnswerOf(reply, question),
            "error" => ErrorAnswers.Classify(reply, headers, question),
            "redirect" => ByItself("CloudFront redirected the request by itself"),
            _ => ByItself("CloudFront gave it an X-Cache that this version does not know"),
        };

    /// <summary>The edge passed on what an origin said, unless a function after the cache said it.</summary>
    internal static EdgeAnswer AnswerOf(EdgeReply.Http reply, EdgeQuestion question) =>
        question.Behavior.Behavior.OriginRequestFunctionArns.Count > 0
            ? ByItself("an origin-request function may have answered, or chosen another origin")
            : new(
                EdgeAnswerKind.Reached,
                string.Create(CultureInfo.InvariantCulture, $"CloudFront received HTTP {reply.Status} from the origin")
            );

    internal static EdgeAnswer ByItself(string reason) => new(EdgeAnswerKind.AnsweredByEdge, reason);
}
