namespace OriginWatch.Aws;

/// <summary>Facts of the run that its report does not hold.</summary>
internal sealed record RunContext(string AccountId, string Environment, string RequestId, TimeSpan Duration, DateTimeOffset Now)
{
    /// <summary>Null for a run over one account.</summary>
    public OrganizationRun? Organization { get; init; }
}

/// <param name="Id"><c>o-…</c>.</param>
/// <param name="ShardsLost">Shards that left no observations.</param>
internal sealed record OrganizationRun(string Id, int ShardsLost)
{
    /// <summary>True to send a few numbers of each account too: CloudWatch bills each of them.</summary>
    public bool SendsAccountMetrics { get; init; }
}
