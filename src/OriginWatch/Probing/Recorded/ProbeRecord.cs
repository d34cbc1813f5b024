using OriginWatch.Targets;

namespace OriginWatch.Probing.Recorded;

/// <summary>All that was seen of a target in one run.</summary>
/// <param name="Target">What was looked at.</param>
/// <param name="Looks">The first look, and the retry where there was one.</param>
public sealed record ProbeRecord(ConnectTarget Target, IReadOnlyList<TargetOutcome> Looks)
{
    /// <summary>Null where it was not asked.</summary>
    public AcceptedVersions? Versions { get; init; }
}
