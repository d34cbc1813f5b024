namespace OriginWatch.Audit;

/// <summary>The same for every origin of a run, on all processors.</summary>
internal static class Origins
{
    /// <summary>From which on starting the parallel query costs less than it saves.</summary>
    private const int WorthSharing = 64;

    /// <summary>In their order. The answers are gathered before any is given out: a query that is read while it runs waits for the first of
    /// its parts.</summary>
    public static List<TResult> ConvertAll<TOrigin, TResult>(IReadOnlyList<TOrigin> origins, Func<TOrigin, TResult> convert) =>
        origins.Count < WorthSharing ? [.. origins.Select(convert)] : origins.AsParallel().AsOrdered().Select(convert).ToList();
}
