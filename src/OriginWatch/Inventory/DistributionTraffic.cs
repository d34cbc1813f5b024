namespace OriginWatch.Inventory;

/// <summary>
/// What CloudFront counted for one distribution in the last 24 hours (CloudWatch, namespace AWS/CloudFront). All origins of the
/// distribution share the numbers.
/// An error is what the viewer got: the origin's own errors and those of functions are in it.
/// </summary>
/// <param name="Requests">All viewer requests.</param>
/// <param name="Errors">Of those, answered with 5xx: rates by the hour, weighted by the requests of that hour.</param>
/// <param name="BadGateways">With 502; null where the distribution's additional metrics are off.</param>
/// <param name="GatewayTimeouts">With 504; null likewise.</param>
/// <param name="Misses">Not answered by the cache; null likewise.</param>
public sealed record DistributionTraffic(
    long Requests,
    long Errors,
    long? BadGateways = null,
    long? GatewayTimeouts = null,
    long? Misses = null
)
{
    /// <summary>The time that is looked back.</summary>
    public static readonly TimeSpan Span = TimeSpan.FromHours(24);
}

/// <summary>What could be read of the traffic.</summary>
/// <param name="ByDistribution">Without those that had no requests.</param>
/// <param name="Remark">Why it could not be read, one sentence; null where it could.</param>
public sealed record TrafficReading(IReadOnlyDictionary<string, DistributionTraffic> ByDistribution, string? Remark = null)
{
    public static readonly TrafficReading None = new(new Dictionary<string, DistributionTraffic>(StringComparer.Ordinal));
}
