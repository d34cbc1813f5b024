namespace OriginWatch.Edge;

/// <summary>What came back from the distribution's address, bounded: either an HTTP answer or the reason why there is none.</summary>
public abstract record EdgeReply
{
    private EdgeReply() { }

    /// <summary>No HTTP answer.</summary>
    /// <param name="Reason">As one clause.</param>
    /// <param name="IsTlsFailure">True where the handshake with the edge failed.</param>
    public sealed record Nothing(string Reason, bool IsTlsFailure = false) : EdgeReply;

    /// <summary>An HTTP answer.</summary>
    /// <param name="Status">The status code.</param>
    /// <param name="Headers">Each name, in any case, with all of its values.</param>
    /// <param name="Body">At most <see cref="EdgeLimits.BodyBytes"/>, read where the status or the headers make it worth reading.</param>
    /// <param name="Elapsed">From sending the request to the headers of the answer.</param>
    public sealed record Http(int Status, IReadOnlyDictionary<string, IReadOnlyList<string>> Headers, string Body, TimeSpan Elapsed)
        : EdgeReply
    {
        /// <summary>Why the body is not whole; null where it is.</summary>
        public string? CutBecause { get; init; }
    }
}
