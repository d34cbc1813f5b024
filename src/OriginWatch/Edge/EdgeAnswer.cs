namespace OriginWatch.Edge;

/// <summary>What a request to the distribution shows of an origin: a closed list.</summary>
public enum EdgeAnswerKind
{
    /// <summary>The edge got an answer from the origin, whatever its status.</summary>
    Reached,

    /// <summary>The edge could not resolve the origin's domain name.</summary>
    DnsFailed,

    /// <summary>The edge could not connect, or the origin closed the connection: TCP or TLS.</summary>
    ConnectionFailed,

    /// <summary>The edge waited for a connection or for an answer until its time was over (HTTP 504).</summary>
    NoAnswerInTime,

    /// <summary>The edge answers 502 or 504 with a page that this version does not know.</summary>
    FailedForUnknownReason,

    /// <summary>CloudFront answered by itself: function, web ACL, geographic restriction, signed URL, unknown Host. Says nothing of the
    /// origin.</summary>
    AnsweredByEdge,

    /// <summary>From the cache. Says nothing of tonight.</summary>
    FromCache,

    /// <summary>A custom error page stands in place of the answer.</summary>
    HiddenByErrorPage,

    /// <summary>No answer of CloudFront at all.</summary>
    NotCloudFront,
}

/// <summary>One answer of the edge. Of its body nothing is kept but which known sentence it holds, and the request id.</summary>
/// <param name="Kind">The class.</param>
/// <param name="Reason">Why, as one clause in our own words.</param>
public sealed record EdgeAnswer(EdgeAnswerKind Kind, string Reason)
{
    /// <summary>The HTTP status; null where there was no HTTP answer of CloudFront.</summary>
    public int? Status { get; init; }

    /// <summary><c>X-Amz-Cf-Pop</c>, the edge location.</summary>
    public string? Pop { get; init; }

    /// <summary><c>X-Amz-Cf-Id</c>, which AWS Support asks for.</summary>
    public string? RequestId { get; init; }

    /// <summary>True where viewers of this behavior get an error because of the way to the origin.</summary>
    public bool IsFailure =>
        Kind
            is EdgeAnswerKind.DnsFailed
                or EdgeAnswerKind.ConnectionFailed
                or EdgeAnswerKind.NoAnswerInTime
                or EdgeAnswerKind.FailedForUnknownReason;

    /// <summary>True where CloudFront itself names the fault of the origin: its DNS, or the connection.</summary>
    public bool IsCertainFailure => Kind is EdgeAnswerKind.DnsFailed or EdgeAnswerKind.ConnectionFailed;

    /// <summary>True where the origin itself answered with a server error.</summary>
    public bool IsServerError => Kind == EdgeAnswerKind.Reached && Status >= 500;
}
