using System.IO.Enumeration;

namespace OriginWatch.Audit;

/// <summary>An operator's decision to live with findings until a day.</summary>
public sealed record Suppression
{
    public const string Everything = "*";

    /// <summary>Patterns with * and ?, case-insensitive; all three must match.</summary>
    public string Distribution { get; init; } = Everything;

    public string Origin { get; init; } = Everything;
    public string Rule { get; init; } = Everything;
    public required string Reason { get; init; }
    public required string Owner { get; init; }

    /// <summary>The last day, in UTC, on which it holds.</summary>
    public required DateOnly Expires { get; init; }

    /// <summary>Where it stands in the file, for people.</summary>
    public int Line { get; init; }

    public bool HoldsAt(DateTimeOffset now) => DateOnly.FromDateTime(now.UtcDateTime) <= Expires;

    public bool Matches(string distributionId, string originId, string ruleId) =>
        IsLike(Distribution, distributionId) && IsLike(Origin, originId) && IsLike(Rule, ruleId);

    public override string ToString() => $"line {Line}: {Distribution} / {Origin} / {Rule}";

    private static bool IsLike(string pattern, string text) => FileSystemName.MatchesSimpleExpression(pattern, text, ignoreCase: true);
}
