using OriginWatch.Rules;
using OriginWatch.Targets;
using OriginWatch.Trust;

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

    /// <summary>The origin that it is about, with all that was seen of it.</summary>
    public required OriginReport Origin { get; init; }

    /// <summary>What was seen under the name that it is about; null where the finding is about the origin's configuration.</summary>
    public TargetObservation? Seen { get; init; }

    public PlannedOrigin Planned => Origin.Planned;

    /// <summary>The chain that speaks for the target; null where none was seen.</summary>
    public ChainAssessment? Chain => Seen is null ? null : OriginStory.Chain(Seen);

    /// <summary>The certificate that it is about: the server's own, or where the end of the chain is the matter, the one that ends
    /// first.</summary>
    public ServedCertificate? Certificate =>
        Rule.Topic == RuleTopic.Expiry ? Chain?.FirstToExpire ?? Chain?.ServerCertificate : Chain?.ServerCertificate;

    public string DistributionId => Planned.Distribution.Id;
    public string OriginId => Planned.Origin.Id;

    /// <summary>The account of the distribution, in a scan of several; null in a scan of one.</summary>
    public string? AccountId => Planned.Distribution.AccountId;

    /// <summary>The alternate domain names that the origin serves: what people know it by.</summary>
    public IReadOnlyList<string> Aliases => Planned.Distribution.Aliases;

    /// <summary><c>server.name:port</c>; null where the finding is about the origin's configuration.</summary>
    public string? Target => Seen?.Name.Target.NameAndPort;

    public required string Detail { get; init; }
    public required string Remediation { get; init; }

    /// <summary>When viewers will notice, where that is not when a certificate of the chain expires.</summary>
    public DateTimeOffset? DueAt { get; init; }

    /// <summary>Since when it fails, where the evidence says it.</summary>
    public DateTimeOffset? Since { get; init; }

    /// <summary>What CloudFront counted for the distribution, one sentence without a full stop; null where that is not known or proves
    /// nothing here.</summary>
    public string? Traffic { get; init; }

    /// <summary>Equal for findings with one cause, as <see cref="CauseKey"/> spells it; every report groups by it.</summary>
    public required string Cause { get; init; }

    /// <summary>True for a failure that the run had no time to confirm, which is undetermined for that reason alone.</summary>
    public bool SeenOnce { get; init; }

    /// <summary>True for a failure that did not hold on the retry.</summary>
    public bool IsIntermittent => Detail.StartsWith(AddressVote.Intermittent, StringComparison.Ordinal);

    /// <summary>The operator's entry that keeps it out of mail and alarms; null where there is none.</summary>
    public Suppression? SuppressedBy { get; init; }

    /// <summary>False where the run ended before the target was looked at: reports for people count these and list none.</summary>
    public bool WasReached { get; init; } = true;

    /// <summary>True while viewers get an error because of it.</summary>
    public bool Rejects => Status == FindingStatus.Fail && Rule.RejectsTraffic && Severity >= Severity.High && DueAt is null;
}
