using System.Text.Json;
using System.Text.Json.Serialization;
using OriginWatch.Aws.Organization.Steps;
using OriginWatch.History;
using OriginWatch.Rules;

namespace OriginWatch.Aws;

/// <summary>What an invocation answers; the report itself is in the e-mail.</summary>
public sealed record RunSummary
{
    [JsonPropertyName("complete")]
    public required bool Complete { get; init; }

    [JsonPropertyName("incompleteBecause")]
    public string? IncompleteBecause { get; init; }

    [JsonPropertyName("distributions")]
    public required int Distributions { get; init; }

    [JsonPropertyName("origins")]
    public required int Origins { get; init; }

    [JsonPropertyName("rejected")]
    public required int Rejected { get; init; }

    [JsonPropertyName("undetermined")]
    public required int Undetermined { get; init; }

    [JsonPropertyName("critical")]
    public required int Critical { get; init; }

    [JsonPropertyName("high")]
    public required int High { get; init; }

    /// <summary>Null where nobody can say what is new.</summary>
    [JsonPropertyName("new")]
    public int? New { get; init; }

    [JsonPropertyName("resolved")]
    public int? Resolved { get; init; }

    [JsonPropertyName("seconds")]
    public required double Seconds { get; init; }

    /// <summary>A follow-up that had nothing to look at again.</summary>
    internal static RunSummary OfNothing(TimeSpan duration) =>
        new()
        {
            Complete = true,
            Distributions = 0,
            Origins = 0,
            Rejected = 0,
            Undetermined = 0,
            Critical = 0,
            High = 0,
            Seconds = Math.Round(duration.TotalSeconds, 3),
        };

    internal static RunSummary Of(RunReview review, TimeSpan duration) =>
        new()
        {
            Complete = review.Report.Run.Complete,
            IncompleteBecause = review.Report.Run.IncompleteBecause,
            Distributions = review.Report.Totals.Distributions,
            Origins = review.Report.Totals.Origins,
            Rejected = review.Counts.Failing + review.Counts.FailingSuppressed,
            Undetermined = review.Counts.NotJudged,
            Critical = review.Counts.BySeverity[Severity.Critical],
            High = review.Counts.BySeverity[Severity.High],
            New = review.KnowsChanges ? review.FindingsNew : null,
            Resolved = review.KnowsChanges ? review.FindingsResolved : null,
            Seconds = Math.Round(duration.TotalSeconds, 3),
        };
}

/// <summary>Everything that crosses the Lambda's boundary as JSON. An event may be anything.</summary>
[JsonSerializable(typeof(JsonElement))]
[JsonSerializable(typeof(RunSummary))]
[JsonSerializable(typeof(ListRequest))]
[JsonSerializable(typeof(ListAnswer))]
[JsonSerializable(typeof(GatherRequest))]
[JsonSerializable(typeof(GatherAnswer))]
[JsonSerializable(typeof(PlanRequest))]
[JsonSerializable(typeof(PlanAnswer))]
[JsonSerializable(typeof(ProbeRequest))]
[JsonSerializable(typeof(ProbeAnswer))]
[JsonSerializable(typeof(ConcludeRequest))]
[JsonSerializable(typeof(ConcludeAnswer))]
public sealed partial class LambdaJson : JsonSerializerContext;
