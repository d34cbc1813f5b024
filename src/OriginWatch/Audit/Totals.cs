using OriginWatch.Rules;

namespace OriginWatch.Audit;

/// <param name="Distributions">All in the listing, disabled ones included.</param>
/// <param name="Origins">All of them, whether probed or not.</param>
/// <param name="Targets">Distinct (name, port, server name, protocols).</param>
/// <param name="BySeverity">Failing findings; every severity is present, with zero as zero.</param>
/// <param name="Undetermined">Findings that say "could not be judged".</param>
public sealed record Totals(int Distributions, int Origins, int Targets, IReadOnlyDictionary<Severity, int> BySeverity, int Undetermined)
{
    public required IReadOnlyDictionary<OriginVerdict, int> ByVerdict { get; init; }

    /// <summary>Origins about which CloudFront itself was asked and gave an answer.</summary>
    public int AskedAtEdge { get; init; }

    /// <summary>Origins on which the handshake and CloudFront are both certain and differ.</summary>
    public int Contradicted { get; init; }

    /// <summary>Distinct HTTP ports that CloudFront fetches from, beside <see cref="Targets"/>.</summary>
    public int HttpPorts { get; init; }

    /// <summary>Targets that the run did not come to.</summary>
    public int TargetsNotReached { get; init; }

    public int HttpPortsNotReached { get; init; }

    /// <summary>Origins without a verdict because the run did not come to a target of theirs.</summary>
    public int OriginsNotReached { get; init; }
}
