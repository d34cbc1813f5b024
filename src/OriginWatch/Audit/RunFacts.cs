using OriginWatch.Edge;
using OriginWatch.Inventory.Organization;

namespace OriginWatch.Audit;

/// <summary>When, where and with what the run was made.</summary>
public sealed record RunFacts
{
    public required DateTimeOffset StartedAt { get; init; }
    public required DateTimeOffset FinishedAt { get; init; }

    /// <summary>The instant at which certificates were judged; the start, unless the operator asked for another.</summary>
    public required DateTimeOffset JudgedAt { get; init; }

    public string? AccountId { get; init; }

    /// <summary>What the run looked at; null for everything.</summary>
    public AuditScope? Scope { get; init; }

    /// <summary>The accounts of a scan of several, read or not; empty in a scan of one.</summary>
    public IReadOnlyList<AccountReading> Accounts { get; init; } = [];

    /// <summary>True when the whole inventory was read and every planned target reached an outcome; "undetermined" is one.</summary>
    public bool Complete => IncompleteBecause is null;

    /// <summary>One sentence for the operator; null when the run is complete.</summary>
    public string? IncompleteBecause { get; init; }

    /// <summary>Name and date of the root list, e.g. "Mozilla, NSS 2.92".</summary>
    public required string TrustStore { get; init; }

    /// <summary>Which origins CloudFront was asked about.</summary>
    public EdgeMode Edge { get; init; }

    /// <summary>Null where the roots carry no date.</summary>
    public int? TrustStoreAgeDays { get; init; }

    /// <summary>What the inventory's reader did not understand, and what was cut by a bound, one sentence each.</summary>
    public IReadOnlyList<string> Remarks { get; init; } = [];
}
