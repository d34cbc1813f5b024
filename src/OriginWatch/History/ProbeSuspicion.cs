using OriginWatch.Audit;
using OriginWatch.Probing;
using OriginWatch.Rules;
using OriginWatch.Targets;

namespace OriginWatch.History;

/// <summary>
/// Many origins falling silent at once is more likely a fault of this network, its resolver or its egress than of the origins.
/// </summary>
/// <param name="Silent">Targets that answered last time and now fail while resolving or connecting, for people.</param>
/// <param name="Looked">Targets that answered last time and were looked at in this run.</param>
public sealed record ProbeSuspicion(IReadOnlyList<string> Silent, int Looked)
{
    private const int MinSilent = 5;
    private const int MinPercent = 30;

    /// <summary>After so many runs in a row the probe is believed: a third of the origins may really have been switched off.</summary>
    private const int MaxInARow = 3;

    public string Sentence =>
        $"{Silent.Count} of {Looked} targets that answered last time now fail while resolving or connecting: "
        + "the probe's own network is suspected before the origins, "
        + "and nothing that rests on a failed connection is reported as new or resolved.";

    /// <summary>Null where nothing is suspicious.</summary>
    internal static ProbeSuspicion? Of(RunState? previous, AuditReport report)
    {
        if (previous is null || previous.LastRun.Suspicions >= MaxInARow)
        {
            return null;
        }

        var answered = previous.Answering.ToHashSet(StringComparer.Ordinal);
        var looked = Seen(report).Where(seen => answered.Contains(seen.Name) && WasReached(seen)).ToList();
        var silent = looked.FindAll(seen => !Answers(seen));
        return silent.Count >= MinSilent && silent.Count * 100 >= looked.Count * MinPercent
            ? new([.. silent.Select(seen => seen.Name).Order(StringComparer.Ordinal)], looked.Count)
            : null;
    }

    /// <summary>What the next run compares with: what answered, and what answered before and this run had no time for or does not
    /// believe.</summary>
    internal static IReadOnlyList<string> Answering(RunState? previous, AuditReport report, bool isSuspected)
    {
        var answered = (previous?.Answering ?? []).ToHashSet(StringComparer.Ordinal);
        return
        [
            .. Seen(report)
                .Where(seen => (WasReached(seen) && Answers(seen)) || ((isSuspected || !WasReached(seen)) && answered.Contains(seen.Name)))
                .Select(seen => seen.Name)
                .Order(StringComparer.Ordinal),
        ];
    }

    /// <summary>Names of all targets that the run was to look at.</summary>
    internal static IEnumerable<string> SeenIn(AuditReport report) => Seen(report).Select(seen => seen.Name);

    /// <summary>An egress may be closed for one port alone, so an HTTP port counts for itself.</summary>
    private static IEnumerable<SeenTarget> Seen(AuditReport report) =>
        report
            .Origins.Select(origin => origin.Observation)
            .SelectMany(observation =>
                observation
                    .Targets.Select(target => new SeenTarget(NameOf(target.Name.Target), target.Addresses))
                    .Concat(
                        observation.Http.Select(http => new SeenTarget(
                            $"http://{http.Target.DomainName}:{http.Target.Port}",
                            http.Addresses
                        ))
                    )
            )
            .DistinctBy(seen => seen.Name, StringComparer.Ordinal);

    private static string NameOf(ProbeTarget target) =>
        target.ServerName == target.DomainName
            ? $"{target.DomainName}:{target.Port}"
            : $"{target.DomainName}:{target.Port} as {target.ServerName}";

    private static bool WasReached(SeenTarget seen) =>
        !Results(seen).Any(result => result is ProbeFailure { Reason: FailureReason.RunDeadline });

    private static bool Answers(SeenTarget seen) =>
        Results(seen).Any(result => result is not ProbeFailure { Stage: ProbeStage.Resolve or ProbeStage.Connect });

    private static IEnumerable<ProbeResult> Results(SeenTarget seen) =>
        seen.Addresses.SelectMany(address => address.Hellos).Select(hello => hello.Last.Result);

    private sealed record SeenTarget(string Name, IReadOnlyList<AddressObservation> Addresses);
}
