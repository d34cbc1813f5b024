using OriginWatch.Edge;
using OriginWatch.Inventory;
using OriginWatch.Rules;

namespace OriginWatch.Audit;

/// <summary>What an operator may decide about a run.</summary>
public sealed record AuditOptions
{
    /// <summary>From a failure to its retry: longer than the restart of a server takes.</summary>
    public static readonly TimeSpan DefaultConfirmationDelay = TimeSpan.FromSeconds(5);

    /// <summary>Connections under way at once. A few more targets wait for them, so that lookups do not hold up handshakes; the prober
    /// bounds its connections by itself.</summary>
    public int Concurrency { get; init; } = 64;

    /// <summary>Zero retries at once.</summary>
    public TimeSpan ConfirmationDelay { get; init; } = DefaultConfirmationDelay;

    /// <summary>The instant at which certificates are judged; null for the start of the run.</summary>
    public DateTimeOffset? JudgeAt { get; init; }

    /// <summary>What the run looks at; null for everything.</summary>
    public AuditScope? Scope { get; init; }

    /// <summary>How long the run may probe; what was not probed by then is said so and the run is incomplete. Null for no limit.</summary>
    public TimeSpan? ProbeBudget { get; init; }

    /// <summary>Why targets were not reached, as the start of a sentence, where neither the budget nor an interruption is the reason; null
    /// where one of them is.</summary>
    public string? TargetsMissingBecause { get; init; }

    /// <summary>What CloudFront counted for these distributions; null where it is not asked.</summary>
    public Func<IReadOnlyList<string>, CancellationToken, Task<TrafficReading>>? Traffic { get; init; }

    /// <summary>Which origins CloudFront itself is asked about.</summary>
    public EdgeMode Edge { get; init; }

    /// <summary>What asking may take in all; what is not asked by then stays undetermined, and the run complete.</summary>
    public TimeSpan EdgeBudget { get; init; } = EdgeOptions.DefaultBudget;

    /// <summary>The last judged outcome of each origin, by <see cref="OriginKey"/>.</summary>
    public IReadOnlyDictionary<string, PriorOutcome> Prior { get; init; } = new Dictionary<string, PriorOutcome>(StringComparer.Ordinal);
}

/// <summary>Counts for a person who waits.</summary>
/// <param name="Planned">Targets to look at.</param>
/// <param name="Done">Targets that reached an outcome.</param>
/// <param name="Failing">Of those, the ones without a handshake or, over HTTP, without a connection.</param>
/// <param name="Confirming">True during the retry.</param>
public readonly record struct AuditProgress(int Planned, int Done, int Failing, bool Confirming)
{
    /// <summary>True while CloudFront is asked.</summary>
    public bool AskingEdge { get; init; }
}
