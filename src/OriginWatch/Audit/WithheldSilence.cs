using OriginWatch.Probing;
using OriginWatch.Rules;

namespace OriginWatch.Audit;

/// <summary>
/// A run whose own network is suspected: failures that rest on a lookup or a connection that failed become undetermined.
/// Whatever an origin showed in this run stays as it was judged.
/// </summary>
internal static class WithheldSilence
{
    private const string Reason = "the connection failed, and so did too many others: the probe's own network is suspected";

    private const string Remediation = "Check the network, the resolver and the egress of the machine that probes, then run again.";

    public static AuditReport In(AuditReport report) => ReportBuilder.Rebuild(report, [.. report.Origins.Select(In)]);

    private static OriginReport In(OriginReport origin)
    {
        var judgements = JudgementList.Revise(
            origin.Judgements,
            judgement =>
                RestsOnSilence(judgement, origin.Observation)
                    ? new Verdict.Undetermined(Reason, Remediation: Remediation)
                    : judgement.Verdict
        );
        if (ReferenceEquals(judgements, origin.Judgements))
        {
            return origin;
        }

        return origin with
        {
            Judgements = judgements,
            Verdict = origin.Verdict == OriginVerdict.Rejects && !judgements.Any(Rejects) ? OriginVerdict.Undetermined : origin.Verdict,
        };
    }

    /// <summary>Whatever severity the traffic has left it: the verdict of an origin does not depend on that.</summary>
    private static bool Rejects(Judgement judgement) =>
        judgement is { Rule.RejectsTraffic: true, Verdict: Verdict.Fail } and ({ Target: null } or { Target.Name.Decides: true });

    private static bool RestsOnSilence(Judgement judgement, Observation observation) =>
        judgement is { Rule.JudgesConnecting: true, Verdict: Verdict.Fail }
        && (judgement.Target?.Addresses ?? observation.Http.SelectMany(http => http.Addresses)).Any(IsSilent);

    private static bool IsSilent(AddressObservation address) =>
        address.Decisive.Last.Result is ProbeFailure { Stage: ProbeStage.Resolve or ProbeStage.Connect };
}
