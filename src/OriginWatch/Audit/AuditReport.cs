namespace OriginWatch.Audit;

/// <summary>Everything one run found out. Reporters turn it into text; none of them looks anywhere else.</summary>
public sealed record AuditReport
{
    public required RunFacts Run { get; init; }
    public required Totals Totals { get; init; }

    /// <summary>Every origin of every distribution, in the listing's order.</summary>
    public required IReadOnlyList<OriginReport> Origins { get; init; }

    /// <summary>Failing ones first, then worst first, then in the listing's order.</summary>
    public required IReadOnlyList<Finding> Findings { get; init; }
}
