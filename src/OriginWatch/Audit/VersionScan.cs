using System.Collections.Concurrent;
using OriginWatch.Probing;
using OriginWatch.Rules;
using OriginWatch.Targets;
using OriginWatch.Tls;

namespace OriginWatch.Audit;

/// <summary>
/// Asks origins that negotiated TLS 1.3 whether they take TLS 1.2 too, where that decides whether older versions can leave their list.
/// One connection per target; an origin that negotiated less has answered already.
/// </summary>
internal static class VersionScan
{
    public static async Task<IReadOnlyDictionary<ProbeTarget, AcceptedVersions>> RunAsync(
        IReadOnlyList<JudgedOrigin> judged,
        IProber prober,
        int concurrency,
        CancellationToken stop
    )
    {
        var accepted = new ConcurrentDictionary<ProbeTarget, AcceptedVersions>();
        var targets = judged
            .Where(origin => HasOldVersions(origin.Observation.Planned))
            .SelectMany(origin => origin.Observation.Targets)
            .Where(Negotiated13)
            .Select(target => target.Name.Target)
            .Distinct()
            .ToList();
        await Parallel.ForEachAsync(
            targets,
            new ParallelOptions { MaxDegreeOfParallelism = concurrency },
            async (target, _) =>
            {
                try
                {
                    accepted[target] = await prober.ScanVersionsAsync(target, [TlsProtocol.Tls12], stop);
                }
                catch (OperationCanceledException) when (stop.IsCancellationRequested)
                {
                    // Readiness is worth no more time than the run has: the rule then says that it does not know.
                }
            }
        );
        return accepted;
    }

    private static bool HasOldVersions(PlannedOrigin use) =>
        use.Origin.CustomOriginConfig?.OriginSslProtocols is { } listed
        && listed.Contains(TlsProtocol.Tls12)
        && listed.Any(protocol => protocol < TlsProtocol.Tls12);

    private static bool Negotiated13(TargetObservation target) =>
        target.Addresses.All(address => address.Decisive.Last.Result is Handshake { Seen.Protocol: TlsProtocol.Tls13 });
}
