using System.Net;
using OriginWatch.Targets;
using OriginWatch.Tls;

namespace OriginWatch.Probing;

/// <summary>One connection, or one failed lookup.</summary>
/// <param name="Address">Null when the lookup failed.</param>
/// <param name="Offered">The versions in this hello; none where no hello was sent.</param>
/// <param name="IsConfirmation">True for the retry after a failure.</param>
/// <param name="Result">What it met.</param>
public sealed record ProbeAttempt(IPAddress? Address, ProtocolSet Offered, bool IsConfirmation, ProbeResult Result);

/// <summary>Everything that was seen of one target.</summary>
/// <param name="Target">What was looked at.</param>
/// <param name="Attempts">Grouped by address, in the order made; never empty.</param>
public sealed record TargetOutcome(ConnectTarget Target, IReadOnlyList<ProbeAttempt> Attempts)
{
    /// <summary>How many addresses the name has; more than were probed where the bound of section 7 cut them.</summary>
    public int AddressesFound { get; init; }
}
