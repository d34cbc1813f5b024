using OriginWatch.Edge;

namespace OriginWatch.Rules;

/// <summary>What CloudFront said of an origin, beside what the handshake showed.</summary>
/// <param name="Sightings">One for each question that was put; empty with <paramref name="NotAskedBecause"/>.</param>
/// <param name="NotAskedBecause">Why there is none, as one clause.</param>
public sealed record EdgeObservation(IReadOnlyList<EdgeSighting> Sightings, string? NotAskedBecause = null)
{
    /// <summary>True where at least one answer came.</summary>
    public bool WasAsked => Sightings.Any(sighting => sighting.Outcome.First is not null);

    /// <summary>The answer that weighs most, for the lines that have room for one: failures, then server errors, then what is
    /// unknown.</summary>
    public EdgeSighting? Decisive =>
        Sightings
            .OrderBy(sighting =>
                sighting.Outcome switch
                {
                    { IsConfirmedFailure: true } => 0,
                    { Last.IsFailure: true } => 1,
                    { Last.IsServerError: true } => 2,
                    { Last: null } => 3,
                    { Last.Kind: EdgeAnswerKind.Reached } => 5,
                    _ => 4,
                }
            )
            .FirstOrDefault();
}

/// <summary>One question's outcome, and the verdict on its name without the edge.</summary>
public sealed record EdgeSighting(EdgeOutcome Outcome, OriginVerdict Direct)
{
    public EdgeQuestion Question => Outcome.Question;

    /// <summary>Reached in the end, by an answer that judges the origin, and not by a server error.</summary>
    public bool IsReached => Question.JudgesOrigin && Outcome.Last is { Kind: EdgeAnswerKind.Reached, IsServerError: false };

    /// <summary>CloudFront named the connection or the DNS of the origin, twice.</summary>
    public bool IsRejected => Question.JudgesOrigin && Outcome is { First.IsCertainFailure: true, Second.IsCertainFailure: true };

    /// <summary>Failed twice, and it is not certain why or of whom.</summary>
    public bool IsFailing => Outcome.IsConfirmedFailure && !IsRejected;

    /// <summary>The origin itself sent a server error, twice.</summary>
    public bool IsServerError => Outcome is { First.IsServerError: true, Second.IsServerError: true };

    /// <summary>Both sides are certain, and they disagree.</summary>
    public bool IsContradiction =>
        (Direct == OriginVerdict.Rejects && Question.JudgesOrigin && Outcome.Last?.Kind == EdgeAnswerKind.Reached)
        || (Direct == OriginVerdict.Accepts && IsRejected);

    /// <summary>The edge failed too where the handshake was rejected: the same fault, seen by CloudFront.</summary>
    public bool IsConfirmation => Direct == OriginVerdict.Rejects && Outcome.Last?.IsFailure == true;
}
