using System.Text.Json;
using OriginWatch.Inventory;

namespace OriginWatch.Aws;

/// <summary>
/// What an event asks for. Nothing else in an event is looked at, and what is can only narrow a run: the ids are checked against the
/// account's own listing.
/// </summary>
internal abstract record RunRequest
{
    /// <summary>As many as one rule can name, with room for a person.</summary>
    private const int MostDistributions = 100;

    private const int LongestId = 32;

    private RunRequest() { }

    /// <summary>Every origin: the nightly run.</summary>
    internal sealed record Everything : RunRequest;

    /// <summary><c>{"followUp": true}</c>: what the last run left in doubt.</summary>
    internal sealed record FollowUp : RunRequest;

    /// <summary><c>{"distributionIds": ["E…"]}</c>: distributions that were changed.</summary>
    internal sealed record Changed(IReadOnlySet<string> DistributionIds) : RunRequest;

    /// <exception cref="InventoryException">It names distributions in a way that AWS does not.</exception>
    public static RunRequest Of(JsonElement lambdaEvent) =>
        lambdaEvent.ValueKind != JsonValueKind.Object ? new Everything()
        : lambdaEvent.TryGetProperty("distributionIds", out var ids) ? new Changed(IdsOf(ids))
        : lambdaEvent.TryGetProperty("followUp", out var followUp) && followUp.ValueKind == JsonValueKind.True ? new FollowUp()
        : new Everything();

    private static HashSet<string> IdsOf(JsonElement ids)
    {
        var found = new HashSet<string>(StringComparer.Ordinal);
        var isList = ids.ValueKind == JsonValueKind.Array && ids.GetArrayLength() is > 0 and <= MostDistributions;
        foreach (var id in isList ? ids.EnumerateArray() : default)
        {
            if (
                id.ValueKind != JsonValueKind.String
                || id.GetString() is not { Length: > 0 and <= LongestId } text
                || !text.All(char.IsAsciiLetterOrDigit)
            )
            {
                isList = false;
                break;
            }

            found.Add(text);
        }

        return isList
            ? found
            : throw new InventoryException(
                $"The event's distributionIds must be a list of 1 to {MostDistributions} distribution ids, "
                    + $"such as [\"E2EXAMPLE\"]. Send {{}} to check every distribution."
            );
    }
}
