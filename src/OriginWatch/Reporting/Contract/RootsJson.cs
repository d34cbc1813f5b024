using System.Globalization;
using OriginWatch.Trust;

namespace OriginWatch.Reporting.Contract;

/// <summary>What <c>roots</c> says.</summary>
internal sealed record RootsJson
{
    public required string Source { get; init; }
    public required string? Date { get; init; }
    public required int? AgeInDays { get; init; }
    public required int Count { get; init; }
    public required IReadOnlyList<RootJson> Roots { get; init; }

    public static RootsJson Of(TrustStore store, DateTimeOffset now)
    {
        var of = StoreJson.Of(store, now);
        return new()
        {
            Source = of.Source,
            Date = of.Date,
            AgeInDays = of.AgeInDays,
            Count = of.Count,
            Roots = [.. store.Anchors.Select(RootJson.Of)],
        };
    }
}

internal sealed record RootJson
{
    public required string Label { get; init; }
    public required string Subject { get; init; }
    public required string Sha256 { get; init; }
    public required string NotAfter { get; init; }
    public required string? DistrustAfter { get; init; }
    public required string? Removal { get; init; }
    public required string? PermittedDomain { get; init; }

    public static RootJson Of(TrustAnchor anchor) =>
        new()
        {
            Label = Bounded.Text(anchor.Label),
            Subject = Bounded.Text(anchor.Subject),
            Sha256 = anchor.Sha256,
            NotAfter = WireNames.Of(anchor.NotAfter),
            DistrustAfter = anchor.DistrustAfter is { } date ? WireNames.Of(date) : null,
            Removal = anchor.Removal?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
            PermittedDomain = Bounded.Text(anchor.PermittedDomain),
        };
}
