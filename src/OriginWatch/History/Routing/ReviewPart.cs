namespace OriginWatch.History.Routing;

/// <summary>Whose part of a run a review is about, where there are routes.</summary>
public sealed record ReviewPart
{
    /// <summary>Null for the default topic: what no route takes.</summary>
    public string? Topic { get; init; }

    /// <summary>Names of the routes that lead to the topic.</summary>
    public IReadOnlyList<string> Routes { get; init; } = [];

    /// <summary>Of the whole run.</summary>
    public required RunCounts WholeRun { get; init; }

    /// <summary>For the default topic: what the routes have taken.</summary>
    public IReadOnlyList<RoutedShare> Routed { get; init; } = [];

    public bool IsRoute => Topic is not null;
}

/// <summary>What the routes to one topic have taken.</summary>
/// <param name="Topic">Its ARN.</param>
/// <param name="Routes">Their names.</param>
/// <param name="Failing">Origins whose viewers get an error.</param>
/// <param name="Open">Open findings that are mailed.</param>
public sealed record RoutedShare(string Topic, IReadOnlyList<string> Routes, int Failing, int Open);
