using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace OriginWatch.Inventory.Saved;

/// <summary>What was asked of the account beside its inventory, for a step that has no credentials of it.</summary>
internal sealed record SavedAnswers
{
    /// <summary>By distribution id; without those whose tags nobody asked for.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyDictionary<string, IReadOnlyList<string>>? Tags { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? TagsUnreadBecause { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyDictionary<string, DistributionTraffic>? Traffic { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? TrafficUnreadBecause { get; init; }

    /// <summary>Null where there is none.</summary>
    public static SavedAnswers? Of(Listing listing)
    {
        var tags = listing.Distributions.Where(distribution => distribution.RouteTags is not null).ToList();
        var traffic = listing.Distributions.Where(distribution => distribution.Traffic is not null).ToList();
        return tags.Count + traffic.Count == 0 && listing is { TagsUnreadBecause: null, TrafficUnreadBecause: null }
            ? null
            : new()
            {
                Tags =
                    tags.Count == 0 ? null : tags.ToImmutableDictionary(item => item.Id, item => item.RouteTags!, StringComparer.Ordinal),
                TagsUnreadBecause = listing.TagsUnreadBecause,
                Traffic =
                    traffic.Count == 0
                        ? null
                        : traffic.ToImmutableDictionary(item => item.Id, item => item.Traffic!, StringComparer.Ordinal),
                TrafficUnreadBecause = listing.TrafficUnreadBecause,
            };
    }

    /// <exception cref="JsonException">A tag is none.</exception>
    public Listing AddTo(Listing listing) =>
        listing with
        {
            Distributions =
            [
                .. listing.Distributions.Select(distribution =>
                    distribution with
                    {
                        RouteTags = Checked(Tags?.GetValueOrDefault(distribution.Id)),
                        Traffic = Traffic?.GetValueOrDefault(distribution.Id),
                    }
                ),
            ],
            TagsUnreadBecause = TagsUnreadBecause,
            TrafficUnreadBecause = TrafficUnreadBecause,
        };

    private static IReadOnlyList<string>? Checked(IReadOnlyList<string>? tags) =>
        tags?.Any(tag => tag is null) == true ? throw new JsonException() : tags;
}
