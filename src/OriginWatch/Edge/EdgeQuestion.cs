using OriginWatch.Targets;

namespace OriginWatch.Edge;

/// <summary>One request to make: which behavior leads to the origin, and under which Host.</summary>
public sealed record EdgeQuestion
{
    /// <summary>The origin that is asked for.</summary>
    public required PlannedOrigin Origin { get; init; }

    /// <summary>The name among the origin's own that this question decides; null where the origin is not probed.</summary>
    public PlannedName? Name { get; init; }

    /// <summary>The behavior that leads there.</summary>
    public required BehaviorUse Behavior { get; init; }

    /// <summary>Sent as Host and as SNI.</summary>
    public required string Host { get; init; }

    /// <summary>The name that is resolved and connected to: the distribution's own, or a tenant's domain.</summary>
    public required string ConnectTo { get; init; }

    public int Port { get; init; } = 443;

    /// <summary>The origin's own time, and never more than <see cref="EdgeLimits.Question"/>.</summary>
    public required TimeSpan TimeBudget { get; init; }

    /// <summary>An answer through a group does not tell which member gave it.</summary>
    public bool IsThroughGroup => Behavior.OriginGroupId is not null;

    /// <summary>A function may choose another origin.</summary>
    public bool IsBehindFunction => Behavior.Behavior.RequestFunctionArns.Count > 0;

    /// <summary>False where an answer judges the behavior alone.</summary>
    public bool JudgesOrigin => !IsThroughGroup && !IsBehindFunction;

    /// <summary>What limits the answer, one clause each.</summary>
    public IReadOnlyList<string> Remarks { get; init; } = [];

    /// <summary>The path and query to ask for.</summary>
    /// <param name="token">Random letters and digits, another one for each request.</param>
    /// <returns>Null where no path was found that takes this behavior.</returns>
    internal string? PathFor(string token) => UncachedPath.For(Origin.Distribution, Behavior.Behavior, token);
}

/// <summary>The questions of one origin, or why it is not asked.</summary>
public sealed record EdgePlan
{
    public required PlannedOrigin Origin { get; init; }

    /// <summary>One for each name that decides; empty with <see cref="NotAskedBecause"/>.</summary>
    public IReadOnlyList<EdgeQuestion> Questions { get; init; } = [];

    /// <summary>One clause; null where there are questions.</summary>
    public string? NotAskedBecause { get; init; }
}

/// <summary>What became of a question: at most two answers, the second with another token.</summary>
/// <param name="Question">What was asked.</param>
/// <param name="First">Null where there was no time for it.</param>
/// <param name="Second">Null where the first needed no confirmation or where there was no time for one.</param>
public sealed record EdgeOutcome(EdgeQuestion Question, EdgeAnswer? First, EdgeAnswer? Second)
{
    public EdgeAnswer? Last => Second ?? First;

    /// <summary>True where the first answer needs a second one before anything is said: a failure, or a server error of the
    /// origin.</summary>
    public bool NeedsConfirmation => First is { IsFailure: true } or { IsServerError: true };

    /// <summary>True for a failure that was seen twice.</summary>
    public bool IsConfirmedFailure => First is { IsFailure: true } && Second is { IsFailure: true };
}
