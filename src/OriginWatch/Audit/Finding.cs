using OriginWatch.Rules;

namespace OriginWatch.Audit;

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

    /// <summary>The alternate domain names that the origin serves: what people know it by.</summary>
    public IReadOnlyList<string> Aliases { get; init; } = [];

    /// <summary><c>server.name:port</c>; null where the finding is about the origin's configuration.</summary>
    public string? Target { get; init; }

    public required string Detail { get; init; }
    public required string Remediation { get; init; }

    /// <summary>When viewers will notice, where that is not when a certificate of the chain expires.</summary>
    public DateTimeOffset? DueAt { get; init; }

    /// <summary>What CloudFront counted for the distribution, one sentence without a full stop; null where that is not known or proves nothing here.</summary>
    public string? Traffic { get; init; }

    /// <summary>Equal for findings with one cause: the same certificate, endpoint or setting under the same rule.</summary>
    public required string Cause { get; init; }

    /// <summary>True for a failure that the run had no time to confirm, which is undetermined for that reason alone.</summary>
    public bool SeenOnce { get; init; }

    /// <summary>The operator's entry that keeps it out of mail and alarms; null where there is none.</summary>
    public Suppression? SuppressedBy { get; init; }

    /// <summary>False where the run ended before the target was looked at: reports for people count these and list none.</summary>
    public bool WasReached { get; init; } = true;

    /// <summary>True while viewers get an error because of it.</summary>
    public bool Rejects => Status == FindingStatus.Fail && Rule.RejectsTraffic && Severity >= Severity.High;
}
