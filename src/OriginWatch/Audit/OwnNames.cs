using OriginWatch.Probing;
using OriginWatch.Rules;
using OriginWatch.Targets;
using OriginWatch.Trust;

namespace OriginWatch.Audit;

/// <summary>
/// Where a server refuses a viewer's name before it sends a certificate, or sends one for another name, it is asked once more under the
/// origin's own name:
/// what works there is fixed by not forwarding Host, and no cipher suite or port is at fault.
/// </summary>
internal static class OwnNames
{
    /// <returns><paramref name="sights"/>, with the answers added to the targets that were asked about.</returns>
    public static async Task<IReadOnlyDictionary<ConnectTarget, ProbedTarget>> AskAsync(
        IReadOnlyList<ProbeTarget> targets,
        IReadOnlyDictionary<ConnectTarget, ProbedTarget> sights,
        ProbeRunner runner,
        CancellationToken stop
    )
    {
        var refused = targets
            .Where(target => target.ServerName != target.DomainName && sights[target].Addresses.Any(address => IsRefused(address, target)))
            .ToList();
        if (refused.Count == 0)
        {
            return sights;
        }

        var answers = await runner.LookAsync(
            [.. refused.Select(Own).Distinct().Where(own => !sights.ContainsKey(own))],
            progress: null,
            stop
        );
        var told = new Dictionary<ConnectTarget, ProbedTarget>(sights);
        foreach (var target in refused)
        {
            var own = Own(target);
            told[target] = sights[target] with { UnderOwnName = (sights.GetValueOrDefault(own) ?? answers[own]).Addresses };
        }

        return told;
    }

    private static ProbeTarget Own(ProbeTarget target) => target with { ServerName = target.DomainName };

    private static bool IsRefused(AddressObservation address, ProbeTarget target) =>
        address.Decisive.Last switch
        {
            { Result: ProbeFailure { Stage: ProbeStage.Handshake, Seen.Chain.Count: 0 } } => true,
            { Chain: { } chain } => chain.ServerCertificate is { ParseError: null } leaf
                && !HostName.Match(leaf, target.ServerName).IsMatch,
            _ => false,
        };
}
