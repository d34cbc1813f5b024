using OriginWatch.Targets;

namespace OriginWatch.Audit;

/// <summary>The name of an origin within an account that stays the same from run to run.</summary>
public static class OriginKey
{
    public static string Of(PlannedOrigin use)
    {
        ArgumentNullException.ThrowIfNull(use);
        return Of(use.Distribution.Id, use.Origin.Id);
    }

    public static string Of(string distributionId, string originId) => $"{distributionId}/{originId}";
}
