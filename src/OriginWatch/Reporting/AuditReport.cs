using OriginWatch.History;
using OriginWatch.Rules;
using OriginWatch.Targets;

namespace OriginWatch.Reporting;

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

/// <summary>When, where and with what the run was made.</summary>
public sealed record RunFacts
{
    public required DateTimeOffset StartedAt { get; init; }
    public required DateTimeOffset FinishedAt { get; init; }

    /// <summary>The instant at which certificates were judged; the start, unless the operator asked for another.</summary>
    public required DateTimeOffset JudgedAt { get; init; }

    public string? AccountId { get; init; }

    /// <summary>True when the whole inventory was read and every planned target reached an outcome; "undetermined" is one.</summary>
    public bool Complete => IncompleteBecause is null;

    /// <summary>One sentence for the operator; null when the run is complete.</summary>
    public string? IncompleteBecause { get; init; }

    /// <summary>Name and date of the root list, e.g. "Mozilla, NSS 2.92".</summary>
    public required string TrustStore { get; init; }

    /// <summary>Null where the roots carry no date.</summary>
    public int? TrustStoreAgeDays { get; init; }

    /// <summary>What the inventory's reader did not understand, and what was cut by a bound, one sentence each.</summary>
    public IReadOnlyList<string> Remarks { get; init; } = [];
}

/// <param name="Distributions">All in the listing, disabled ones included.</param>
/// <param name="Origins">All of them, whether probed or not.</param>
/// <param name="Targets">Distinct (name, port, server name, protocols).</param>
/// <param name="BySeverity">Failing findings; every severity is present, with zero as zero.</param>
/// <param name="Undetermined">Findings that say "could not be judged".</param>
public sealed record Totals(int Distributions, int Origins, int Targets, IReadOnlyDictionary<Severity, int> BySeverity, int Undetermined)
{
    public required IReadOnlyDictionary<OriginVerdict, int> ByVerdict { get; init; }
}

/// <summary>One origin: what was seen, and every rule's answer.</summary>
public sealed record OriginReport
{
    public required Observation Observation { get; init; }
    public required OriginVerdict Verdict { get; init; }

    /// <summary>In the catalogue's order, after severity has followed the traffic.</summary>
    public required IReadOnlyList<Judgement> Judgements { get; init; }

    public OriginUse Use => Observation.Use;

    /// <summary>What passes but is worth saying, without repetition.</summary>
    public IReadOnlyList<string> Remarks
        => [.. Judgements.Select(judgement => (judgement.Verdict as Verdict.Pass)?.Remark).OfType<string>().Distinct(StringComparer.Ordinal)];
}

public enum FindingStatus
{
    Fail,
    Undetermined,
}

/// <summary>Something an operator should read.</summary>
public sealed record Finding
{
    /// <summary>Stable from run to run: account, distribution, origin, rule and target.</summary>
    public required string Key { get; init; }

    public required RuleMetadata Rule { get; init; }

    /// <summary>Of an undetermined finding: what it would be if it failed.</summary>
    public required Severity Severity { get; init; }

    public required FindingStatus Status { get; init; }
    public required string DistributionId { get; init; }
    public required string OriginId { get; init; }

    /// <summary><c>server.name:port</c>; null where the finding is about the origin's configuration.</summary>
    public string? Target { get; init; }

    public required string Detail { get; init; }
    public required string Remediation { get; init; }

    /// <summary>Equal for findings with one cause: the same certificate, endpoint or setting under the same rule.</summary>
    public required string Cause { get; init; }

    /// <summary>The operator's entry that keeps it out of mail and alarms; null where there is none.</summary>
    public Suppression? SuppressedBy { get; init; }

    /// <summary>True while viewers get an error because of it.</summary>
    public bool Rejects => Status == FindingStatus.Fail && Rule.RejectsTraffic && Severity >= Severity.High;
}
